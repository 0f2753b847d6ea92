//! Rows of repeating groups, which windows add and take out independently of each other.
//!
//! Whatever a save holds, it is looked through a fixed number of times: a group's list of rows is
//! read once and written once, not once for each row.

use std::collections::{BTreeMap, BTreeSet};

use super::{Arrived, Changes, Fingerprint, Removal, Revision, Stamp, Stored};
use crate::answers::{in_row, row_parts};
use crate::taken_out::{KEPT, TakenOut};

/// How many rows that were taken out are remembered. One that is forgotten comes back empty when a
/// window that still shows it saves it.
const REMEMBERED: usize = 100;

impl Stored {
    /// Adds the rows in `rows` that are neither there nor taken out.
    pub(super) fn list_rows<'r>(&mut self, group: &str, rows: impl IntoIterator<Item = &'r str>, next: Stamp) {
        let stored = self.answers.text(group);
        let removed = self.removed.iter().filter_map(|row| row_parts(row)).filter(|(of, _)| *of == group);
        let mut known: BTreeSet<&str> = stored.lines().chain(removed.map(|(_, id)| id)).collect();
        let added: Vec<&str> = rows.into_iter().filter(|row| known.insert(row)).collect();
        if !added.is_empty() {
            let all: Vec<&str> = stored.lines().chain(added).collect();
            self.set(group, &all.join("\n"), next);
        }
    }

    /// Takes rows out of their groups, with all that was typed in them. A row stays, as it is, when
    /// something in it was written by another window and has not been shown in this one.
    pub(super) fn take_rows_out(&mut self, changes: &Changes, next: Stamp) {
        let mut listed = self.listed(changes.removed.iter().map(|removal| removal.row.as_str()));
        let mut taken: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (index, Removal { row, shown }) in changes.removed.iter().enumerate() {
            let Some((group, id)) = row_parts(row).filter(|_| listed.contains(row.as_str())) else { continue };
            let fields = self.fields_of(row);
            if !fields.iter().all(|field| self.has_been_shown(field, *shown, changes)) {
                self.contest_row(row);
                continue;
            }
            // Only so many are kept; looking at all the others would cost more than they weigh.
            if changes.removed.len() - index <= KEPT {
                let whole = TakenOut::of(row, &self.answers, &self.taken_out);
                let whole = whole.map(|whole| whole.with_typed(&changes.fields).with_contested(&self.contested));
                self.taken_out.extend(whole);
            }
            for field in &fields {
                self.set(field, "", next);
                self.contested.remove(field);
            }
            self.contested.remove(row);
            self.removed.push(row.clone());
            listed.remove(row.as_str());
            taken.entry(group).or_default().insert(id);
        }
        for (group, ids) in taken {
            let left: Vec<&str> = self.answers.text(group).lines().filter(|id| !ids.contains(id)).collect();
            self.set(group, &left.join("\n"), next);
        }
        self.taken_out.drain(..self.taken_out.len().saturating_sub(KEPT));
        self.forget_removed();
    }

    /// Puts rows back that this window had taken out, at the places where it lists them. Answers
    /// which: what the save holds for them is all that stood in them.
    pub(super) fn return_rows<'c>(
        &mut self,
        groups: &[Arrived<'c>],
        changes: &'c Changes,
        next: Stamp,
    ) -> BTreeSet<&'c str> {
        let mut returned: BTreeSet<&str> = changes.returned.iter().map(String::as_str).collect();
        let taken_out = std::mem::take(&mut self.taken_out).into_iter();
        let (back, taken_out): (Vec<_>, Vec<_>) = taken_out.partition(|taken| returned.contains(taken.row.as_str()));
        self.taken_out = taken_out;
        self.removed.retain(|row| !returned.contains(row.as_str()));
        // Somebody has said of them that they stay.
        self.contested.retain(|row, _| !returned.contains(row.as_str()));
        for row in self.listed(changes.returned.iter().map(String::as_str)) {
            returned.remove(row);
        }
        let back = back.into_iter().filter(|taken| returned.contains(taken.row.as_str()));
        self.contested.extend(back.flat_map(|taken| taken.contested));
        let mut ids: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (group, id) in returned.iter().filter_map(|row| row_parts(row)) {
            ids.entry(group).or_default().insert(id);
        }
        for (group, ids) in ids {
            let shown = groups.iter().find(|it| it.field == group).map_or("", |it| it.text.as_str());
            let rows = with_returned(self.answers.text(group), shown, &ids);
            self.set(group, &rows, next);
        }
        returned
    }

    /// Rows that another window has taken out are put back where this one has typed in them;
    /// answers which.
    pub(super) fn bring_rows_back<'c>(
        &mut self,
        fields: &[Arrived<'c>],
        changes: &Changes,
        next: Stamp,
    ) -> BTreeSet<&'c str> {
        let is_typed = |it: &&Arrived<'_>| !it.text.is_empty() && self.is_touched(it.field, &it.text, changes);
        let mut missing: BTreeSet<&str> = fields.iter().filter(is_typed).filter_map(|it| it.row).collect();
        for row in self.listed(missing.iter().copied()) {
            missing.remove(row);
        }
        let removed = std::mem::take(&mut self.removed);
        let (back, removed) = removed.into_iter().partition::<Vec<_>, _>(|row| missing.contains(row.as_str()));
        self.removed = removed;
        self.taken_out.retain(|taken| !missing.contains(taken.row.as_str()));
        back.iter().for_each(|row| self.contest_row(row));
        let mut ids: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (group, id) in missing.iter().filter_map(|row| row_parts(row)) {
            ids.entry(group).or_default().push(id);
        }
        ids.into_iter().for_each(|(group, ids)| self.list_rows(group, ids, next));
        missing
    }

    /// Those of `rows` that their groups have.
    fn listed<'r>(&self, rows: impl Iterator<Item = &'r str>) -> BTreeSet<&'r str> {
        let mut groups: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let is_listed = |row: &&'r str| {
            row_parts(row).is_some_and(|(group, id)| {
                groups.entry(group).or_insert_with(|| self.answers.choices(group).collect()).contains(id)
            })
        };
        rows.filter(is_listed).collect()
    }

    /// It was taken out in one window and written in in another: the person chooses.
    fn contest_row(&mut self, row: &str) {
        self.contested.insert(row.to_owned(), vec![String::new()]);
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
        let contested = in_row(&self.contested, row).map(|(field, _)| field.as_str());
        self.answers.fields_in(row).chain(contested).map(str::to_owned).collect()
    }

    /// Of the rows that were taken out, forgets the earliest when there are too many.
    fn forget_removed(&mut self) {
        let over = self.removed.len().saturating_sub(REMEMBERED);
        for row in self.removed.drain(..over) {
            let fields: Vec<String> = in_row(&self.changed, &row).map(|(field, _)| field.clone()).collect();
            fields.iter().chain([&row]).for_each(|field| drop(self.changed.remove(field)));
        }
    }
}

/// The list of rows `stored` with those of `ids` in it, each after the rows that are before it in
/// the list `shown`.
fn with_returned(stored: &str, shown: &str, ids: &BTreeSet<&str>) -> String {
    let mut rows: Vec<&str> = stored.lines().collect();
    let mut before = BTreeSet::new();
    for id in shown.lines() {
        if ids.contains(id) && !before.contains(id) {
            let at = rows.iter().rposition(|row| before.contains(row));
            rows.insert(at.map_or(0, |at| at + 1), id);
        }
        before.insert(id);
    }
    rows.extend(ids.iter().filter(|id| !before.contains(*id)));
    rows.join("\n")
}
