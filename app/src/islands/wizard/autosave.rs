//! Saving while typing.
//!
//! One save is waited for at a time. What it carries, and what is done with the answer, is the
//! protocol of [`domain::autosave`]; here are the network and the time.

use domain::merge::{Changes, Origin};
use domain::question_button::QuestionButton;
use gloo_timers::callback::Timeout;
use jiff::civil::Date;
use leptos::prelude::ServerFnError;

use super::browser::{self, Wizard};
use super::state::State;
use super::{OpenPage, plain, screen};
use crate::api::drafts::{Acknowledged, SaveAnswer, SavePage, save_draft};

/// From the first key press that is not saved to the save, in milliseconds.
const PAUSE_MS: u32 = 1_000;
/// The first wait after a save that failed, in milliseconds; each further one is twice as long.
const FIRST_RETRY_MS: u32 = 2_000;
/// The longest wait between two tries, in milliseconds.
const LAST_RETRY_MS: u32 = 30_000;
/// An answer that takes longer, in milliseconds, is not waited for any more.
const PATIENCE_MS: u32 = 15_000;
/// An answer that takes longer, in milliseconds, may never come.
const SLOW_MS: f64 = 2_000.0;
/// After so many answers in a row that make no sense, and again after as many, the save is tried as
/// a plain form.
const RIDDLES_BEFORE_PLAIN: u32 = 3;

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
    /// All but a text that is longer than a field may hold.
    TooLong,
    /// The draft has been submitted or deleted.
    Closed,
}

/// What follows once everything is saved.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Then {
    /// Another page of the service is loaded.
    Load(String),
    /// The form is posted as if the button with this value had been pressed.
    Post(String),
}

pub(super) struct Autosave {
    pub state: SavedState,
    pub kept_until: Date,
    pub then: Option<Then>,
    /// The wizard itself goes to another page, with everything stored that can be.
    pub is_leaving: bool,
    /// Whether the server has another build of this program.
    pub is_outdated: bool,
    /// A save is wanted even if no answer has changed.
    is_wanted: bool,
    /// The page's time shall begin anew with the next save.
    renews: bool,
    /// The save that is waited for.
    in_flight: Option<Origin>,
    /// When it was sent, by the monotonic clock, in milliseconds.
    sent_at: f64,
    /// The last try before this one failed.
    has_recovered: bool,
    /// Answers in a row that made no sense.
    riddles: u32,
    retry_ms: u32,
    timer: Option<Timeout>,
    patience: Option<Timeout>,
}

impl Autosave {
    pub fn new(open: &OpenPage) -> Self {
        Self {
            state: match open.is_saved {
                _ if !open.typed.is_empty() => SavedState::TooLong,
                true => SavedState::Saved { seconds: None },
                false => SavedState::NotYet,
            },
            kept_until: open.kept_until,
            then: None,
            is_leaving: false,
            is_outdated: false,
            is_wanted: false,
            renews: false,
            in_flight: None,
            sent_at: 0.0,
            has_recovered: false,
            riddles: 0,
            retry_ms: FIRST_RETRY_MS,
            timer: None,
            patience: None,
        }
    }

    /// Whether the wizard is about to go to another page of the service.
    pub fn is_going(&self) -> bool {
        self.then.is_some() || self.is_leaving
    }

    /// Whether a save has failed, or is waited for so long that it may have: what it holds is perhaps
    /// nowhere but here.
    pub fn is_doubtful(&self, now: f64) -> bool {
        self.state == SavedState::Offline || (self.in_flight.is_some() && now - self.sent_at > SLOW_MS)
    }

    /// Whether everything is saved after it could not be for a while.
    pub fn has_recovered(&self) -> bool {
        self.has_recovered && matches!(self.state, SavedState::Saved { seconds: Some(0..10) })
    }

    /// Counts the seconds since the last save, for the words about it.
    pub fn tick(&mut self) {
        if let SavedState::Saved { seconds: Some(seconds) } = &mut self.state {
            *seconds += 1;
        }
    }
}

/// Something was typed. However long somebody goes on typing, what they typed first is sent after
/// a second.
pub(super) fn typed(wizard: &Wizard) {
    let mut state = wizard.borrow_mut();
    let save = &mut state.save;
    if !matches!(save.state, SavedState::Offline | SavedState::Closed) {
        save.state = SavedState::Unsaved;
        save.has_recovered = false;
    }
    let is_due = save.timer.is_some() || save.in_flight.is_some();
    drop(state);
    if !is_due {
        later(wizard, PAUSE_MS);
    }
}

/// Saves at once, and asks the server what is stored and how much time is left even if nothing has
/// changed.
pub(super) fn now(wizard: &Wizard) {
    wizard.borrow_mut().save.is_wanted = true;
    pump(wizard);
}

/// The same as a task of its own: what is done before it is not held up.
pub(super) fn soon(wizard: &Wizard) {
    wizard.borrow_mut().save.is_wanted = true;
    later(wizard, 0);
}

/// Saves at once; the page's time begins anew.
pub(super) fn renew(wizard: &Wizard) {
    wizard.borrow_mut().save.renews = true;
    now(wizard);
}

/// Saves, and then goes on.
pub(super) fn and_then(wizard: &Wizard, then: Then) {
    wizard.borrow_mut().save.then = Some(then);
    now(wizard);
}

fn later(wizard: &Wizard, milliseconds: u32) {
    let then = wizard.clone();
    let timer = Timeout::new(milliseconds, move || {
        then.borrow_mut().save.timer = None;
        pump(&then);
    });
    // Replacing a timer cancels it.
    wizard.borrow_mut().save.timer = Some(timer);
}

/// Sends what is unsaved, unless a save is under way: then it follows that one.
fn pump(wizard: &Wizard) {
    if !browser::is_in_charge() {
        return;
    }
    let request = next_request(&mut wizard.borrow_mut());
    screen::refresh(&wizard.borrow());
    let Some(request) = request else { return };
    let origin = request.changes.origin;
    let waiting = wizard.clone();
    let patience = Timeout::new(PATIENCE_MS, move || failed(&waiting, origin, false));
    wizard.borrow_mut().save.patience = Some(patience);
    let wizard = wizard.clone();
    wasm_bindgen_futures::spawn_local(async move {
        let sent = request.changes.clone();
        match save_draft(request).await {
            Ok(answer) => answered(&wizard, &sent, answer),
            Err(ServerFnError::Request(_) | ServerFnError::ServerError(_)) => failed(&wizard, origin, false),
            Err(_) => failed(&wizard, origin, true),
        }
    });
}

fn next_request(state: &mut State) -> Option<SavePage> {
    let has_news = !state.window.sendable().is_empty();
    if state.save.in_flight.is_some() {
        return None;
    }
    if !(has_news || state.save.is_wanted) {
        state.save.state = at_rest(state, None);
        return None;
    }
    let request = request(state);
    let save = &mut state.save;
    save.in_flight = request.changes.origin;
    save.sent_at = browser::now().monotonic;
    save.is_wanted = false;
    save.timer = None;
    if has_news && save.state != SavedState::Offline {
        save.state = SavedState::Saving;
    }
    Some(request)
}

/// Nothing is left to send.
fn at_rest(state: &State, seconds: Option<u32>) -> SavedState {
    if state.window.has_too_long() { SavedState::TooLong } else { SavedState::Saved { seconds } }
}

/// All that the server is not known to have.
pub(super) fn request(state: &mut State) -> SavePage {
    SavePage {
        draft: state.open.draft,
        page: state.page.clone(),
        changes: state.window.changes(&state.edition.pack.form),
        tried: state.tried.clone(),
        ticket: state.open.ticket.clone(),
        renews: state.save.renews,
    }
}

/// An answer that comes late is still an answer: what it says is stored.
fn answered(wizard: &Wizard, sent: &Changes, answer: SaveAnswer) {
    let mut state = wizard.borrow_mut();
    let is_waited_for = state.save.in_flight == sent.origin;
    if is_waited_for {
        state.save.in_flight = None;
        state.save.patience = None;
        state.save.riddles = 0;
        state.save.retry_ms = FIRST_RETRY_MS;
    }
    match answer {
        SaveAnswer::Saved(acknowledged) => {
            let then = saved(&mut state, sent, acknowledged, is_waited_for);
            drop(state);
            next(wizard, then);
        }
        SaveAnswer::Sealed => {
            let has_more = state.window.has_more_than(sent);
            let has_too_long = state.window.has_too_long();
            if has_too_long {
                state.save.state = SavedState::TooLong;
            }
            drop(state);
            match has_more {
                true => now(wizard),
                // What is too long is only here; once it is shorter, it goes the same way.
                false if has_too_long => {}
                false => browser::log_in(wizard),
            }
        }
        SaveAnswer::Closed => {
            state.save.then = None;
            state.save.state = SavedState::Closed;
            drop(state);
        }
    }
    screen::refresh(&wizard.borrow());
}

/// Takes in what is stored now; answers what follows once all is.
fn saved(state: &mut State, sent: &Changes, acknowledged: Acknowledged, is_waited_for: bool) -> Option<Then> {
    let Acknowledged { answer, seconds_left, kept_until, build } = acknowledged;
    let contested = state.window.contested.clone();
    let others = state.window.acknowledge(sent, answer, &state.edition.pack.form);
    if !others.is_empty() {
        screen::forget(&others, &state.edition.pack.form);
        state.answers_changed();
    }
    let is_choice = |then: &Then| match then {
        Then::Post(go) => QuestionButton::read(go).is_some_and(|button| button.is_choice()),
        Then::Load(_) => false,
    };
    if !others.is_empty() || state.window.contested != contested {
        // It was made between other texts than there are now.
        state.save.then = state.save.then.take().filter(|then| !is_choice(then));
    }
    let is_short_of_time = seconds_left == 0;
    state.clock.give(seconds_left, browser::now().monotonic);
    state.save.is_outdated = build != state.open.build;
    state.save.kept_until = kept_until;
    state.save.renews &= !is_waited_for;
    // Another window has asked for more time, or has turned a page; or a text has to be shortened
    // before anything else, for it would not be there afterwards.
    let is_time_up = state.save.then == Some(time_is_up());
    if (is_time_up && !is_short_of_time) || (!is_time_up && state.window.has_too_long()) {
        state.save.then = None;
    }
    // What was sent and not taken, because another text is too long to go with it, waits.
    let has_more = state.window.has_more_than(sent) || state.save.is_wanted;
    state.save.state = match state.save.state {
        _ if has_more => SavedState::Unsaved,
        same @ (SavedState::NotYet | SavedState::Saved { .. }) => same,
        _ => at_rest(state, Some(0)),
    };
    if has_more { None } else { state.save.then.take() }
}

fn next(wizard: &Wizard, then: Option<Then>) {
    let has_more = wizard.borrow().save.state == SavedState::Unsaved;
    match then {
        _ if has_more && wizard.borrow().save.then.is_some() => now(wizard),
        _ if has_more => later(wizard, PAUSE_MS),
        Some(Then::Load(path)) => browser::leave_for(wizard, &path),
        Some(Then::Post(go)) => browser::post(wizard, &go),
        None => {}
    }
}

/// What the form posts when the page's time is up.
pub(super) fn time_is_up() -> Then {
    Then::Post("time-is-up".to_owned())
}

/// The network or the server could not; or the answer was a `riddle`.
fn failed(wizard: &Wizard, origin: Option<Origin>, is_riddle: bool) {
    let mut state = wizard.borrow_mut();
    let save = &mut state.save;
    if save.in_flight != origin {
        return;
    }
    save.in_flight = None;
    save.is_wanted = true;
    save.has_recovered = true;
    save.state = SavedState::Offline;
    // Only the end of the time waits for the network; every other wish can be repeated.
    save.then = save.then.take().filter(|then| *then == time_is_up());
    save.riddles += u32::from(is_riddle);
    let is_plain_due = is_riddle && save.riddles.is_multiple_of(RIDDLES_BEFORE_PLAIN);
    let wait = save.retry_ms;
    save.retry_ms = (wait * 2).min(LAST_RETRY_MS);
    drop(state);
    if is_plain_due {
        plain::save(wizard);
    }
    later(wizard, wait);
    screen::refresh(&wizard.borrow());
}
