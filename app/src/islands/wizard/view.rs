//! The form of the wizard.

use maud::{Markup, html};
use ui::layout::FORM as CONTENT;
use ui::parts::Icon;
use ui::question::questions;
use ui::wording::problem_text;

use super::state::State;
use super::{FORM, MORE, side};
use crate::paths::Path;

pub(super) fn wizard(state: &State) -> Markup {
    let (language, dir) = (state.edition.form_language(), state.edition.form_dir());
    html! {
        div class="wizard__bar" id="bar" aria-hidden="true" data-plain { (side::bar(state)) }
        (side::pages(state))
        div class="wizard__form" id=(CONTENT) tabindex="-1" {
            p class="wizard__count" id="page-count" { (side::count(state)) }
            h1 id="page-title" tabindex="-1" lang=[language] dir=[dir] { (title(state)) }
            p class="lead" id="page-lead" lang=[language] dir=[dir] { (lead(state)) }
            @if state.open.has_regained { (regained(state)) }
            div id="summary" { (summary(state)) }
            div id=(MORE) tabindex="-1" { (more(state)) }
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
    if state.filling().summary().is_empty() {
        return title;
    }
    format!("{} {title}", state.edition.texts.get("wizard.error"))
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
            // Where the page is the answer to a post, `autofocus` is what brings the focus here.
            div class="summary" role="alert" id="problems" tabindex="-1" autofocus[!state.is_live] {
                h2 class="summary__title" { (edition.texts.count("wizard.problems", problems.len() as u64)) }
                ul {
                    @for each in problems {
                        li { a href={ "#" (each.control()) } {
                            (headed(&filling.label(each))) " " (problem_text(edition, &each.key, &each.problem))
                        } }
                    }
                }
            }
        }
    }
}

/// Which questions the last answers have brought up, for those whose browser did not show them at once.
pub(super) fn more(state: &State) -> Markup {
    let filling = state.filling();
    let find = |field: &String| filling.stop().and_then(|stop| stop.question(field));
    let questions: Vec<_> = state.more.iter().filter_map(find).collect();
    html! {
        @if !questions.is_empty() {
            div class="notice" {
                (Icon::Info.html())
                div class="stack" {
                    p role="status" { (state.edition.texts.count("wizard.more-questions", questions.len() as u64)) }
                    ul {
                        @for each in questions {
                            li { a href={ "#" (each.control(filling.answers)) } { (state.edition.question(&each.key).label) } }
                        }
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
            @if let Some(question) = &state.open.review { input type="hidden" name="review" value=(question); }
            // With it the form says that it is whole: what it does not have was not asked.
            input type="hidden" name="_asked" value="";
            @for taken in &state.open.taken_out { input type="hidden" name="_removed" value=(taken.row); }
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
