//! How much a save may hold, whoever has made it.
//!
//! A page of a form sends the fields of its questions and as many rows as its groups may have;
//! two windows that add rows at the same time come to twice as many at most. What goes beyond was
//! not made by a page of ours. It must cost no more than it weighs.

use std::collections::{BTreeMap, BTreeSet};

use super::{Changes, REMEMBERED_BY_WINDOW, Removal, Revision, Stored};
use crate::answers::{ROW_LIMIT, is_row_id, row_parts};
use crate::form::Form;

impl Changes {
    /// Keeps what a page of `form` can have sent: its fields, rows of its groups with such ids as we
    /// make, and as many fingerprints as a window remembers.
    pub fn keep_known(&mut self, form: &Form) {
        let is_known = |field: &str| form.pages.iter().any(|page| page.owns(field));
        self.fields.retain(|field, _| is_known(field));
        for (_, rows) in self.fields.iter_mut().filter(|(field, _)| form.is_group(field)) {
            let mut seen = BTreeSet::new();
            let known: Vec<&str> = rows.lines().filter(|row| is_row_id(row) && seen.insert(*row)).collect();
            *rows = known.join("\n");
        }
        self.read.retain(|field, _| is_known(field));
        self.read.values_mut().for_each(|known| known.truncate(REMEMBERED_BY_WINDOW));
        // A row that came back and was taken out again counts as it was seen last.
        let mut removed: BTreeMap<String, Revision> = BTreeMap::new();
        for Removal { row, shown } in std::mem::take(&mut self.removed) {
            if row_parts(&row).is_some_and(|(group, id)| form.is_group(group) && is_row_id(id)) {
                let last = removed.entry(row).or_default();
                *last = shown.max(*last);
            }
        }
        self.removed = removed.into_iter().map(|(row, shown)| Removal { row, shown }).collect();
        let mut seen = BTreeSet::new();
        self.returned.retain(|row| {
            let is_row = row_parts(row).is_some_and(|(group, id)| form.is_group(group) && is_row_id(id));
            is_row && seen.insert(row.clone())
        });
    }

    /// Whether it names more rows of a group than are kept. Ask after
    /// [`keep_known`](Self::keep_known).
    pub fn has_too_many_rows(&self, form: &Form) -> bool {
        let mut groups: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (field, text) in &self.fields {
            if let Some((group, id)) = form.row_of(field).and_then(row_parts) {
                groups.entry(group).or_default().insert(id);
            } else if form.is_group(field) {
                groups.entry(field).or_default().extend(text.lines());
            }
        }
        for (group, id) in self.returned.iter().filter_map(|row| row_parts(row)) {
            groups.entry(group).or_default().insert(id);
        }
        groups.values().any(|rows| rows.len() > ROW_LIMIT)
    }
}

impl Stored {
    /// How many rows the groups have beyond those that are kept.
    pub fn rows_beyond(&self, form: &Form) -> usize {
        form.groups().map(|group| self.answers.text(group).lines().count().saturating_sub(ROW_LIMIT)).sum()
    }
}
