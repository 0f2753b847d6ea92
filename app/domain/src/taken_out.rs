//! Rows that were taken out of their groups and can be put back as they were.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::answers::{Answers, in_row, row_parts, weight};

/// How many rows that were taken out are kept, in a draft and in a window. The earliest go first.
pub(crate) const KEPT: usize = 20;
/// How many of the rows before one are remembered, to find its place again.
const BEFORE: usize = 20;

/// A row that was taken out, with what it takes to put it back.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TakenOut {
    /// E.g. `children.k3`.
    pub row: String,
    /// The number that it had among the rows of its group, from 1.
    pub number: usize,
    /// What stood in it, by the whole names of the fields.
    pub answers: Answers,
    /// The texts of other windows there, of which the person had not chosen yet.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) contested: BTreeMap<String, Vec<String>>,
    /// The ids of the rows before it, the nearest last, with those that were taken out earlier.
    before: Vec<String>,
}

impl TakenOut {
    /// The row as it stands in `answers`, from where rows were taken out `earlier`.
    pub(crate) fn of(row: &str, answers: &Answers, earlier: &[Self]) -> Option<Self> {
        let (group, id) = row_parts(row)?;
        let number = answers.choices(group).position(|other| other == id)? + 1;
        let all = with_taken_out(answers.choices(group).collect(), group, earlier);
        let before = all.iter().take_while(|other| **other != id);
        let before: Vec<String> = before.map(|id| (*id).to_owned()).collect();
        let before = before[before.len().saturating_sub(BEFORE)..].to_vec();
        let inside = answers.fields_in(row).map(|field| (field.to_owned(), answers.text(field).to_owned()));
        Some(Self { row: row.to_owned(), number, answers: inside.collect(), contested: BTreeMap::new(), before })
    }

    /// The same with what was typed in it on the page whose button has taken it out, and not saved
    /// before. A window that saves by itself has cleared the fields, and sends nothing there.
    pub(crate) fn with_typed(mut self, fields: &BTreeMap<String, String>) -> Self {
        let typed = in_row(fields, &self.row).filter(|(_, text)| !text.is_empty());
        typed.for_each(|(field, text)| self.answers.set(field, text));
        self
    }

    /// The same with what the person had to choose from in it.
    pub(crate) fn with_contested(mut self, contested: &BTreeMap<String, Vec<String>>) -> Self {
        let inside = in_row(contested, &self.row);
        self.contested = inside.map(|(field, texts)| (field.clone(), texts.clone())).collect();
        self
    }

    /// Whether it was a row of this group.
    pub fn is_of(&self, group: &str) -> bool {
        row_parts(&self.row).is_some_and(|(of, _)| of == group)
    }

    /// About how much there is to store, in bytes.
    pub(crate) fn size(&self) -> usize {
        let before: usize = self.before.iter().map(String::len).sum();
        let answers = self.answers.iter().map(|(field, text)| field.len() + weight(text));
        let contested =
            self.contested.iter().map(|(field, all)| field.len() + all.iter().map(|it| weight(it)).sum::<usize>());
        size_of::<Self>() + before + answers.sum::<usize>() + contested.sum::<usize>()
    }

    /// The list of the group's rows, one a line, with this one at its place.
    pub(crate) fn listed_in(&self, rows: &str) -> String {
        let mut rows: Vec<&str> = rows.lines().collect();
        insert(&mut rows, row_parts(&self.row).map_or("", |(_, id)| id), &self.before);
        rows.join("\n")
    }
}

/// The rows with those that were taken out at their places. The latest goes in first: it knows
/// where those before it stood.
fn with_taken_out<'r>(mut rows: Vec<&'r str>, group: &str, taken: &'r [TakenOut]) -> Vec<&'r str> {
    for each in taken.iter().rev().filter(|each| each.is_of(group)) {
        let id = row_parts(&each.row).map_or("", |(_, id)| id);
        if !rows.contains(&id) {
            insert(&mut rows, id, &each.before);
        }
    }
    rows
}

/// Puts a row in after the last of those in `before`.
fn insert<'r>(rows: &mut Vec<&'r str>, id: &'r str, before: &[String]) {
    let at = rows.iter().rposition(|row| before.iter().any(|other| other == row));
    rows.insert(at.map_or(0, |at| at + 1), id);
}

impl Answers {
    /// Takes a row out of its group, with all that was typed in it; `earlier` were taken out before.
    pub fn take_row_out(&mut self, row: &str, earlier: &[TakenOut]) -> Option<TakenOut> {
        let taken = TakenOut::of(row, self, earlier);
        self.remove_row(row);
        taken
    }

    /// Puts a row back into its group, at its place, with all that stood in it.
    pub fn put_row_back(&mut self, taken: &TakenOut) {
        let Some((group, _)) = row_parts(&taken.row).filter(|_| !self.has_row(&taken.row)) else { return };
        let rows = taken.listed_in(self.text(group));
        self.set(group, &rows);
        taken.answers.iter().for_each(|(field, text)| self.set(field, text));
    }
}
