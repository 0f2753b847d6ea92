//! Rows of repeating groups, which windows add and take out independently of each other.

use std::collections::BTreeSet;

use super::{Changes, Fingerprint, Removal, Revision, Stored};
use crate::answers::{is_in_row, row_parts};
use crate::form::Form;

/// How many rows that were taken out are remembered. One that is forgotten comes back empty when a
/// window that still shows it saves it.
const REMEMBERED: usize = 100;

impl Stored {
    /// Adds the rows in `rows`, one a line, that are neither there nor taken out.
    pub(super) fn list_rows(&mut self, group: &str, rows: &str, next: Revision) {
        let stored = self.answers.text(group);
        let is_new = |row: &&str| stored.lines().all(|other| other != *row) && !self.is_removed(group, row);
        let added: Vec<&str> = rows.lines().filter(is_new).collect();
        if !added.is_empty() {
            let all: Vec<&str> = stored.lines().chain(added).collect();
            self.set(group, &all.join("\n"), next);
        }
    }

    /// Takes rows out of their groups, with all that was typed in them. A row stays, as it is, when
    /// something in it was written by another window and has not been shown in this one.
    pub(super) fn take_rows_out(&mut self, changes: &Changes, next: Revision) {
        for Removal { row, shown } in &changes.removed {
            let Some((group, id)) = row_parts(row).filter(|_| self.answers.has_row(row)) else { continue };
            let fields = self.fields_of(row);
            if !fields.iter().all(|field| self.has_been_shown(field, *shown, changes)) {
                self.contest_row(row);
            } else {
                fields.iter().for_each(|field| self.set(field, "", next));
                self.contested.retain(|field, _| field != row && !fields.contains(field));
                let left: Vec<&str> = self.answers.text(group).lines().filter(|other| *other != id).collect();
                self.set(group, &left.join("\n"), next);
                self.remember_removed(row);
            }
        }
    }

    /// Rows that another window has taken out are put back where this one has typed in them;
    /// answers which.
    pub(super) fn bring_rows_back(
        &mut self,
        fields: &[(&str, String)],
        changes: &Changes,
        form: &Form,
        next: Revision,
    ) -> BTreeSet<String> {
        let is_typed = |field: &str, text: &str| !text.is_empty() && self.is_touched(field, text, changes);
        let typed = fields.iter().filter(|(field, text)| is_typed(field, text));
        let rows: BTreeSet<&str> = typed.filter_map(|(field, _)| form.row_of(field)).collect();
        let mut returned = BTreeSet::new();
        for row in rows {
            let Some((group, id)) = row_parts(row).filter(|_| !self.answers.has_row(row)) else { continue };
            if self.is_removed(group, id) {
                self.removed.retain(|removed| removed != row);
                self.contest_row(row);
            }
            self.list_rows(group, id, next);
            returned.insert(row.to_owned());
        }
        returned
    }

    /// It was taken out in one window and written in in another: the person chooses.
    fn contest_row(&mut self, row: &str) {
        self.contested.insert(row.to_owned(), vec![String::new()]);
    }

    fn is_removed(&self, group: &str, id: &str) -> bool {
        self.removed.iter().any(|removed| row_parts(removed) == Some((group, id)))
    }

    /// Whether the window has shown all texts of the field. Of those that are contested it shows the
    /// latest.
    fn has_been_shown(&self, field: &str, shown: Revision, changes: &Changes) -> bool {
        let known = changes.read.get(field).cloned().unwrap_or_else(|| self.known_at(field, shown));
        let knows = |text: &str| known.contains(&Fingerprint::of(text));
        let is_as_read = self.changed.get(field).and_then(|all| all.last()).is_none_or(|last| last.at <= shown);
        let mut others = self.contested.get(field).into_iter().flatten().rev();
        let is_latest_shown = others.next().is_none_or(|text| is_as_read || knows(text));
        knows(self.answers.text(field)) && is_latest_shown && others.all(|text| knows(text))
    }

    /// The fields of a row that hold a text.
    fn fields_of(&self, row: &str) -> BTreeSet<String> {
        let names = self.answers.iter().map(|(field, _)| field).chain(self.contested.keys().map(String::as_str));
        names.filter(|field| is_in_row(field, row)).map(str::to_owned).collect()
    }

    fn remember_removed(&mut self, row: &str) {
        self.removed.push(row.to_owned());
        if self.removed.len() > REMEMBERED {
            let forgotten = self.removed.remove(0);
            self.changed.retain(|field, _| *field != forgotten && !is_in_row(field, &forgotten));
        }
    }
}
