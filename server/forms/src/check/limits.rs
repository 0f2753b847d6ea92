//! Limits that nothing can fulfil.

use domain::answers::{Answers, FIELD_LIMIT, ROW_LIMIT};
use domain::condition::Scope;
use domain::date::DateRule;
use domain::form::Kind;
use jiff::civil::{Date, date};

use crate::log::Log;
use crate::read::{WrittenForm, WrittenQuestion};

/// Two windows may each have filled a group before they are merged.
const MOST_ROWS: usize = ROW_LIMIT / 2;

pub fn check(form: &WrittenForm, log: &mut Log) {
    for question in form.pages.iter().flat_map(|page| &page.questions) {
        limits(question, log);
        question.questions.iter().for_each(|inner| limits(inner, log));
    }
}

fn limits(question: &WrittenQuestion, log: &mut Log) {
    match &question.kind {
        Some(Kind::Text { max } | Kind::LongText { max }) => length(question, *max, log),
        Some(Kind::Number { min: Some(min), max: Some(max) }) if min > max => {
            upside_down(question, ("min", "max"), &format!("no number is at least {min} and at most {max}"), log);
        }
        Some(Kind::Group { min, max, .. }) => rows(question, *min, *max, log),
        Some(Kind::Date { earliest: Some(earliest), latest: Some(latest) }) if never_in_order(earliest, latest) => {
            upside_down(question, ("earliest", "latest"), "`earliest` is after `latest`", log);
        }
        _ => {}
    }
}

fn length(question: &WrittenQuestion, max: usize, log: &mut Log) {
    let Some(span) = question.limits.get("max") else { return };
    if max == 0 || max > FIELD_LIMIT {
        log.note(
            *span,
            format!("a text cannot be {max} characters long"),
            format!("write a number from 1 to {FIELD_LIMIT}"),
        );
    }
}

fn rows(question: &WrittenQuestion, min: usize, max: usize, log: &mut Log) {
    if question.optional {
        log.note(question.span, "a group is never `optional`", "leave that out; with `min = 0` it may have no rows");
    }
    if min > max {
        upside_down(
            question,
            ("min", "max"),
            &format!("a group cannot have at least {min} and at most {max} rows"),
            log,
        );
    } else if let Some(span) = question.limits.get("max").filter(|_| max == 0) {
        log.note(*span, "this group can have no rows", "allow one or more");
    // The greatest stands for a limit that could not be read.
    } else if max > MOST_ROWS && max < usize::MAX {
        let span = question.limits.get("max").copied().unwrap_or(question.span);
        let help = format!("write a number from 1 to {MOST_ROWS}");
        log.note(span, format!("a group cannot have {max} rows"), help);
    }
}

fn upside_down(question: &WrittenQuestion, (low, high): (&'static str, &'static str), message: &str, log: &mut Log) {
    if let (Some(low), Some(high)) = (question.limits.get(low), question.limits.get(high)) {
        log.note_with(*high, message, "swap or change the two", (*low, "against this"));
    }
}

/// Whether `earliest` comes after `latest` for certain: both are fixed days, or both are counted
/// from today. Months have different lengths, so every day of four years is tried as today.
fn never_in_order(earliest: &DateRule, latest: &DateRule) -> bool {
    let todays = || date(2024, 1, 1).series(jiff::Span::new().days(1)).take(4 * 365 + 1);
    let moves = |rule: &DateRule| day(rule, date(2024, 1, 1)) != day(rule, date(2027, 6, 15));
    earliest.question().is_none()
        && latest.question().is_none()
        && moves(earliest) == moves(latest)
        && todays().all(|today| match (day(earliest, today), day(latest, today)) {
            (Some(earliest), Some(latest)) => earliest > latest,
            _ => false,
        })
}

fn day(rule: &DateRule, today: Date) -> Option<Date> {
    rule.day(Scope { answers: &Answers::default(), asked: &[], row: None, today })
}
