//! Saving while typing.
//!
//! One save is under way at a time. It carries every field that differs from what the server
//! has acknowledged, so a save that was lost is simply contained in the next one.

use std::collections::{BTreeMap, BTreeSet};

use domain::answers::Answers;
use domain::merge::{Changes, Fingerprint, Revision};
use gloo_timers::callback::Timeout;

use super::OpenPage;
use super::browser::{self, Wizard};
use super::screen;
use super::state::State;
use crate::api::drafts::{Acknowledged, SaveAnswer, SavePage, save_draft};

/// From the last key press to the save, in milliseconds.
const PAUSE_MS: u32 = 1_000;
/// The first wait after a save that failed, in milliseconds; each further one is twice as long.
const FIRST_RETRY_MS: u32 = 2_000;
/// The longest wait between two tries, in milliseconds.
const LAST_RETRY_MS: u32 = 30_000;

/// What the person is told about their text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum SavedState {
    /// Nothing has been saved in this draft yet.
    NotYet,
    Unsaved,
    Saving,
    /// Saved so many seconds ago; `None` when it was before this page was opened.
    Saved {
        seconds: Option<u32>,
    },
    /// The last try failed; the next comes by itself.
    Offline,
    /// The session has ended, or the draft is closed.
    Refused,
}

pub(super) struct Autosave {
    pub state: SavedState,
    pub revision: Revision,
    pub kept_until: String,
    /// What the server has, as far as this window knows.
    acknowledged: Answers,
    /// A save is wanted even if no answer has changed.
    is_wanted: bool,
    in_flight: bool,
    retry_ms: u32,
    timer: Option<Timeout>,
    /// Where to go once everything is saved.
    pub destination: Option<String>,
}

impl Autosave {
    pub fn new(open: &OpenPage) -> Self {
        Self {
            state: if open.is_saved { SavedState::Saved { seconds: None } } else { SavedState::NotYet },
            revision: open.revision,
            kept_until: open.kept_until.clone(),
            acknowledged: open.answers.clone(),
            is_wanted: false,
            in_flight: false,
            retry_ms: FIRST_RETRY_MS,
            timer: None,
            destination: None,
        }
    }

    /// The fields of `answers` that differ from what the server has acknowledged, with their text.
    pub fn unsaved(&self, answers: &Answers) -> BTreeMap<String, String> {
        let names: BTreeSet<&str> = answers.iter().chain(self.acknowledged.iter()).map(|(field, _)| field).collect();
        let is_new = |field: &&str| answers.text(field) != self.acknowledged.text(field);
        names.into_iter().filter(is_new).map(|field| (field.to_owned(), answers.text(field).to_owned())).collect()
    }

    /// Counts the seconds since the last save, for the words about it.
    pub fn tick(&mut self) {
        if let SavedState::Saved { seconds: Some(seconds) } = &mut self.state {
            *seconds += 1;
        }
    }
}

/// Something was typed: save it after a short pause.
pub(super) fn typed(wizard: &Wizard) {
    wizard.borrow_mut().save.state = SavedState::Unsaved;
    later(wizard, PAUSE_MS);
}

/// Saves at once, and tells the server that somebody is here even if nothing has changed.
pub(super) fn now(wizard: &Wizard) {
    wizard.borrow_mut().save.is_wanted = true;
    pump(wizard);
}

/// Saves, and then loads the page at `path`.
pub(super) fn then_go(wizard: &Wizard, path: String) {
    wizard.borrow_mut().save.destination = Some(path);
    now(wizard);
}

fn later(wizard: &Wizard, milliseconds: u32) {
    let then = wizard.clone();
    // Replacing a timer cancels it.
    let timer = Timeout::new(milliseconds, move || pump(&then));
    wizard.borrow_mut().save.timer = Some(timer);
}

/// Sends what is unsaved, unless a save is under way: then it follows that one.
fn pump(wizard: &Wizard) {
    let Some(request) = request(&mut wizard.borrow_mut()) else { return };
    screen::refresh(&wizard.borrow());
    let wizard = wizard.clone();
    wasm_bindgen_futures::spawn_local(async move {
        let sent = request.changes.clone();
        let answer = save_draft(request).await;
        wizard.borrow_mut().save.in_flight = false;
        match answer {
            Ok(SaveAnswer::Saved(acknowledged)) => saved(&wizard, &sent, acknowledged),
            Ok(SaveAnswer::LoggedOut | SaveAnswer::Closed) => refused(&mut wizard.borrow_mut()),
            Err(_) => failed(&wizard),
        }
        screen::refresh(&wizard.borrow());
    });
}

fn request(state: &mut State) -> Option<SavePage> {
    let fields = state.save.unsaved(&state.answers);
    let save = &mut state.save;
    if save.in_flight || (fields.is_empty() && !save.is_wanted) {
        return None;
    }
    save.in_flight = true;
    save.is_wanted = false;
    save.state = SavedState::Saving;
    let read = |field: &String| (field.clone(), Fingerprint::of(save.acknowledged.text(field)));
    let changes = Changes { base: save.revision, read: fields.keys().map(read).collect(), fields };
    Some(SavePage { draft: state.open.draft, page: state.page.clone(), changes, tried: state.tried.clone() })
}

fn saved(wizard: &Wizard, sent: &Changes, acknowledged: Acknowledged) {
    let Acknowledged { revision, others, contested, kept_until, .. } = acknowledged;
    let mut state = wizard.borrow_mut();
    let typed = state.save.unsaved(&state.answers);
    let others: BTreeMap<String, String> =
        others.into_iter().filter(|(field, _)| !typed.contains_key(field) || sent.fields.contains_key(field)).collect();
    state.contested = contested;
    let save = &mut state.save;
    save.retry_ms = FIRST_RETRY_MS;
    save.revision = revision;
    save.kept_until = kept_until;
    sent.fields.iter().chain(&others).for_each(|(field, text)| save.acknowledged.set(field, text));
    screen::forget(&others);
    state.answer(|answers| others.iter().for_each(|(field, text)| answers.set(field, text)));
    let has_more = !state.save.unsaved(&state.answers).is_empty() || state.save.is_wanted;
    state.save.state = if has_more { SavedState::Unsaved } else { SavedState::Saved { seconds: Some(0) } };
    let destination = state.save.destination.clone().filter(|_| !has_more);
    drop(state);
    if has_more {
        later(wizard, PAUSE_MS);
    }
    destination.iter().for_each(|path| browser::load(path));
}

/// What was typed stays in the page; logging in in another window lets the next try succeed.
fn refused(state: &mut State) {
    state.save.destination = None;
    state.save.state = SavedState::Refused;
}

fn failed(wizard: &Wizard) {
    let mut state = wizard.borrow_mut();
    let save = &mut state.save;
    save.destination = None;
    save.is_wanted = true;
    save.state = SavedState::Offline;
    let wait = save.retry_ms;
    save.retry_ms = (wait * 2).min(LAST_RETRY_MS);
    drop(state);
    later(wizard, wait);
}
