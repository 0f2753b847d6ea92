//! Saving while typing.
//!
//! One save is under way at a time. It carries every field that differs from what the server
//! has acknowledged, so a save that was lost is simply contained in the next one.

use std::collections::{BTreeMap, BTreeSet};

use domain::answers::Answers;
use domain::merge::{Changes, Fingerprint, Revision};
use gloo_timers::callback::Timeout;
use leptos::prelude::*;

use super::{OpenPage, Wizard, browser};
use crate::api::drafts::{Acknowledged, SaveAnswer, SavePage, save_draft};

/// From the last key press to the save, in milliseconds.
const PAUSE_MS: u32 = 1_000;
/// The first wait after a save that failed, in milliseconds; each further one is twice as long.
const FIRST_RETRY_MS: u32 = 2_000;
/// The longest wait between two tries, in milliseconds.
const LAST_RETRY_MS: u32 = 30_000;

/// What the person is told about their text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SavedState {
    /// Nothing has been saved in this draft yet.
    NotYet,
    Unsaved,
    Saving,
    /// Saved so many seconds ago; `None` when it was before this page was opened.
    Saved { seconds: Option<u32> },
    /// The last try failed; the next comes by itself.
    Offline,
    /// The session has ended, or the draft is closed.
    Refused,
}

#[derive(Clone, Copy)]
pub(super) struct Autosave {
    state: RwSignal<SavedState>,
    revision: RwSignal<Revision>,
    kept_until: RwSignal<String>,
    /// What the server has, as far as this window knows.
    acknowledged: StoredValue<Answers>,
    /// A save is wanted even if no answer has changed.
    is_wanted: StoredValue<bool>,
    in_flight: StoredValue<bool>,
    retry_ms: StoredValue<u32>,
    timer: StoredValue<Option<Timeout>, LocalStorage>,
    /// Where to go once everything is saved.
    destination: RwSignal<Option<String>>,
    is_live: RwSignal<bool>,
}

impl Autosave {
    pub fn new(open: &OpenPage) -> Self {
        let state = if open.is_saved { SavedState::Saved { seconds: None } } else { SavedState::NotYet };
        Self {
            state: RwSignal::new(state),
            revision: RwSignal::new(open.revision),
            kept_until: RwSignal::new(open.kept_until.clone()),
            acknowledged: StoredValue::new(open.answers.clone()),
            is_wanted: StoredValue::new(false),
            in_flight: StoredValue::new(false),
            retry_ms: StoredValue::new(FIRST_RETRY_MS),
            timer: StoredValue::new_local(None),
            destination: RwSignal::new(None),
            is_live: RwSignal::new(false),
        }
    }

    pub fn state(self) -> SavedState {
        self.state.get()
    }

    pub fn revision(self) -> Revision {
        self.revision.get()
    }

    pub fn kept_until(self) -> String {
        self.kept_until.get()
    }

    /// Whether the browser has taken over, so that saving happens by itself.
    pub fn is_live(self) -> bool {
        self.is_live.get()
    }

    pub fn set_live(self) {
        self.is_live.set(true);
    }

    /// Whether the page is being left, so that nothing more may be typed.
    pub fn is_moving(self) -> bool {
        self.destination.with(Option::is_some)
    }

    /// Counts the seconds since the last save, for the words about it.
    pub fn tick(self) {
        if let SavedState::Saved { seconds: Some(seconds) } = self.state.get_untracked() {
            self.state.set(SavedState::Saved { seconds: Some(seconds + 1) });
        }
    }
}

/// The fields that differ from what the server has acknowledged, with their text.
pub(super) fn unsaved(wizard: Wizard) -> BTreeMap<String, String> {
    let typed = wizard.filling.answers.get_untracked();
    wizard.save.acknowledged.with_value(|acknowledged| {
        let names: BTreeSet<&str> = typed.iter().chain(acknowledged.iter()).map(|(field, _)| field).collect();
        names
            .into_iter()
            .filter(|field| typed.text(field) != acknowledged.text(field))
            .map(|field| (field.to_owned(), typed.text(field).to_owned()))
            .collect()
    })
}

/// Something was typed: save it after a short pause.
pub(super) fn typed(wizard: Wizard) {
    wizard.save.state.set(SavedState::Unsaved);
    later(wizard, PAUSE_MS);
}

/// Saves at once, and tells the server that somebody is here even if nothing has changed.
pub(super) fn now(wizard: Wizard) {
    wizard.save.is_wanted.set_value(true);
    pump(wizard);
}

/// Saves, and then loads the page at `path`.
pub(super) fn then_go(wizard: Wizard, path: String) {
    wizard.save.destination.set(Some(path));
    now(wizard);
}

fn later(wizard: Wizard, milliseconds: u32) {
    // Replacing a timer cancels it.
    wizard.save.timer.set_value(Some(Timeout::new(milliseconds, move || pump(wizard))));
}

/// Sends what is unsaved, unless a save is under way: then it follows that one.
fn pump(wizard: Wizard) {
    let save = wizard.save;
    let fields = unsaved(wizard);
    if save.in_flight.get_value() || (fields.is_empty() && !save.is_wanted.get_value()) {
        return;
    }
    save.in_flight.set_value(true);
    save.is_wanted.set_value(false);
    save.state.set(SavedState::Saving);
    let read = save.acknowledged.with_value(|known| {
        fields.keys().map(|field| (field.clone(), Fingerprint::of(known.text(field)))).collect()
    });
    let changes = Changes { base: save.revision.get_untracked(), fields, read };
    let request = SavePage {
        draft: wizard.open.with_value(|open| open.draft),
        page: wizard.filling.page.get_untracked(),
        changes: changes.clone(),
        tried: wizard.filling.tried.get_untracked(),
    };
    leptos::task::spawn_local(async move {
        let answer = save_draft(request).await;
        save.in_flight.set_value(false);
        match answer {
            Ok(SaveAnswer::Saved(acknowledged)) => saved(wizard, &changes, acknowledged),
            Ok(SaveAnswer::LoggedOut | SaveAnswer::Closed) => refused(wizard),
            Err(_) => failed(wizard),
        }
    });
}

fn saved(wizard: Wizard, sent: &Changes, acknowledged: Acknowledged) {
    let Wizard { save, filling, .. } = wizard;
    save.retry_ms.set_value(FIRST_RETRY_MS);
    save.revision.set(acknowledged.revision);
    save.kept_until.set(acknowledged.kept_until);
    filling.contested.set(acknowledged.contested);
    let others: BTreeMap<_, _> =
        acknowledged.others.into_iter().filter(|(field, _)| !unsaved(wizard).contains_key(field)).collect();
    save.acknowledged.update_value(|known| {
        sent.fields.iter().chain(&others).for_each(|(field, text)| known.set(field, text));
    });
    browser::show(wizard, others);
    if !unsaved(wizard).is_empty() || save.is_wanted.get_value() {
        save.state.set(SavedState::Unsaved);
        return later(wizard, PAUSE_MS);
    }
    save.state.set(SavedState::Saved { seconds: Some(0) });
    if let Some(path) = save.destination.get_untracked() {
        browser::load(&path);
    }
}

/// What was typed stays in the page; logging in in another window lets the next try succeed.
fn refused(wizard: Wizard) {
    wizard.save.destination.set(None);
    wizard.save.state.set(SavedState::Refused);
}

fn failed(wizard: Wizard) {
    let save = wizard.save;
    save.destination.set(None);
    save.is_wanted.set_value(true);
    save.state.set(SavedState::Offline);
    let wait = save.retry_ms.get_value();
    save.retry_ms.set_value((wait * 2).min(LAST_RETRY_MS));
    later(wizard, wait);
}
