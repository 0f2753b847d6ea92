//! Whether conditions and date rules look at questions that are there, come earlier, and can
//! have the answer that is asked for.

use domain::country::is_country;
use domain::date::DateRule;
use domain::form::Kind;
use toml_span::Span;
use toml_span::span::Spanned;

use crate::check::advice;
use crate::check::outline::{Found, Outline, Place, Viewer};
use crate::log::{Log, listed};
use crate::read::{Named, Test, Want, WrittenForm};

pub fn check(form: &WrittenForm, outline: &Outline<'_>, log: &mut Log) {
    for (when, viewer) in outline.conditions(form) {
        for test in &when.tests {
            self::test(test, viewer, outline, log);
        }
    }
    for (place, viewer) in outline.viewers() {
        limits(place, viewer, outline, log);
    }
}

fn test(test: &Test, viewer: Viewer<'_>, outline: &Outline<'_>, log: &mut Log) {
    if let Want::BeforeOrAfter(rule) | Want::Age { on: Some(rule) } = &test.want {
        day(rule, viewer, outline, log);
    }
    let Some(place) = earlier(&test.question.value, test.question.span, viewer, outline, log) else { return };
    let Some(kind) = &place.question.kind else { return };
    match &test.want {
        Want::OneOf(values) => values_can_be_given(values, place, kind, &test.question, log),
        Want::Answered => {}
        Want::BeforeOrAfter(_) if !is_date(kind) => {
            let message = format!("`{}` is not a date", place.id.value);
            log.note(test.question.span, message, "`before` and `after` compare dates; name a date question");
        }
        Want::Age { .. } if !is_date(kind) => {
            let message = format!("`{}` is not a date", place.id.value);
            log.note(test.question.span, message, "an age is counted from a date of birth; name a date question");
        }
        Want::BeforeOrAfter(_) | Want::Age { .. } => {}
    }
}

/// The question called `name`, when it is asked before the viewer; if not, that is noted.
fn earlier<'o, 'w>(
    name: &str,
    span: Span,
    viewer: Viewer<'_>,
    outline: &'o Outline<'w>,
    log: &mut Log,
) -> Option<&'o Place<'w>> {
    match outline.find(name, viewer) {
        Found::Earlier(place) => return Some(place),
        Found::Itself => {
            log.note(span, format!("`{name}` looks at itself"), "name a question that is asked before it");
        }
        Found::Around => {
            let help = "name another question of the row, or one that is asked before the group";
            log.note(span, format!("`{name}` is the group that this question stands in"), help);
        }
        Found::Later(place) => {
            let help = "only answers to earlier questions are known here; move one of the two, or name another";
            let message = format!("`{name}` is asked later");
            log.note_with(span, message, help, (place.id.span, "it is asked here"));
        }
        Found::Inside(group) => {
            let group_name = &group.value;
            let relative = name.strip_prefix(group_name.as_str()).and_then(|rest| rest.strip_prefix('.'));
            let help = match relative {
                Some(relative) if viewer.group.is_some_and(|own| own.span == group.span) => {
                    format!("inside the group, write `{relative}`")
                }
                _ => format!("name a question outside of groups, or the group `{group_name}` itself with `answered`"),
            };
            let message =
                format!("`{name}` is asked once for each row of `{group_name}`, so it has no single answer here");
            log.note(span, message, help);
        }
        Found::Nothing => {
            let help = advice(name, outline.visible(viewer), "name a question that is asked before this");
            log.note(span, format!("there is no question `{name}`"), help);
        }
    }
    None
}

fn values_can_be_given(values: &[Named], place: &Place<'_>, kind: &Kind, question: &Named, log: &mut Log) {
    let yes_no = ["yes", "no"].map(str::to_owned);
    let offered: &[String] = match kind {
        Kind::YesNo => &yes_no,
        Kind::Declaration => &yes_no[..1],
        Kind::OneOf { choices } | Kind::SeveralOf { choices } => choices,
        Kind::Country => return countries(values, log),
        _ => {
            let help = match kind {
                Kind::Date { .. } => "compare a date with `before`, `after` or `age`",
                _ => "only yes-no, one-of, several-of, country and declaration have such values; use `answered`",
            };
            let message = format!("the answer to `{}` cannot be compared with a value", place.id.value);
            log.note(question.span, message, help);
            return;
        }
    };
    for value in values.iter().filter(|value| !offered.contains(&value.value)) {
        let offered = || offered.iter().map(String::as_str);
        let help = advice(&value.value, offered(), &format!("write {}", listed(offered())));
        log.note(value.span, format!("`{}` is never the answer to `{}`", value.value, place.id.value), help);
    }
}

fn countries(values: &[Named], log: &mut Log) {
    for value in values.iter().filter(|value| !is_country(&value.value)) {
        let help = "write the two capital letters of ISO 3166, like SE; XXA is stateless, XXX unknown";
        log.note(value.span, format!("`{}` is not a country", value.value), help);
    }
}

/// `earliest` and `latest` of a date. They are judged when the question is asked, so the
/// question itself could be named, but to no purpose.
fn limits(place: &Place<'_>, viewer: Viewer<'_>, outline: &Outline<'_>, log: &mut Log) {
    let Some(Kind::Date { earliest, latest }) = &place.question.kind else { return };
    for (key, rule) in [("earliest", earliest), ("latest", latest)] {
        if let (Some(rule), Some(span)) = (rule, place.question.limits.get(key)) {
            day(&Spanned::with_span(rule.clone(), *span), viewer, outline, log);
        }
    }
}

fn day(rule: &Spanned<DateRule>, viewer: Viewer<'_>, outline: &Outline<'_>, log: &mut Log) {
    let Some(name) = rule.value.question() else { return };
    let Some(place) = earlier(name, rule.span, viewer, outline, log) else { return };
    if place.question.kind.as_ref().is_some_and(|kind| !is_date(kind)) {
        log.note(
            rule.span,
            format!("`{name}` is not a date"),
            "name a date question, `today`, or a day like `2026-06-01`",
        );
    }
}

fn is_date(kind: &Kind) -> bool {
    matches!(kind, Kind::Date { .. })
}
