//! Merging as one would write it down first: field by field and row by row, each looking everything
//! up anew. It is too slow for what a stranger may send, and right by being simple.

use std::collections::{BTreeMap, BTreeSet};

use domain::answers::{Answers, normalised, row_parts};
use domain::date::parts;
use domain::form::Form;
use domain::merge::{Changes, Fingerprint, Removal, Revision};

/// The answers of a draft with what is needed to merge.
#[derive(Clone, Debug, Default)]
pub struct Naive {
    pub revision: Revision,
    pub answers: Answers,
    changed: BTreeMap<String, Vec<(Revision, Fingerprint)>>,
    contested: BTreeMap<String, Vec<String>>,
    removed: Vec<String>,
}

impl Naive {
    pub fn merge(&mut self, changes: &Changes, form: &Form) {
        let next = Revision(self.revision.0 + 1);
        changes.removed.iter().for_each(|removal| self.take_out(removal, changes, next));
        let is_left_out =
            |field: &str| changes.removed.iter().any(|removal| form.row_of(field) == Some(removal.row.as_str()));
        let fields = changes.fields.iter().filter(|(field, _)| !is_left_out(field));
        let fields: Vec<_> = fields.map(|(field, text)| (field.as_str(), normalised(text))).collect();
        let (groups, fields): (Vec<_>, Vec<_>) = fields.into_iter().partition(|(field, _)| form.is_group(field));
        for (group, rows) in groups {
            rows.lines().for_each(|row| self.list(group, row, next));
        }
        let returned = self.bring_back(&fields, changes, form, next);
        let torn = self.torn(&fields, changes, form);
        for (field, text) in &fields {
            if form.row_of(field).is_some_and(|row| returned.contains(row)) {
                self.set(field, text, next);
            } else if form.date_of(field).is_none_or(|date| !torn.contains(date)) {
                self.take(field, text, changes, next);
            }
        }
        torn.iter().for_each(|date| self.replace_date(date, &fields, next));
    }

    pub fn contested(&self) -> BTreeMap<String, String> {
        self.contested.iter().filter_map(|(field, all)| Some((field.clone(), all.last()?.clone()))).collect()
    }

    fn list(&mut self, group: &str, row: &str, next: Revision) {
        let stored = self.answers.text(group);
        if stored.lines().all(|other| other != row) && !self.removed.contains(&format!("{group}.{row}")) {
            let all: Vec<&str> = stored.lines().chain([row]).collect();
            self.set(group, &all.join("\n"), next);
        }
    }

    fn take_out(&mut self, Removal { row, shown }: &Removal, changes: &Changes, next: Revision) {
        let Some((group, id)) = row_parts(row).filter(|_| self.answers.has_row(row)) else { return };
        let names = self.answers.iter().map(|(field, _)| field).chain(self.contested.keys().map(String::as_str));
        let fields: BTreeSet<String> = names.filter(|field| is_in(field, row)).map(str::to_owned).collect();
        if !fields.iter().all(|field| self.has_been_shown(field, *shown, changes)) {
            self.contested.insert(row.clone(), vec![String::new()]);
            return;
        }
        fields.iter().for_each(|field| self.set(field, "", next));
        self.contested.retain(|field, _| field != row && !fields.contains(field));
        let left: Vec<&str> = self.answers.text(group).lines().filter(|other| *other != id).collect();
        self.set(group, &left.join("\n"), next);
        self.removed.push(row.clone());
        if self.removed.len() > 100 {
            let forgotten = self.removed.remove(0);
            self.changed.retain(|field, _| *field != forgotten && !is_in(field, &forgotten));
        }
    }

    fn bring_back(
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
            if self.removed.iter().any(|removed| removed == row) {
                self.removed.retain(|removed| removed != row);
                self.contested.insert(row.to_owned(), vec![String::new()]);
            }
            self.list(group, id, next);
            returned.insert(row.to_owned());
        }
        returned
    }

    fn has_been_shown(&self, field: &str, shown: Revision, changes: &Changes) -> bool {
        let known = changes.read.get(field).cloned().unwrap_or_else(|| self.known_at(field, shown));
        let knows = |text: &str| known.contains(&Fingerprint::of(text));
        let is_as_read = self.changed.get(field).and_then(|all| all.last()).is_none_or(|last| last.0 <= shown);
        let mut others = self.contested.get(field).into_iter().flatten().rev();
        let is_latest_shown = others.next().is_none_or(|text| is_as_read || knows(text));
        knows(self.answers.text(field)) && is_latest_shown && others.all(|text| knows(text))
    }

    fn torn(&self, fields: &[(&str, String)], changes: &Changes, form: &Form) -> BTreeSet<String> {
        let dates = |is: &dyn Fn(&str, &str) -> bool| -> BTreeSet<&str> {
            let parts = fields.iter().filter(|(field, text)| self.answers.text(field) != text && is(field, text));
            parts.filter_map(|(field, _)| form.date_of(field)).collect()
        };
        let here = dates(&|field, text| self.is_known(field, changes) || self.is_touched(field, text, changes));
        let elsewhere = dates(&|field, _| !self.is_known(field, changes));
        here.intersection(&elsewhere).map(|date| (*date).to_owned()).collect()
    }

    fn replace_date(&mut self, date: &str, fields: &[(&str, String)], next: Revision) {
        let names = parts(date);
        let stored = names.each_ref().map(|name| self.answers.text(name).to_owned());
        for name in &names {
            if let Some((_, text)) = fields.iter().find(|(field, _)| field == name) {
                self.set(name, text, next);
            }
        }
        let stands = names.each_ref().map(|name| self.answers.text(name).to_owned());
        let texts = names.each_ref().map(|name| self.contested.get(name).cloned().unwrap_or_default());
        let count = texts.iter().map(Vec::len).min().unwrap_or(0);
        let mut others: Vec<[String; 3]> =
            (0..count).map(|index| texts.each_ref().map(|texts| texts[index].clone())).collect();
        others.retain(|other| *other != stored && *other != stands);
        others.push(stored);
        for (index, name) in names.into_iter().enumerate() {
            self.contested.insert(name, others.iter().map(|other| other[index].clone()).collect());
        }
    }

    fn take(&mut self, field: &str, text: &str, changes: &Changes, next: Revision) {
        if self.answers.text(field) == text {
            return;
        }
        if self.is_known(field, changes) {
            self.set(field, text, next);
        } else if self.is_touched(field, text, changes) {
            let stored = self.answers.text(field).to_owned();
            let known = self.known(field, changes);
            let texts = self.contested.entry(field.to_owned()).or_default();
            texts.retain(|other| *other != text && *other != stored && !known.contains(&Fingerprint::of(other)));
            texts.push(stored);
            self.set(field, text, next);
        }
    }

    fn is_known(&self, field: &str, changes: &Changes) -> bool {
        self.known(field, changes).contains(&Fingerprint::of(self.answers.text(field)))
    }

    fn is_touched(&self, field: &str, text: &str, changes: &Changes) -> bool {
        self.known(field, changes) != [Fingerprint::of(text)]
    }

    fn set(&mut self, field: &str, text: &str, next: Revision) {
        let before = Fingerprint::of(self.answers.text(field));
        self.changed.entry(field.to_owned()).or_default().push((next, before));
        self.revision = next;
        self.answers.set(field, text);
    }

    fn known(&self, field: &str, changes: &Changes) -> Vec<Fingerprint> {
        changes.read.get(field).cloned().unwrap_or_else(|| self.known_at(field, changes.base))
    }

    fn known_at(&self, field: &str, base: Revision) -> Vec<Fingerprint> {
        let later = self.changed.get(field).and_then(|all| all.iter().find(|(at, _)| *at > base));
        vec![later.map_or_else(|| Fingerprint::of(self.answers.text(field)), |(_, before)| *before)]
    }
}

fn is_in(field: &str, row: &str) -> bool {
    field.strip_prefix(row).is_some_and(|rest| rest.starts_with('.'))
}
