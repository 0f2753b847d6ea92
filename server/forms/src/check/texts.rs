//! Texts that are missing, and texts that nothing uses, in each language.

use domain::form::Kind;

use crate::check::outline::{Outline, Place};
use crate::check::{LanguageFile, advice, limit_texts};
use crate::log::Log;
use crate::read::{WrittenForm, WrittenQuestionTexts, WrittenTexts};

const UNUSED: &str = "nothing uses this text; remove it, or correct its name";

/// Missing texts are noted in `form.toml`, where the thing without text stands; unused and
/// incomplete ones in the language's file.
pub fn check(form: &WrittenForm, outline: &Outline<'_>, languages: &mut [LanguageFile], log: &mut Log) {
    for language in languages {
        let Some(texts) = &language.texts else { continue };
        let file = language.name.as_str();
        pages_have_texts(form, texts, file, log);
        questions_have_texts(outline, texts, file, log);
        for texts in &texts.questions {
            if let Some(place) = outline.places.iter().find(|place| place.text_name() == texts.question.value) {
                choices_have_texts(place, texts, &mut language.log);
                rows_have_names(place, texts, &mut language.log);
                limit_texts::check(place, texts, &mut language.log);
            }
        }
        // Without all names it cannot be told what is used.
        if has_all_names(form) {
            pages_are_used(form, texts, &mut language.log);
            questions_are_used(outline, texts, &mut language.log);
        }
    }
}

fn has_all_names(form: &WrittenForm) -> bool {
    let questions = form.pages.iter().flat_map(|page| &page.questions);
    let all = questions.flat_map(|question| question.questions.iter().chain([question]));
    form.pages.iter().all(|page| page.id.is_some()) && all.into_iter().all(|question| question.id.is_some())
}

fn pages_have_texts(form: &WrittenForm, texts: &WrittenTexts, file: &str, log: &mut Log) {
    for id in form.pages.iter().filter_map(|page| page.id.as_ref()) {
        if !texts.pages.iter().any(|(page, _)| page.value == id.value) {
            let help = format!("add `[pages.{}]` with a `title` to {file}", id.value);
            log.note(id.span, format!("the page `{}` has no texts in {file}", id.value), help);
        }
    }
}

fn questions_have_texts(outline: &Outline<'_>, texts: &WrittenTexts, file: &str, log: &mut Log) {
    for place in &outline.places {
        let name = place.text_name();
        if !texts.questions.iter().any(|each| each.question.value == name) {
            let help = format!("add `[questions.\"{name}\"]` with a `label` to {file}");
            log.note(place.id.span, format!("the question `{name}` has no texts in {file}"), help);
        }
    }
}

fn choices_have_texts(place: &Place<'_>, texts: &WrittenQuestionTexts, log: &mut Log) {
    let name = &texts.question.value;
    if !matches!(place.question.kind, Some(Kind::OneOf { .. } | Kind::SeveralOf { .. })) {
        if let Some(choice) = texts.choices.first().filter(|_| place.question.kind.is_some()) {
            log.note(choice.span, format!("`{name}` has no choices in form.toml"), "leave these texts out");
        }
        return;
    }
    let offered = &place.question.choices;
    for choice in offered.iter().filter(|choice| !texts.choices.iter().any(|it| it.value == choice.value)) {
        let help = format!("add `{} = \"…\"` under `[questions.\"{name}\".choices]`", choice.value);
        log.note(texts.question.span, format!("the choice `{}` of `{name}` has no text", choice.value), help);
    }
    for unused in texts.choices.iter().filter(|text| !offered.iter().any(|it| it.value == text.value)) {
        let help = advice(&unused.value, offered.iter().map(|it| it.value.as_str()), UNUSED);
        log.note(unused.span, format!("`{name}` has no choice `{}`", unused.value), help);
    }
}

fn rows_have_names(place: &Place<'_>, texts: &WrittenQuestionTexts, log: &mut Log) {
    let name = &texts.question.value;
    match texts.row {
        None if place.is_group() => {
            let help = "add what one row is called, like `row = \"Child\"`";
            log.note(texts.question.span, format!("the group `{name}` has no `row`"), help);
        }
        Some(row) if place.question.kind.is_some() && !place.is_group() => {
            log.note(row, format!("`{name}` is not a group, so it has no rows"), "leave `row` out");
        }
        _ => {}
    }
}

fn pages_are_used(form: &WrittenForm, texts: &WrittenTexts, log: &mut Log) {
    let ids: Vec<&str> = form.pages.iter().filter_map(|page| page.id.as_ref()).map(|id| id.value.as_str()).collect();
    for (page, _) in texts.pages.iter().filter(|(page, _)| !ids.contains(&page.value.as_str())) {
        let help = advice(&page.value, ids.iter().copied(), UNUSED);
        log.note(page.span, format!("there is no page `{}`", page.value), help);
    }
}

fn questions_are_used(outline: &Outline<'_>, texts: &WrittenTexts, log: &mut Log) {
    let names: Vec<String> = outline.places.iter().map(Place::text_name).collect();
    for unused in texts.questions.iter().filter(|each| !names.contains(&each.question.value)) {
        let help = advice(&unused.question.value, names.iter().map(String::as_str), UNUSED);
        log.note(unused.question.span, format!("there is no question `{}`", unused.question.value), help);
    }
}
