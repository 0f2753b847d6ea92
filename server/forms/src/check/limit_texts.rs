//! What is said of an answer beyond a limit: only of limits that there are, and with values that there are.

use domain::form::Kind;

use crate::check::outline::Place;
use crate::log::{Log, listed};
use crate::read::{Named, WrittenQuestionTexts};

pub fn check(place: &Place<'_>, texts: &WrittenQuestionTexts, log: &mut Log) {
    let Some(kind) = &place.question.kind else { return };
    let values: &[&str] = match kind {
        Kind::Date { .. } => &["day"],
        Kind::Text { .. } | Kind::LongText { .. } => &["limit", "over"],
        _ => &["limit"],
    };
    for (limit, text) in &texts.limits {
        if place.question.limits.contains_key(limit.value.as_str()) {
            values_exist(text, values, log);
        } else {
            let message = format!("`{}` has no `{}` in form.toml", texts.question.value, limit.value);
            log.note(limit.span, message, "leave this text out, or give the question that limit");
        }
    }
}

/// What stands in braces is one of `values`.
fn values_exist(text: &Named, values: &[&str], log: &mut Log) {
    let names = text.value.split('{').skip(1).map(|rest| rest.split_once('}').map_or(rest, |(name, _)| name));
    for name in names.filter(|name| !values.contains(name)) {
        let help = format!("in braces can stand {}", listed(values.iter().copied()));
        log.note(text.span, format!("`{{{name}}}` means nothing in this text"), help);
    }
}
