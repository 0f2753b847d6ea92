//! What the wizard knows.

use std::collections::{BTreeMap, BTreeSet};

use domain::answers::{Answers, normalised};
use domain::autosave::Window;
use domain::journey::{Journey, Place};
use domain::merge::Origin;
use ui::edition::Edition;
use ui::filling::Filling;

use super::OpenPage;
use super::autosave::Autosave;
use super::clock::Clock;
use crate::arrival::Arrival;
use crate::paths::Path;

/// The answers of a draft with the page that is open. What is shown is derived from it.
pub(super) struct State {
    pub edition: &'static Edition,
    /// As the server opened it; what changes since stands beside it.
    pub open: OpenPage,
    pub page: String,
    /// What is typed, and what the server is known to have of it.
    pub window: Window,
    pub journey: Journey<'static>,
    pub tried: BTreeSet<String>,
    pub left: BTreeSet<String>,
    /// The questions that the last answers have brought up, where that took a new page.
    pub more: Vec<String>,
    pub save: Autosave,
    pub clock: Clock,
    /// Whether the browser has taken over, so that saving happens by itself.
    pub is_live: bool,
}

impl State {
    pub fn new(edition: &'static Edition, open: OpenPage, origin: Origin) -> Self {
        let mut window = Window::open(origin, open.answers.clone(), open.revision, open.contested.clone());
        window.taken_out.clone_from(&open.taken_out);
        open.typed.iter().for_each(|(field, text)| window.answers.set(field, text));
        Self {
            edition,
            page: open.page.clone(),
            journey: Journey::of(&edition.pack.form, &window.answers, open.today),
            window,
            tried: open.tried.clone(),
            left: BTreeSet::new(),
            more: open.more.clone(),
            save: Autosave::new(&open),
            clock: Clock::new(&open),
            is_live: false,
            open,
        }
    }

    pub fn filling(&self) -> Filling<'_> {
        Filling {
            edition: self.edition,
            page: &self.page,
            answers: &self.window.answers,
            journey: &self.journey,
            tried: &self.tried,
            left: &self.left,
            contested: &self.window.contested,
            more: &self.more,
            taken_out: &self.window.taken_out,
            may_remember: !self.open.is_shared_computer,
            today: self.open.today,
        }
    }

    /// Changes answers by `change`, and with them the journey.
    pub fn answer(&mut self, change: impl FnOnce(&mut Answers)) {
        change(&mut self.window.answers);
        self.answers_changed();
    }

    /// What follows from the answers follows anew.
    pub fn answers_changed(&mut self) {
        self.journey = Journey::of(&self.edition.pack.form, &self.window.answers, self.open.today);
    }

    /// Takes in what the controls of the page hold; whether anything is new.
    pub fn read(&mut self, fields: &BTreeMap<String, String>) -> bool {
        let is_answer = |field: &str| self.edition.pack.form.pages.iter().any(|page| page.owns(field));
        let is_new = |field: &str, text: &str| is_answer(field) && normalised(text) != self.window.answers.text(field);
        let new: Vec<_> = fields.iter().filter(|(field, text)| is_new(field, text)).collect();
        let has_new = !new.is_empty();
        if has_new {
            let form = &self.edition.pack.form;
            let written = new.iter().filter(|(_, text)| !text.is_empty());
            let rows: Vec<&str> = written.filter_map(|(field, _)| form.row_of(field)).collect();
            self.answer(|answers| {
                new.iter().for_each(|(field, text)| answers.set(field, text));
                // The row that a group opens with is listed once something is typed in it.
                rows.iter().for_each(|row| answers.add_row(row));
            });
        }
        has_new
    }

    pub fn is_first(&self) -> bool {
        self.journey.before(Place::Page(&self.page)).is_none()
    }

    /// Opens another page of the draft.
    pub fn turn_to(&mut self, page: String) {
        self.page = page;
        self.left.clear();
        self.more.clear();
        self.window.taken_out.clear();
    }

    /// The review, at the answer that the person came from there to change.
    pub fn review(&self) -> String {
        let at = self.open.review.clone().unwrap_or_default();
        Arrival { at, ..Arrival::default() }.address(&self.path(Path::Review))
    }

    /// A path of this draft in the language of the page.
    pub fn path<'p>(&self, to: impl FnOnce(domain::ids::ApplicationId) -> Path<'p>) -> String {
        to(self.open.draft).within(self.edition.language()).to_string()
    }
}
