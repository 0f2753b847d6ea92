//! What stands beside the questions: the list of pages, the time left, the saved state.

use domain::journey::Place;
use i18n::format;
use maud::{Markup, html};
use ui::parts::{Icon, Step, step_list, time_ring};
use ui::question::contested_choices;

use super::autosave::SavedState;
use super::state::State;
use crate::page_list::{self, page_list};

/// `Page 3 of 9`.
pub(super) fn count(state: &State) -> String {
    let number = state.journey.position(&state.page).map_or(0, |position| position + 1).to_string();
    let total = state.journey.stops.len().to_string();
    state.edition.texts.fill("wizard.page-of", &[("number", &number), ("total", &total)])
}

/// On a phone: the page, the time left and the saved state in one bar.
pub(super) fn bar(state: &State) -> Markup {
    let t = &state.edition.texts;
    html! {
        span { (count(state)) }
        @if state.is_live {
            span { (state.clock.short()) }
            span { (saved_words(state)) }
        } @else {
            span { (t.fill("wizard.save-before", &[("time", &state.open.save_by)])) }
        }
    }
}

/// The list of pages: what is done, what has problems, and where one is.
pub(super) fn pages(state: &State) -> Markup {
    page_list(state.edition, state.open.started, &all_steps(state))
}

pub(super) fn steps(state: &State) -> Markup {
    step_list(&all_steps(state))
}

fn all_steps(state: &State) -> Vec<Step> {
    page_list::steps(state.edition, &state.journey, &state.tried, state.open.draft, Place::Page(&state.page))
}

/// The time left, the saved state and the word about buttons.
pub(super) fn cards(state: &State) -> Markup {
    let t = &state.edition.texts;
    html! {
        aside class="wizard__side" {
            section class="card card--time" {
                div id="ring" { (ring(state)) }
                div {
                    h2 class="card__title" { (t.get("wizard.time")) }
                    p id="time-words" data-plain { (time_words(state)) }
                }
            }
            section class="card" {
                div id="saved" data-plain { (saved(state)) }
                p id="kept-until" { (kept_until(state)) }
            }
            section class="card card--help" {
                h2 class="card__title" { (t.get("wizard.buttons-title")) }
                p { (t.get("wizard.buttons")) }
            }
            // Read out when it changes, which is seldom.
            p class="visually-hidden" role="status" id="spoken" { (spoken(state)) }
        }
    }
}

pub(super) fn ring(state: &State) -> Markup {
    time_ring(state.clock.hundredths(), &state.clock.short())
}

pub(super) fn time_words(state: &State) -> String {
    let t = &state.edition.texts;
    match state.is_live {
        true => t.get("wizard.time-live").to_owned(),
        false => t.fill("wizard.save-by", &[("time", &state.open.save_by)]),
    }
}

pub(super) fn kept_until(state: &State) -> String {
    let day = format::date(state.save.kept_until, state.edition.language());
    state.edition.texts.fill("wizard.kept-until", &[("day", &day)])
}

/// Whether what is typed is stored, always in words. It is not read out as it changes: the words
/// count the seconds.
pub(super) fn saved(state: &State) -> Markup {
    let (class, icon) = match state.save.state {
        _ if is_plain(state) => ("saved", Icon::Info),
        SavedState::NotYet | SavedState::Unsaved | SavedState::Saving => ("saved", Icon::Info),
        SavedState::Saved { .. } => ("saved saved--good", Icon::Check),
        SavedState::Offline | SavedState::TooLong | SavedState::Closed => ("saved saved--bad", Icon::Warning),
    };
    html! { p class=(class) { (icon.html()) span { (saved_words(state)) } } }
}

/// Whether only a button saves: without the program, and before it has come. Then nobody knows what
/// is typed.
fn is_plain(state: &State) -> bool {
    !state.is_live && state.save.state != SavedState::TooLong
}

fn saved_words(state: &State) -> String {
    let t = &state.edition.texts;
    match state.save.state {
        _ if is_plain(state) => t.get("wizard.saved-by-button").to_owned(),
        _ if state.save.has_recovered() => t.get("wizard.saved-again").to_owned(),
        SavedState::NotYet => t.get("wizard.saved-not-yet").to_owned(),
        SavedState::Unsaved | SavedState::Saving => t.get("wizard.saving").to_owned(),
        SavedState::Saved { seconds: None } => t.get("wizard.saved").to_owned(),
        SavedState::Saved { seconds: Some(0..10) } => t.get("wizard.saved-now").to_owned(),
        SavedState::Saved { seconds: Some(seconds @ 10..60) } => t.count("wizard.saved-seconds", seconds.into()),
        SavedState::Saved { seconds: Some(seconds) } => t.count("wizard.saved-minutes", (seconds / 60).into()),
        SavedState::Offline => t.get("wizard.not-saved").to_owned(),
        SavedState::TooLong => t.get("wizard.not-saved-long").to_owned(),
        SavedState::Closed => t.get("wizard.closed").to_owned(),
    }
}

/// What somebody who does not see the page has to hear: failures, the time's last minutes, and that
/// there is something to choose.
pub(super) fn spoken(state: &State) -> String {
    let t = &state.edition.texts;
    match (state.save.state, state.clock.spoken_minutes()) {
        (SavedState::Offline | SavedState::TooLong | SavedState::Closed, _) => saved_words(state),
        _ if state.save.has_recovered() => saved_words(state),
        (_, Some(minutes)) if state.is_live => t.count("wizard.minutes-left", minutes.into()),
        _ if state.is_live && !contested_choices(&state.filling()).is_empty() => {
            t.get("wizard.contested-spoken").to_owned()
        }
        _ => String::new(),
    }
}

/// What asks, some minutes before the end, whether more time is needed.
pub(super) fn dialog(state: &State) -> Markup {
    let t = &state.edition.texts;
    html! {
        dialog class="dialog" id="time-dialog" aria-labelledby="time-dialog-title" aria-describedby="time-dialog-words" {
            h2 id="time-dialog-title" { (dialog_title(state)) }
            p id="time-dialog-words" { (dialog_words(state, &state.open.save_by)) }
            button class="button button--primary" type="button" id="more-time" { (t.get("wizard.more-time")) }
        }
    }
}

/// `time` is when the person would be logged out, e.g. `14:05`.
pub(super) fn dialog_words(state: &State, time: &str) -> String {
    state.edition.texts.fill("wizard.time-dialog", &[("time", time)])
}

pub(super) fn dialog_title(state: &State) -> String {
    state.edition.texts.count("wizard.minutes-left", state.clock.minutes().into())
}
