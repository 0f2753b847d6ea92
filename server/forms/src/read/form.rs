//! `form.toml`.

use domain::money::typed_amount;
use toml_span::span::Spanned;

use crate::log::Log;
use crate::read::condition::when;
use crate::read::field::{Field, Fields};
use crate::read::question::question;
use crate::read::syntax;
use crate::read::written::{WrittenFee, WrittenForm, WrittenPage};

/// Reads the definition; `None` when it is not TOML. Mistakes are noted in `log`.
pub fn form(text: &str, log: &mut Log) -> Option<WrittenForm> {
    syntax::read(text, log, |mut fields, log| {
        let service = fields.needed("service", "service = \"visit-visa\"", log).and_then(|it| it.text(log));
        let version = fields.needed("version", "version = 1", log).and_then(|it| it.whole(log));
        let keep_days = fields.needed("keep-days", "keep-days = 30", log).and_then(|it| it.whole(log));
        let minutes = fields.needed("minutes", "minutes = [30, 45]", log).and_then(|it| minutes(it, log));
        let draft_title = fields.optional("draft-title").and_then(|it| it.texts(log)).unwrap_or_default();
        let fees = fields.optional("fee").map(|it| it.tables(log)).unwrap_or_default();
        let pages = fields.needed("page", "[[page]]", log).map(|it| it.tables(log)).unwrap_or_default();
        let form = WrittenForm {
            service,
            version,
            keep_days,
            minutes,
            draft_title,
            fees: fees.into_iter().map(|it| fee(it, log)).collect(),
            pages: pages.into_iter().map(|it| page(it, log)).collect(),
        };
        fields.end(log);
        form
    })
}

fn minutes(field: Field<'_>, log: &mut Log) -> Option<Spanned<(u16, u16)>> {
    let span = field.span();
    let ends: Vec<u16> = field.list(log)?.into_iter().filter_map(|it| it.whole(log)).map(|it| it.value).collect();
    let [from, to] = ends[..] else {
        log.note(span, "`minutes` should be two numbers", "write from and to, like this: minutes = [30, 45]");
        return None;
    };
    Some(Spanned::with_span((from, to), span))
}

fn fee(mut fields: Fields<'_>, log: &mut Log) -> WrittenFee {
    let span = fields.span;
    let amount = fields.needed("amount", "amount = \"90.00\"", log).and_then(|it| amount(it, log));
    let currency = fields.needed("currency", "currency = \"EUR\"", log).and_then(|it| currency(it, log));
    let when = fields.optional("when").and_then(|it| when(it, log));
    fields.end(log);
    WrittenFee { amount, currency, when, span }
}

fn amount(field: Field<'_>, log: &mut Log) -> Option<u32> {
    let text = field.text(log)?;
    let amount = typed_amount(&text.value).and_then(|hundredths| u32::try_from(hundredths).ok());
    if amount.is_none() {
        let message = format!("`{}` is not an amount of money", text.value);
        log.note(text.span, message, "write it like this: amount = \"90.00\"");
    }
    amount
}

/// An ISO 4217 code.
pub fn currency(field: Field<'_>, log: &mut Log) -> Option<String> {
    let text = field.text(log)?;
    let is_code = text.value.len() == 3 && text.value.bytes().all(|byte| byte.is_ascii_uppercase());
    if !is_code {
        log.note(text.span, format!("`{}` is not a currency", text.value), "write its three capital letters, like EUR");
    }
    is_code.then_some(text.value)
}

fn page(mut fields: Fields<'_>, log: &mut Log) -> WrittenPage {
    let span = fields.span;
    let id = fields.needed("id", "id = \"passport\"", log).and_then(|it| it.text(log));
    let when = fields.optional("when").and_then(|it| when(it, log));
    let questions = fields.optional("question").map(|it| it.tables(log)).unwrap_or_default();
    let questions = questions.into_iter().map(|it| question(it, log)).collect();
    fields.end(log);
    WrittenPage { id, when, questions, span }
}
