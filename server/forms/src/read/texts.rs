//! The texts of a form in one language.

use domain::pack::{PageTexts, QuestionTexts, StartTexts, SubmittedTexts};

use crate::log::Log;
use crate::read::field::{Field, Fields};
use crate::read::syntax;
use crate::read::written::{Named, WrittenQuestionTexts, WrittenTexts};

/// The limits that a question may have words for.
const LIMITS: [&str; 4] = ["earliest", "latest", "min", "max"];

/// Reads a file of texts; `None` when it is not TOML. Mistakes are noted in `log`.
pub fn texts(text: &str, log: &mut Log) -> Option<WrittenTexts> {
    syntax::read(text, log, |mut fields, log| {
        let title = needed("title", &mut fields, log);
        let start = fields.needed("start", "[start]", log).and_then(|it| it.table(log));
        let submitted = fields.optional("submitted").and_then(|it| it.table(log));
        let pages = fields.needed("pages", "[pages.your-page]", log).and_then(|it| it.table(log));
        let questions = fields.needed("questions", "[questions.\"your.question\"]", log).and_then(|it| it.table(log));
        let texts = WrittenTexts {
            title,
            start: start.map(|it| self::start(it, log)).unwrap_or_default(),
            submitted: submitted.map(|it| self::submitted(it, log)).unwrap_or_default(),
            pages: pages.into_iter().flat_map(Fields::all).filter_map(|it| page(it, log)).collect(),
            questions: questions.into_iter().flat_map(Fields::all).filter_map(|it| question(it, log)).collect(),
        };
        fields.end(log);
        texts
    })
}

fn start(mut fields: Fields<'_>, log: &mut Log) -> StartTexts {
    let start = StartTexts {
        lead: needed("lead", &mut fields, log),
        who: list("who", &mut fields, log),
        not_for: list("not-for", &mut fields, log),
        needed: list("needed", &mut fields, log),
        decision_time: needed("decision-time", &mut fields, log),
    };
    fields.end(log);
    start
}

fn submitted(mut fields: Fields<'_>, log: &mut Log) -> SubmittedTexts {
    let submitted = SubmittedTexts {
        fee_note: optional("fee-note", &mut fields, log),
        next_steps: list("next-steps", &mut fields, log),
    };
    fields.end(log);
    submitted
}

fn page(field: Field<'_>, log: &mut Log) -> Option<(Named, PageTexts)> {
    let name = Named { value: field.name.clone().into_owned(), span: field.at };
    let mut fields = field.table(log)?;
    let texts = PageTexts { title: needed("title", &mut fields, log), lead: optional("lead", &mut fields, log) };
    fields.end(log);
    Some((name, texts))
}

fn question(field: Field<'_>, log: &mut Log) -> Option<WrittenQuestionTexts> {
    let question = Named { value: field.name.clone().into_owned(), span: field.at };
    let mut fields = field.table(log)?;
    let row = fields.optional("row").and_then(|it| it.text(log));
    let limits: Vec<_> = LIMITS.into_iter().filter_map(|name| limit(name, &mut fields, log)).collect();
    let choices = fields.optional("choices").and_then(|it| it.table(log));
    let choices: Vec<_> = choices.into_iter().flat_map(Fields::all).map(|it| choice(it, log)).collect();
    let texts = QuestionTexts {
        label: needed("label", &mut fields, log),
        hint: optional("hint", &mut fields, log),
        problem: optional("problem", &mut fields, log),
        limits: limits.iter().map(|(name, text)| (name.value.clone(), text.value.clone())).collect(),
        row: row.as_ref().map(|it| it.value.clone()).unwrap_or_default(),
        choices: choices.iter().map(|(id, text)| (id.value.clone(), text.clone())).collect(),
    };
    let name = question.value.clone();
    fields.end_with(log, |key| {
        // `[questions.passport.number]` means a table `number` inside `passport`.
        let quoted = format!("[questions.\"{name}.{key}\"]");
        let has_no_label = texts.label.is_empty();
        has_no_label
            .then(|| (format!("`{key}` is not known here"), format!("a name with points stands in quotes: {quoted}")))
    });
    let choices = choices.into_iter().map(|(id, _)| id).collect();
    Some(WrittenQuestionTexts { question, texts, row: row.map(|it| it.span), limits, choices })
}

/// The words for a limit, after its name.
fn limit(name: &'static str, fields: &mut Fields<'_>, log: &mut Log) -> Option<(Named, Named)> {
    let field = fields.optional(name)?;
    let name = Named { value: name.to_owned(), span: field.at };
    Some((name, field.text(log)?))
}

fn choice(field: Field<'_>, log: &mut Log) -> (Named, String) {
    let id = Named { value: field.name.clone().into_owned(), span: field.at };
    (id, field.text(log).map(|it| it.value).unwrap_or_default())
}

fn needed(name: &'static str, fields: &mut Fields<'_>, log: &mut Log) -> String {
    let field = fields.needed(name, &format!("{name} = \"…\""), log);
    field.and_then(|it| it.text(log)).map(|it| it.value).unwrap_or_default()
}

fn optional(name: &'static str, fields: &mut Fields<'_>, log: &mut Log) -> String {
    fields.optional(name).and_then(|it| it.text(log)).map(|it| it.value).unwrap_or_default()
}

fn list(name: &'static str, fields: &mut Fields<'_>, log: &mut Log) -> Vec<String> {
    let items = fields.optional(name).and_then(|it| it.texts(log)).unwrap_or_default();
    items.into_iter().map(|it| it.value).collect()
}
