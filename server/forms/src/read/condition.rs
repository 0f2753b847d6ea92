//! Conditions: `{ question = "a", equals = "yes" }` and their combinations.

use domain::condition::Condition;

use crate::log::{Log, listed};
use crate::read::field::{Field, Fields};
use crate::read::written::{Named, Test, Want, When};

const SHAPES: [&str; 5] = ["all", "any", "not", "question", "age"];
const TESTS: [&str; 5] = ["equals", "one-of", "answered", "before", "after"];

/// Reads the condition in the field `when`.
pub fn when(field: Field<'_>, log: &mut Log) -> Option<When> {
    let mut tests = Vec::new();
    let condition = condition(field.table(log)?, &mut tests, log);
    Some(When { condition, tests })
}

fn condition(mut fields: Fields<'_>, tests: &mut Vec<Test>, log: &mut Log) -> Option<Condition> {
    let shape = only_one(&fields, &SHAPES, "a condition needs", log)?;
    let field = fields.optional(shape)?;
    let condition = match shape {
        "all" => parts(field, tests, log).map(Condition::All),
        "any" => parts(field, tests, log).map(Condition::Any),
        "not" => field.table(log).and_then(|it| condition(it, tests, log)).map(|it| Condition::Not(Box::new(it))),
        "age" => age(field, &mut fields, tests, log),
        _ => {
            let question = field.text(log);
            let test = only_one(&fields, &TESTS, "a condition on a question needs", log)?;
            fields.optional(test).zip(question).and_then(|(field, question)| answer(question, test, field, tests, log))
        }
    };
    fields.end(log);
    condition
}

/// The one of `names` that is there; notes when there is none or more than one.
fn only_one(fields: &Fields<'_>, names: &[&'static str], what: &str, log: &mut Log) -> Option<&'static str> {
    let mut there = names.iter().filter(|name| fields.has(name));
    let first = there.next();
    let second = there.next();
    match (first, second) {
        (Some(first), None) => Some(first),
        (Some(_), Some(_)) => {
            let help = "combine tests like this: when = { all = [{ … }, { … }] }";
            log.note(fields.span, format!("{what} only one of {}", listed(names.iter().copied())), help);
            None
        }
        (None, _) => {
            let help = "a condition looks like this: when = { question = \"visits\", equals = \"yes\" }";
            log.note(fields.span, format!("{what} {}", listed(names.iter().copied())), help);
            None
        }
    }
}

fn parts(field: Field<'_>, tests: &mut Vec<Test>, log: &mut Log) -> Option<Vec<Condition>> {
    let (name, span) = (field.name.clone().into_owned(), field.span());
    let items = field.list(log)?;
    if items.is_empty() {
        log.note(span, format!("`{name}` has no conditions"), "write at least one, or leave the condition out");
        return None;
    }
    // Every part is read, so that mistakes after the first wrong one are found too.
    let parts: Vec<Option<Condition>> =
        items.into_iter().map(|it| it.table(log).and_then(|it| condition(it, tests, log))).collect();
    parts.into_iter().collect()
}

fn answer(question: Named, test: &str, field: Field<'_>, tests: &mut Vec<Test>, log: &mut Log) -> Option<Condition> {
    let name = question.value.clone();
    let (want, condition) = match test {
        "answered" => {
            let is_answered = field.truth(log)?;
            let answered = Condition::Answered { question: name };
            (Want::Answered, if is_answered { answered } else { Condition::Not(Box::new(answered)) })
        }
        "before" => {
            let day = field.day(log)?;
            (Want::BeforeOrAfter(day.clone()), Condition::Before { question: name, date: day.value })
        }
        "after" => {
            let day = field.day(log)?;
            (Want::BeforeOrAfter(day.clone()), Condition::After { question: name, date: day.value })
        }
        _ => {
            let values = if test == "equals" { vec![field.text(log)?] } else { several(field, log)? };
            let plain = values.iter().map(|value| value.value.clone()).collect();
            (Want::OneOf(values), Condition::OneOf { question: name, values: plain })
        }
    };
    tests.push(Test { question, want });
    Some(condition)
}

fn several(field: Field<'_>, log: &mut Log) -> Option<Vec<Named>> {
    let span = field.span();
    let values = field.texts(log)?;
    if values.is_empty() {
        log.note(span, "`one-of` has no values", "write at least one value");
        return None;
    }
    Some(values)
}

fn age(field: Field<'_>, fields: &mut Fields<'_>, tests: &mut Vec<Test>, log: &mut Log) -> Option<Condition> {
    let place = field.at;
    let question = field.text(log);
    let from = fields.optional("from").and_then(|it| it.whole::<u16>(log)).map(|it| it.value);
    let under = fields.optional("under").and_then(|it| it.whole::<u16>(log)).map(|it| it.value);
    let on = fields.optional("on").and_then(|it| it.day(log));
    match (from, under) {
        (None, None) => log.note(place, "this age has no limits", "add `from = 12`, `under = 18` or both"),
        (Some(from), Some(under)) if from >= under => {
            log.note(place, format!("nobody is at least {from} and under {under}"), "`from` must be less than `under`");
        }
        _ => {}
    }
    let question = question?;
    let rule = on.as_ref().map(|it| it.value.clone());
    let condition = Condition::Age { question: question.value.clone(), from, under, on: rule };
    tests.push(Test { question, want: Want::Age { on } });
    Some(condition)
}
