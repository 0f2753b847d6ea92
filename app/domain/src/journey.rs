//! The way through a form: which pages and questions are asked, what is wrong on each, and
//! where a person goes next. Nothing else decides where somebody may go.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::answers::{Answers, ROWS_TO_SPARE};
use crate::condition::Scope;
use crate::date::parts;
use crate::form::{FIRST_ROW, Fee, Form, Kind, Page, Question};
use crate::merge::Stored;
use crate::problem::FieldProblem;
use crate::validate::problem;

/// The pages asked of one person on one day, in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Journey<'f> {
    pub stops: Vec<Stop<'f>>,
    pub fee: Option<&'f Fee>,
}

/// A page that is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Stop<'f> {
    pub page: &'f Page,
    pub asked: Vec<Asked<'f>>,
    pub problems: Vec<FieldProblem>,
}

/// A question that is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked<'f> {
    pub question: &'f Question,
    /// The name of its control: `passport.number`, or in a group `children.k3.name`.
    pub field: String,
    /// The name of its wording: as `field`, but without the row: `children.name`.
    pub key: String,
    /// The rows of a group; empty for every other kind.
    pub rows: Vec<Row<'f>>,
    /// How many more rows are kept than are shown. Before the journey goes on, none may be left.
    pub unshown: usize,
}

/// One row of a repeating group.
#[derive(Clone, Debug, PartialEq)]
pub struct Row<'f> {
    pub id: String,
    pub asked: Vec<Asked<'f>>,
}

/// How far a page has come, for the list of pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    Done,
    /// Continue was tried and something is still wrong.
    Problem,
    NotYet,
}

/// Where a person goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place<'f> {
    Page(&'f str),
    Review,
}

impl<'f> Journey<'f> {
    /// Walks the form once, from the first page to the last.
    pub fn of(form: &'f Form, answers: &Answers, today: Date) -> Self {
        let mut walk = Walk { answers, today, asked: Vec::new() };
        let stops = form.pages.iter().filter_map(|page| walk.stop(page)).collect();
        let scope = walk.scope(None);
        let fee = form.fees.iter().find(|fee| fee.when.as_ref().is_none_or(|when| when.holds(scope)));
        Self { stops, fee }
    }

    pub fn is_complete(&self) -> bool {
        self.stops.iter().all(|stop| stop.problems.is_empty())
    }

    /// Where there is still something to do: the first page that is not right, else the review.
    pub fn frontier(&self) -> Place<'f> {
        let open = self.stops.iter().find(|stop| !stop.problems.is_empty());
        open.map_or(Place::Review, |stop| Place::Page(&stop.page.id))
    }

    /// Where a person goes on who left the page `left`: there, or at the first page before it that is
    /// not right. Who has saved nothing yet, and so has left no page, begins at the beginning.
    pub fn resume(&self, left: &str) -> Place<'f> {
        match self.position(left) {
            Some(position) if self.is_reachable(Place::Page(left)) => Place::Page(&self.stops[position].page.id),
            None if left.is_empty() => self.stops.first().map_or(Place::Review, |stop| Place::Page(&stop.page.id)),
            _ => self.frontier(),
        }
    }

    /// Whether a person may open `place`: all pages before it are right.
    pub fn is_reachable(&self, place: Place<'_>) -> bool {
        let before = match place {
            Place::Review => self.stops.len(),
            Place::Page(id) => match self.position(id) {
                Some(position) => position,
                None => return false,
            },
        };
        self.stops[..before].iter().all(|stop| stop.problems.is_empty())
    }

    /// Where Continue leads from the page `id`: nowhere while it has problems.
    pub fn after(&self, id: &str) -> Option<Place<'f>> {
        let position = self.position(id)?;
        if !self.stops[position].problems.is_empty() {
            return None;
        }
        Some(self.stops.get(position + 1).map_or(Place::Review, |stop| Place::Page(&stop.page.id)))
    }

    /// Where Continue leads from the page `id`. Who came from the review to change something goes
    /// back there, by way of what the change has made wrong or has added.
    pub fn go_on(&self, id: &str, from_review: bool) -> Option<Place<'f>> {
        let after = self.after(id)?;
        Some(if from_review { self.frontier() } else { after })
    }

    /// Where Back leads from `place`: `None` from the first page.
    pub fn before(&self, place: Place<'_>) -> Option<&'f str> {
        let position = match place {
            Place::Review => self.stops.len(),
            Place::Page(id) => self.position(id)?,
        };
        let stop = self.stops.get(position.checked_sub(1)?)?;
        Some(&stop.page.id)
    }

    pub fn stop(&self, id: &str) -> Option<&Stop<'f>> {
        self.stops.iter().find(|stop| stop.page.id == id)
    }

    pub fn position(&self, id: &str) -> Option<usize> {
        self.stops.iter().position(|stop| stop.page.id == id)
    }

    /// The first page with a question for which two windows have written different texts, of which
    /// the person has still to choose one.
    pub fn contested(&self, stored: &Stored) -> Option<&'f str> {
        let contested = stored.contested();
        let is_contested = |stop: &&Stop<'f>| stop.asked.iter().any(|each| each.is_contested(&contested));
        let stop = self.stops.iter().filter(|_| !contested.is_empty()).find(is_contested)?;
        Some(&stop.page.id)
    }

    /// The answers to what is asked, and nothing else: what is submitted.
    pub fn submission(&self, answers: &Answers) -> Answers {
        let asked: Vec<&Asked<'_>> = self.stops.iter().flat_map(|stop| &stop.asked).collect();
        let mut wanted = BTreeSet::new();
        asked.into_iter().for_each(|each| each.controls(&mut wanted));
        answers.iter().filter(|(field, _)| wanted.contains(*field)).map(|(f, t)| (f.to_owned(), t.to_owned())).collect()
    }
}

impl Stop<'_> {
    /// `tried` says whether Continue was pressed here since the page was last right.
    pub fn progress(&self, tried: bool) -> Progress {
        match (self.problems.is_empty(), tried) {
            (true, _) => Progress::Done,
            (false, true) => Progress::Problem,
            (false, false) => Progress::NotYet,
        }
    }
}

impl Row<'_> {
    /// E.g. `children.k3`.
    pub fn name(&self, group: &Asked<'_>) -> String {
        format!("{}.{}", group.field, self.id)
    }
}

impl Asked<'_> {
    /// The names of its controls, without those in its rows.
    pub fn names(&self) -> Vec<String> {
        match self.question.kind {
            Kind::Date { .. } => parts(&self.field).into(),
            _ => vec![self.field.clone()],
        }
    }

    fn is_contested(&self, contested: &BTreeMap<String, String>) -> bool {
        let is_row = |row: &Row<'_>| {
            contested.contains_key(&row.name(self)) || row.asked.iter().any(|each| each.is_contested(contested))
        };
        self.names().iter().any(|name| contested.contains_key(name)) || self.rows.iter().any(is_row)
    }

    /// Adds the names of all its controls to `names`.
    pub fn controls(&self, names: &mut BTreeSet<String>) {
        names.extend(self.names());
        self.rows.iter().flat_map(|row| &row.asked).for_each(|inner| inner.controls(names));
    }
}

/// The one pass over a form. Conditions look back only, at what this pass has already asked.
struct Walk<'a> {
    answers: &'a Answers,
    today: Date,
    asked: Vec<String>,
}

impl Walk<'_> {
    fn scope<'s>(&'s self, row: Option<&'s str>) -> Scope<'s> {
        Scope { answers: self.answers, asked: &self.asked, row, today: self.today }
    }

    fn stop<'f>(&mut self, page: &'f Page) -> Option<Stop<'f>> {
        if !page.when.as_ref().is_none_or(|when| when.holds(self.scope(None))) {
            return None;
        }
        let mut problems = Vec::new();
        let asked: Vec<_> = page.questions.iter().filter_map(|each| self.ask(each, None, &mut problems)).collect();
        (!asked.is_empty()).then_some(Stop { page, asked, problems })
    }

    /// `place` is the group that the question stands in, and the row: `children`, `children.k3`.
    fn ask<'f>(
        &mut self,
        question: &'f Question,
        place: Option<(&str, &str)>,
        problems: &mut Vec<FieldProblem>,
    ) -> Option<Asked<'f>> {
        let row = place.map(|(_, row)| row);
        if !question.when.as_ref().is_none_or(|when| when.holds(self.scope(row))) {
            return None;
        }
        let named =
            |prefix: Option<&str>| prefix.map_or_else(|| question.id.clone(), |it| format!("{it}.{}", question.id));
        let (field, key) = (named(row), named(place.map(|(group, _)| group)));
        self.asked.push(field.clone());
        let found = problem(question, &field, self.scope(row));
        let is_date = matches!(question.kind, Kind::Date { .. });
        let before = problems.len();
        let opens = question.opens(&field, self.answers);
        let (rows, unshown) = match &question.kind {
            Kind::Group { questions, max, .. } => self.rows(questions, *max, &field, opens, problems),
            _ => (Vec::new(), 0),
        };
        // What is missing in the row that a group opens with says more than that a row is missing.
        let is_said = opens && problems.len() > before;
        if let Some(problem) = found.filter(|_| !is_said) {
            problems.insert(before, FieldProblem { field: field.clone(), key: key.clone(), is_date, problem });
        }
        Some(Asked { question, field, key, rows, unshown })
    }

    /// The rows to show, and how many are left. What is asked in one row cannot be seen from
    /// another, so each row's names are dropped.
    fn rows<'f>(
        &mut self,
        questions: &'f [Question],
        max: usize,
        group: &str,
        opens: bool,
        problems: &mut Vec<FieldProblem>,
    ) -> (Vec<Row<'f>>, usize) {
        let opening = opens.then_some(FIRST_ROW);
        let mut ids: Vec<String> = self.answers.rows(group).chain(opening).map(str::to_owned).collect();
        let unshown = ids.len().saturating_sub(max.saturating_add(ROWS_TO_SPARE));
        ids.truncate(ids.len() - unshown);
        let outside = self.asked.len();
        let rows = ids.into_iter().map(|id| {
            let row = format!("{group}.{id}");
            let asked = questions.iter().filter_map(|each| self.ask(each, Some((group, &row)), problems)).collect();
            self.asked.truncate(outside);
            Row { id, asked }
        });
        (rows.collect(), unshown)
    }
}
