//! What stands around the controls of a question.

use maud::{Markup, html};

use super::{Ask, contested};
use crate::edition::Edition;

/// A question with one control: the label belongs to the control.
pub(super) fn with_label(ask: &Ask<'_>, control: Markup) -> Markup {
    let field = ask.field();
    html! {
        div class=(ask.class("question")) id={ "q-" (field) } data-key=(field) {
            label class="question__label" for=(field) { (label(ask)) }
            (around(ask))
            (control)
        }
    }
}

/// A question with several controls: the legend belongs to all of them.
pub(super) fn with_legend(ask: &Ask<'_>, class: &str, controls: Markup) -> Markup {
    let field = ask.field();
    html! {
        fieldset class=(ask.class(class)) id={ "q-" (field) }
            data-key=(field) aria-describedby=(ask.described_by()) {
            legend class="question__label" { (label(ask)) }
            (around(ask))
            (controls)
        }
    }
}

/// The label, which says when a question need not be answered.
pub(super) fn label(ask: &Ask<'_>) -> Markup {
    html! {
        (ask.wording().label)
        @if ask.asked.question.optional {
            " " span class="question__optional" { (ask.edition().texts.get("wizard.optional")) }
        }
    }
}

/// The hint, what is wrong, and what another window wrote.
pub(super) fn around(ask: &Ask<'_>) -> Markup {
    let field = ask.field();
    let hint = &ask.wording().hint;
    let text = ask.problem().unwrap_or_default();
    html! {
        // Only the first paragraph describes the control: a long text is read, not listened to at once.
        @for (index, paragraph) in hint.split("\n\n").map(str::trim).filter(|it| !it.is_empty()).enumerate() {
            p class="question__hint" id=[(index == 0).then(|| format!("{field}-hint"))] { (paragraph) }
        }
        p class="question__problem" id={ (field) "-problem" } hidden[text.is_empty()] {
            (problem(ask.edition(), text))
        }
        (contested::place(field, contested::in_question(ask.filling, ask.asked)))
    }
}

/// What a problem says, for those who see it and for those who hear it.
pub fn problem(edition: &Edition, text: &str) -> Markup {
    html! {
        @if !text.is_empty() {
            span class="visually-hidden" { (edition.texts.get("wizard.error")) " " }
            (text)
        }
    }
}
