//! The autosave protocol: what a window sends, what it is answered, and what it does then.
//!
//! A window sends every field that differs from what the server has acknowledged, so a save that
//! was lost is simply contained in the next one, and a save that arrives twice changes nothing.
//! `docs/nothing-lost.md` tells the whole.

mod typing;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use self::typing::Typing;
use crate::answers::{Answers, fits};
use crate::date::parts;
use crate::form::Form;
use crate::merge::{Changes, Fingerprint, Origin, Revision, Stored, WindowId};

/// How many texts of one field may be under way without an answer and still be known as the
/// window's own.
const REMEMBERED: usize = 50;

/// What the server answers once a save is stored.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Acknowledgement {
    pub revision: Revision,
    /// What other windows have written since, by field.
    pub others: BTreeMap<String, String>,
    /// For fields that two windows have changed: the text that is not in the field.
    pub contested: BTreeMap<String, String>,
}

impl Acknowledgement {
    /// To a window that has sent `changes`, which have been merged.
    pub fn of(stored: &Stored, changes: &Changes) -> Self {
        Self { revision: stored.revision, others: stored.changed_elsewhere(changes), contested: stored.contested() }
    }
}

/// One window on a draft: what is typed in it, and what the server is known to have.
#[derive(Clone, Debug, Default)]
pub struct Window {
    pub answers: Answers,
    pub contested: BTreeMap<String, String>,
    id: WindowId,
    saves: u32,
    revision: Revision,
    acknowledged: Answers,
    /// Of each field that was sent since its last acknowledgement, the texts.
    sent: BTreeMap<String, Vec<Fingerprint>>,
    /// The rows that were taken out since the last acknowledgement.
    removed: BTreeSet<String>,
}

impl Window {
    /// A window that has just read the draft.
    pub fn open(id: WindowId, answers: Answers, revision: Revision, contested: BTreeMap<String, String>) -> Self {
        Self { acknowledged: answers.clone(), answers, contested, id, revision, ..Self::default() }
    }

    pub fn revision(&self) -> Revision {
        self.revision
    }

    /// Takes a row out of a repeating group, with all that was typed in it.
    pub fn remove_row(&mut self, group: &str, row: &str) {
        self.answers.remove_row(group, row);
        self.removed.insert(format!("{group}.{row}"));
    }

    /// What the server may not have: the fields that differ from what it has acknowledged, and
    /// those that were sent without an answer, each with its text.
    pub fn unsaved(&self) -> BTreeMap<String, String> {
        let typed = self.answers.iter().chain(self.acknowledged.iter()).map(|(field, _)| field);
        let names: BTreeSet<&str> = typed.chain(self.sent.keys().map(String::as_str)).collect();
        let is_open =
            |field: &&str| self.answers.text(field) != self.acknowledged.text(field) || self.sent.contains_key(*field);
        names.into_iter().filter(is_open).map(|field| (field.to_owned(), self.answers.text(field).to_owned())).collect()
    }

    /// Of what is unsaved, what can be sent: no text longer than a field may hold.
    pub fn sendable(&self) -> BTreeMap<String, String> {
        let mut fields = self.unsaved();
        fields.retain(|_, text| fits(text));
        fields
    }

    /// Whether a text is longer than a field may hold, and so cannot be saved.
    pub fn has_too_long(&self) -> bool {
        self.answers.iter().any(|(_, text)| !fits(text))
    }

    /// What to send now. Whether it arrives is unknown until it is acknowledged.
    pub fn changes(&mut self, form: &Form) -> Changes {
        let mut fields = self.sendable();
        let mut read: BTreeMap<_, _> =
            fields.iter().map(|(field, text)| (field.clone(), self.send(field, text))).collect();
        for field in self.beside(&fields, form) {
            let text = self.acknowledged.text(&field);
            read.insert(field.clone(), vec![Fingerprint::of(text)]);
            fields.insert(field, text.to_owned());
        }
        self.saves += 1;
        let origin = Some(Origin { window: self.id, number: self.saves });
        Changes { origin, base: self.revision, fields, removed: self.removed.clone(), read }
    }

    /// What goes along with `fields`: a row goes whole, for another window may have taken it out,
    /// and then all of it has to come back; and so does a date, which is one answer.
    fn beside(&self, fields: &BTreeMap<String, String>, form: &Form) -> Vec<String> {
        let rows: BTreeSet<&str> = fields.keys().filter_map(|field| form.row_of(field)).collect();
        let in_rows = self.acknowledged.iter().map(|(field, _)| field);
        let in_rows = in_rows.filter(|field| form.row_of(field).is_some_and(|row| rows.contains(row)));
        let in_dates = fields.keys().filter_map(|field| form.date_of(field)).flat_map(parts);
        in_rows.map(str::to_owned).chain(in_dates).filter(|field| !fields.contains_key(field)).collect()
    }

    /// Remembers that `text` is under way; answers which texts the window knew before.
    fn send(&mut self, field: &str, text: &str) -> Vec<Fingerprint> {
        let sent = self.sent.entry(field.to_owned()).or_default();
        let known = [Fingerprint::of(self.acknowledged.text(field))].into_iter().chain(sent.iter().copied()).collect();
        sent.retain(|other| *other != Fingerprint::of(text));
        sent.push(Fingerprint::of(text));
        if sent.len() > REMEMBERED {
            sent.remove(0);
        }
        known
    }

    /// Takes in the answer to `sent`. Gives the fields whose text another window has written, and
    /// which now have it here too. What was typed since `sent` stays.
    pub fn acknowledge(&mut self, sent: &Changes, answer: Acknowledgement, form: &Form) -> BTreeMap<String, String> {
        // It was overtaken by a later answer; what it is about is sent again.
        if answer.revision < self.revision {
            return BTreeMap::new();
        }
        let typing = Typing::since(&sent.fields, self.unsaved(), form);
        let (unshown, others): (BTreeMap<_, _>, BTreeMap<_, _>) =
            answer.others.into_iter().partition(|(field, text)| typing.is_in(field, text));
        for (field, text) in &sent.fields {
            self.acknowledged.set(field, text);
            self.has_answered(field, text);
        }
        for (field, text) in &others {
            self.acknowledged.set(field, text);
            self.answers.set(field, text);
        }
        // Somebody is typing in a row that another window has taken out: it comes back with the text.
        for (group, id) in typing.rows.iter().filter_map(|row| row.rsplit_once('.')) {
            self.answers.add_row(group, id);
        }
        // The server has another text there than this window shows: it is told again.
        unshown.into_keys().for_each(|field| _ = self.sent.entry(field).or_default());
        let is_back = |row: &str| row.rsplit_once('.').is_some_and(|(group, id)| self.answers.has_row(group, id));
        self.removed.retain(|row| !sent.removed.contains(row) && !is_back(row));
        self.contested = answer.contested;
        self.revision = answer.revision;
        others
    }

    /// Forgets what was sent in `field` up to `text`.
    fn has_answered(&mut self, field: &str, text: &str) {
        let Some(texts) = self.sent.get_mut(field) else { return };
        let answered = texts.iter().position(|other| *other == Fingerprint::of(text));
        texts.drain(..answered.map_or(texts.len(), |position| position + 1));
        if texts.is_empty() {
            self.sent.remove(field);
        }
    }
}
