//! Names of pages, questions and choices.

use std::collections::BTreeMap;

use domain::form::Kind;
use toml_span::Span;

use crate::log::{Log, listed};
use crate::read::{Named, WrittenForm, WrittenQuestion};

/// What the wizard's own controls are called.
const OWN_CONTROLS: [&str; 4] = ["go", "review", "revision", "ticket"];

/// Paths below a draft that are not pages of its form.
const FIXED_PAGES: [&str; 5] = ["review", "print", "print.pdf", "pay", "submitted"];

pub fn check(form: &WrittenForm, log: &mut Log) {
    pages(form, log);
    let outside: Vec<&WrittenQuestion> = form.pages.iter().flat_map(|page| &page.questions).collect();
    questions(&outside, log);
    controls_are_free(&outside, log);
    names_stay_out_of_groups(&outside, log);
    for group in &outside {
        questions(&group.questions.iter().collect::<Vec<_>>(), log);
        groups_stand_alone(group, log);
        names_differ_from_outer(group, &outside, log);
    }
}

/// Small letters, digits and hyphens, a letter first.
pub fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase()) && is_plain(name)
}

fn is_plain(name: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !name.is_empty() && name.chars().all(fits)
}

fn pages(form: &WrittenForm, log: &mut Log) {
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    for id in form.pages.iter().filter_map(|page| page.id.as_ref()) {
        if FIXED_PAGES.contains(&id.value.as_str()) {
            let help = format!("choose another name; {} are pages of every application", listed(FIXED_PAGES));
            log.note(id.span, format!("`{}` cannot be the name of a page", id.value), help);
        } else if !is_name(&id.value) {
            let help = "use small letters a to z, digits and hyphens, a letter first";
            log.note(id.span, format!("`{}` cannot be the name of a page", id.value), help);
        }
        match seen.get(id.value.as_str()) {
            Some(first) => twice("page", id, *first, log),
            None => _ = seen.insert(&id.value, id.span),
        }
    }
}

/// Names of questions that stand side by side, and of the controls made from them.
fn questions(questions: &[&WrittenQuestion], log: &mut Log) {
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    for (question, id) in questions.iter().filter_map(|it| Some((it, it.id.as_ref()?))) {
        if !id.value.split('.').all(is_name) {
            let help = "use small letters a to z, digits and hyphens, with points between the parts: passport.number";
            log.note(id.span, format!("`{}` cannot be the name of a question", id.value), help);
        }
        match seen.get(id.value.as_str()) {
            Some(first) => twice("question", id, *first, log),
            None => _ = seen.insert(&id.value, id.span),
        }
        choices(question, log);
    }
    for (question, id) in questions.iter().filter_map(|it| Some((it, it.id.as_ref()?))) {
        for part in parts(question).iter().map(|part| format!("{}-{part}", id.value)) {
            if let Some(other) = seen.get(part.as_str()) {
                let message = format!("a part of the question `{}` is called `{part}` too", id.value);
                log.note_with(*other, message, "choose another name for this question", (id.span, "that question"));
            }
        }
    }
}

/// What stands after a question's name in the names of its controls, hint and problem.
fn parts(question: &WrittenQuestion) -> &'static [&'static str] {
    match question.kind {
        Some(Kind::Date { .. }) => &["day", "month", "year", "hint", "problem"],
        _ => &["hint", "problem"],
    }
}

fn twice(what: &str, id: &Named, first: Span, log: &mut Log) {
    let help = format!("every {what} has a name of its own");
    log.note_with(id.span, format!("a second {what} is called `{}`", id.value), help, (first, "the first one"));
}

fn choices(question: &WrittenQuestion, log: &mut Log) {
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    for choice in &question.choices {
        if !is_plain(&choice.value) {
            let help = "use small letters a to z, digits and hyphens; what people read stands in the texts";
            log.note(choice.span, format!("`{}` cannot be the name of a choice", choice.value), help);
        }
        match seen.get(choice.value.as_str()) {
            Some(first) => twice("choice", choice, *first, log),
            None => _ = seen.insert(&choice.value, choice.span),
        }
    }
}

fn controls_are_free(questions: &[&WrittenQuestion], log: &mut Log) {
    for id in questions.iter().filter_map(|it| it.id.as_ref()).filter(|id| OWN_CONTROLS.contains(&id.value.as_str())) {
        let message = format!("`{}` cannot be the name of a question", id.value);
        log.note(id.span, message, "choose another name; every page has a control of this name already");
    }
}

/// A row's controls are called `group.row.question`; nothing else may begin like that.
fn names_stay_out_of_groups(questions: &[&WrittenQuestion], log: &mut Log) {
    let groups =
        questions.iter().filter(|it| matches!(it.kind, Some(Kind::Group { .. }))).filter_map(|it| it.id.as_ref());
    for group in groups {
        for id in questions.iter().filter_map(|it| it.id.as_ref()) {
            if id.value.strip_prefix(group.value.as_str()).is_some_and(|rest| rest.starts_with('.')) {
                let message = format!("`{}` begins like the controls of the group `{}`", id.value, group.value);
                let help = format!("choose a name that does not begin with `{}.`", group.value);
                log.note_with(id.span, message, help, (group.span, "this group"));
            }
        }
    }
}

fn groups_stand_alone(group: &WrittenQuestion, log: &mut Log) {
    for inner in &group.questions {
        if let (Some(Kind::Group { .. }), Some(id)) = (&inner.kind, &inner.id) {
            let help = "ask for the inner rows in a group of their own, or in a long text";
            log.note(id.span, format!("the group `{}` stands in another group", id.value), help);
        }
    }
}

/// A condition in a group that names such a question could mean either.
fn names_differ_from_outer(group: &WrittenQuestion, outside: &[&WrittenQuestion], log: &mut Log) {
    for id in group.questions.iter().filter_map(|inner| inner.id.as_ref()) {
        let outer = outside.iter().filter_map(|it| it.id.as_ref()).find(|outer| outer.value == id.value);
        if let Some(outer) = outer {
            let message = format!("`{}` is the name of a question outside this group, too", id.value);
            log.note_with(id.span, message, "choose another name for one of them", (outer.span, "that question"));
        }
    }
}
