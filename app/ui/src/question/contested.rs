//! What another window wrote in the same place, for the person to choose.

use std::collections::BTreeMap;

use domain::journey::Asked;
use domain::question_button::QuestionButton;
use maud::{Markup, PreEscaped, html};

use crate::edition::Edition;
use crate::filling::Filling;

/// The place for it, in a question or in a row, hidden while there is nothing to choose.
pub(super) fn place(name: &str, choice: Option<Markup>) -> Markup {
    html! {
        div class="contested" id={ (name) "-contested" } hidden[choice.is_none()] { (choice.unwrap_or(PreEscaped(String::new()))) }
    }
}

/// What is to be chosen on the open page, by the name of the question or the row.
pub fn choices(filling: &Filling<'_>) -> BTreeMap<String, Markup> {
    let mut all = BTreeMap::new();
    if !filling.contested.is_empty() {
        let asked = filling.stop().map_or(&[][..], |stop| stop.asked.as_slice());
        asked.iter().for_each(|each| add(filling, each, &mut all));
    }
    all
}

fn add(filling: &Filling<'_>, asked: &Asked<'static>, all: &mut BTreeMap<String, Markup>) {
    all.extend(in_question(filling, asked).map(|choice| (asked.field.clone(), choice)));
    for row in &asked.rows {
        let name = row.name(asked);
        all.extend(in_row(filling, &name).map(|choice| (name, choice)));
        row.asked.iter().for_each(|each| add(filling, each, all));
    }
}

/// The other window's answer, with the choice between the two.
pub(super) fn in_question(filling: &Filling<'_>, asked: &Asked<'static>) -> Option<Markup> {
    let t = &filling.edition.texts;
    let other = filling.other(asked)?;
    let words = match other.as_str() {
        "" => t.get("wizard.contested-empty").to_owned(),
        other => t.fill("wizard.contested", &[("text", other)]),
    };
    let keep = (QuestionButton::KeepOwn(asked.field.clone()), "wizard.contested-keep");
    let take = (QuestionButton::TakeOther(asked.field.clone()), "wizard.contested-take");
    Some(choice(filling.edition, &words, [keep, take]))
}

/// A row that was taken out in one window and written in in another.
pub(super) fn in_row(filling: &Filling<'_>, name: &str) -> Option<Markup> {
    let words = filling.edition.texts.get("wizard.contested-row");
    let keep = (QuestionButton::KeepOwn(name.to_owned()), "wizard.contested-row-keep");
    let remove = (QuestionButton::RemoveRow(name.to_owned()), "wizard.contested-row-remove");
    filling.contested.contains_key(name).then(|| choice(filling.edition, words, [keep, remove]))
}

fn choice(edition: &Edition, words: &str, buttons: [(QuestionButton, &str); 2]) -> Markup {
    html! {
        p { (words) }
        @for (button, label) in buttons {
            button class="button button--secondary" name="go" value=(button) { (edition.texts.get(label)) }
            " "
        }
    }
}
