//! What is being filled in on a page, as the question controls see it.

use std::collections::{BTreeMap, BTreeSet};

use domain::answers::Answers;
use domain::journey::{Asked, Journey, Row, Stop};
use domain::problem::{FieldProblem, Problem};
use jiff::civil::Date;
use leptos::prelude::*;

use crate::edition::Edition;
use crate::wording::problem_text;

/// The answers of a draft with the page that is open. Everything else is derived from it.
#[derive(Clone, Copy)]
pub struct Filling {
    pub edition: &'static Edition,
    pub today: Date,
    pub page: RwSignal<String>,
    pub answers: RwSignal<Answers>,
    /// The pages where Continue was tried: all their problems show.
    pub tried: RwSignal<BTreeSet<String>>,
    /// The fields that were left after a change: a wrong answer there shows at once.
    pub left: RwSignal<BTreeSet<String>>,
    /// What another window wrote in the same field.
    pub contested: RwSignal<BTreeMap<String, String>>,
    pub journey: Memo<Journey<'static>>,
}

impl Filling {
    pub fn new(
        edition: &'static Edition,
        today: Date,
        page: String,
        answers: Answers,
        tried: BTreeSet<String>,
        contested: BTreeMap<String, String>,
    ) -> Self {
        let answers = RwSignal::new(answers);
        let journey = Memo::new(move |_| answers.with(|answers| Journey::of(&edition.pack.form, answers, today)));
        Self {
            edition,
            today,
            page: RwSignal::new(page),
            answers,
            tried: RwSignal::new(tried),
            left: RwSignal::new(BTreeSet::new()),
            contested: RwSignal::new(contested),
            journey,
        }
    }

    /// Reads the page that is open; the default when the journey no longer has it.
    pub fn with_stop<T: Default>(self, read: impl FnOnce(&Stop<'static>) -> T) -> T {
        self.page.with(|page| self.journey.with(|journey| journey.stop(page).map(read).unwrap_or_default()))
    }

    /// The questions asked on the open page.
    pub fn asked(self) -> Vec<Asked<'static>> {
        self.with_stop(|stop| stop.asked.clone())
    }

    /// The rows of the group `field` on the open page.
    pub fn row_ids(self, field: &str) -> Vec<String> {
        self.with_group(field, |rows| rows.iter().map(|row| row.id.clone()).collect())
    }

    /// The questions asked in one row of the group `field`.
    pub fn row_asked(self, field: &str, id: &str) -> Vec<Asked<'static>> {
        self.with_group(field, |rows| {
            rows.iter().find(|row| row.id == id).map(|row| row.asked.clone()).unwrap_or_default()
        })
    }

    fn with_group<T: Default>(self, field: &str, read: impl FnOnce(&[Row<'static>]) -> T) -> T {
        self.with_stop(|stop| {
            let group = stop.asked.iter().find(|asked| asked.field == field);
            group.map(|group| read(&group.rows)).unwrap_or_default()
        })
    }

    /// All problems of the open page, once Continue was tried there.
    pub fn summary(self) -> Vec<FieldProblem> {
        let is_tried = self.page.with(|page| self.tried.with(|tried| tried.contains(page)));
        if is_tried { self.with_stop(|stop| stop.problems.clone()) } else { Vec::new() }
    }

    /// The words for what is wrong with the question `field`, when it is time to say so.
    pub fn problem(self, field: &str, key: &str) -> Option<String> {
        let is_tried = self.page.with(|page| self.tried.with(|tried| tried.contains(page)));
        let is_left = || self.left.with(|left| left.contains(field));
        if !is_tried && !is_left() {
            return None;
        }
        let is_shown = |problem: &Problem| is_tried || !matches!(problem, Problem::Missing);
        self.with_stop(|stop| {
            let found = stop.problems.iter().find(|each| each.field == field && is_shown(&each.problem));
            found.map(|each| problem_text(self.edition, key, &each.problem))
        })
    }

    /// The text in `field` when the control is made; typing does not make it anew.
    pub fn text(self, field: &str) -> String {
        self.answers.with_untracked(|answers| answers.text(field).to_owned())
    }
}
