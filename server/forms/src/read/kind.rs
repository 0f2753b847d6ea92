//! The kinds of questions and the keys that each takes.

use std::collections::BTreeMap;

use domain::date::DateRule;
use domain::form::Kind;
use toml_span::Span;

use crate::check::advice;
use crate::log::{Log, listed};
use crate::read::field::{Field, Fields};
use crate::read::form::currency;
use crate::read::question::question;
use crate::read::written::{Named, WrittenQuestion};

const KINDS: [&str; 15] = [
    "text",
    "long-text",
    "email",
    "phone",
    "date",
    "number",
    "money",
    "yes-no",
    "one-of",
    "several-of",
    "country",
    "passport-number",
    "identity-number",
    "group",
    "declaration",
];

/// The longest answers, in characters, where a question does not say so itself.
const TEXT_MAX: usize = 200;
const LONG_TEXT_MAX: usize = 2000;

/// Which kinds a key belongs to, in words; `None` for a key of no kind.
pub fn belongs_to(key: &str) -> Option<&'static str> {
    Some(match key {
        "choices" => "`one-of` and `several-of`",
        "earliest" | "latest" => "`date`",
        "min" => "`number` and `group`",
        "max" => "`text`, `long-text`, `number` and `group`",
        "currency" => "`money`",
        "question" => "`group`",
        _ => return None,
    })
}

/// Reads what the kind called `name` needs from `fields` into `question`. Says whether the kind
/// is known.
pub fn kind(name: &Named, fields: &mut Fields<'_>, question: &mut WrittenQuestion, log: &mut Log) -> bool {
    let limits = &mut question.limits;
    let kind = match name.value.as_str() {
        "text" => Kind::Text { max: whole("max", fields, limits, log).unwrap_or(TEXT_MAX) },
        "long-text" => Kind::LongText { max: whole("max", fields, limits, log).unwrap_or(LONG_TEXT_MAX) },
        "email" => Kind::Email,
        "phone" => Kind::Phone,
        "date" => {
            Kind::Date { earliest: day("earliest", fields, limits, log), latest: day("latest", fields, limits, log) }
        }
        "number" => Kind::Number { min: whole("min", fields, limits, log), max: whole("max", fields, limits, log) },
        "money" => {
            let currency = fields.needed("currency", "currency = \"EUR\"", log).and_then(|it| currency(it, log));
            Kind::Money { currency: currency.unwrap_or_default() }
        }
        "yes-no" => Kind::YesNo,
        "one-of" | "several-of" => {
            // Without all its choices, nothing can be said about the values and texts of it.
            let Some(choices) = choices(fields, &mut question.choices, log) else { return true };
            if name.value == "one-of" { Kind::OneOf { choices } } else { Kind::SeveralOf { choices } }
        }
        "country" => Kind::Country,
        "passport-number" => Kind::PassportNumber,
        "identity-number" => Kind::IdentityNumber,
        "group" => group(fields, question, log),
        "declaration" => Kind::Declaration,
        unknown => {
            let help = advice(unknown, KINDS, &format!("write {}", listed(KINDS)));
            log.note(name.span, format!("`{unknown}` is not a kind of question"), help);
            return false;
        }
    };
    question.kind = Some(kind);
    true
}

type Limits = BTreeMap<&'static str, Span>;

/// Takes the field `key` and keeps its place.
fn limit<'t>(key: &'static str, fields: &mut Fields<'t>, limits: &mut Limits) -> Option<Field<'t>> {
    let field = fields.optional(key)?;
    limits.insert(key, field.span());
    Some(field)
}

fn whole<T: TryFrom<i64>>(key: &'static str, fields: &mut Fields<'_>, limits: &mut Limits, log: &mut Log) -> Option<T> {
    limit(key, fields, limits)?.whole(log).map(|it| it.value)
}

fn day(key: &'static str, fields: &mut Fields<'_>, limits: &mut Limits, log: &mut Log) -> Option<DateRule> {
    limit(key, fields, limits)?.day(log).map(|it| it.value)
}

fn choices(fields: &mut Fields<'_>, places: &mut Vec<Named>, log: &mut Log) -> Option<Vec<String>> {
    let field = fields.needed("choices", "choices = [\"first\", \"second\"]", log)?;
    let mistakes = log.mistakes.len();
    *places = field.texts(log)?;
    (log.mistakes.len() == mistakes).then(|| places.iter().map(|choice| choice.value.clone()).collect())
}

fn group(fields: &mut Fields<'_>, group: &mut WrittenQuestion, log: &mut Log) -> Kind {
    let min = whole("min", fields, &mut group.limits, log).unwrap_or(0);
    let max = fields.needed("max", "max = 20", log).and_then(|field| {
        group.limits.insert("max", field.span());
        field.whole(log)
    });
    let questions = fields.needed("question", "[[page.question.question]]", log);
    let questions = questions.map(|it| it.tables(log)).unwrap_or_default();
    group.questions = questions.into_iter().map(|it| question(it, log)).collect();
    Kind::Group { questions: Vec::new(), min, max: max.map_or(usize::MAX, |it| it.value) }
}
