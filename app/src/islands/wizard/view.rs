//! The form of the wizard.

use maud::{Markup, html};
use ui::parts::Icon;
use ui::question::questions;
use ui::wording::problem_text;

use super::state::State;
use super::{FORM, side};
use crate::paths::Path;

pub(super) fn wizard(state: &State) -> Markup {
    let (language, dir) = (state.edition.form_language(), state.edition.form_dir());
    html! {
        div class="wizard__bar" id="bar" aria-hidden="true" data-plain { (side::bar(state)) }
        (side::pages(state))
        div class="wizard__form" {
            p class="wizard__count" id="page-count" { (side::count(state)) }
            h1 id="page-title" tabindex="-1" lang=[language] dir=[dir] { (title(state)) }
            p class="lead" id="page-lead" lang=[language] dir=[dir] { (lead(state)) }
            @if state.open.has_regained { (regained(state)) }
            div id="summary" { (summary(state)) }
            (form(state))
        }
        (side::cards(state))
        (side::dialog(state))
    }
}

/// Says that what was kept after the session had ended is in the draft now.
fn regained(state: &State) -> Markup {
    html! {
        div class="notice notice--good" {
            (Icon::Check.html())
            div class="stack" { p role="status" { (state.edition.texts.get("wizard.regained")) } }
        }
    }
}

/// What the window is called, without the name of the site. A screen reader says it first, so that
/// something is wrong goes before everything else.
pub(super) fn document_title(state: &State) -> String {
    let service = &state.edition.pack.texts.title;
    let title = format!("{} – {service}", title(state));
    match state.filling().summary() {
        [] => title,
        _ => format!("{} {title}", state.edition.texts.get("wizard.error")),
    }
}

pub(super) fn title(state: &State) -> &str {
    &state.edition.page(&state.page).title
}

/// What the page is about.
pub(super) fn lead(state: &State) -> &str {
    &state.edition.page(&state.page).lead
}

/// What is wrong on the page, with links to the controls, once Continue was tried.
pub(super) fn summary(state: &State) -> Markup {
    let edition = state.edition;
    let filling = state.filling();
    let problems = filling.summary();
    html! {
        @if !problems.is_empty() {
            // Without JavaScript, `autofocus` is what brings the focus here.
            div class="summary" role="alert" id="problems" tabindex="-1" autofocus[!state.is_live] {
                h2 class="summary__title" { (edition.texts.count("wizard.problems", problems.len() as u64)) }
                ul {
                    @for each in problems {
                        li { a href={ "#" (each.control()) } {
                            (headed(&edition.question(&each.key).label)) " " (problem_text(edition, &each.key, &each.problem))
                        } }
                    }
                }
            }
        }
    }
}

/// A label before what is said of it: one that asks needs no colon.
fn headed(label: &str) -> String {
    if label.ends_with(['?', '؟', ':']) { label.to_owned() } else { format!("{label}:") }
}

/// Where the form posts to.
pub(super) fn action(state: &State) -> String {
    state.path(|draft| Path::Page(draft, &state.page))
}

fn form(state: &State) -> Markup {
    let edition = state.edition;
    let t = &edition.texts;
    let filling = state.filling();
    let asked = filling.stop().map_or(&[][..], |stop| stop.asked.as_slice());
    html! {
        form id=(FORM) method="post" action=(action(state)) novalidate autocomplete=(if state.open.is_shared_computer { "off" } else { "on" })
            aria-labelledby="page-title" {
            // Enter presses the first button of a form; a row's Remove must not be that one.
            button class="visually-hidden" name="go" value="continue" tabindex="-1" aria-hidden="true" {
                (t.get("wizard.continue"))
            }
            @if state.open.from_review { input type="hidden" name="review" value="yes"; }
            input type="hidden" name="revision" id="revision" value=(state.window.shown().0);
            input type="hidden" name="ticket" value=(state.open.ticket);
            input type="hidden" name="_number" value="0" autocomplete="off";
            div id="questions" lang=[edition.form_language()] dir=[edition.form_dir()] {
                (questions(&filling, asked, &filling.problems()))
            }
            div class="wizard__buttons" {
                button class="button button--primary" name="go" value="continue" {
                    (t.get("wizard.continue")) (Icon::Forward.html())
                }
                button class="button button--secondary" name="go" value="back" id="back" hidden[state.is_first()] {
                    (Icon::Back.html()) (t.get("wizard.back"))
                }
                button class="button button--quiet" name="go" value="leave" { (t.get("wizard.leave")) }
            }
        }
    }
}
