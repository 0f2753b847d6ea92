//! The autosave protocol: what a window sends, what it is answered, and what it does then.
//!
//! A window sends every field that differs from what the server has acknowledged, so a save that
//! was lost is simply contained in the next one, and a save that arrives twice changes nothing.
//! `docs/nothing-lost.md` tells the whole.

mod portion;
mod typing;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use self::portion::portion;
use self::typing::Typing;
use crate::answers::{Answers, fits, row_parts};
use crate::date::parts;
use crate::form::Form;
use crate::merge::{Changes, Fingerprint, Origin, REMEMBERED_BY_WINDOW, Removal, Revision, Stored, WindowId};
use crate::taken_out::{KEPT, TakenOut};

/// How many texts of one field may be under way without an answer and still be known as the
/// window's own.
const REMEMBERED: usize = REMEMBERED_BY_WINDOW - 1;

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
    /// Of the last save that was sent.
    origin: Origin,
    /// The number of the last save that was answered.
    answered: u32,
    revision: Revision,
    /// The last revision of which everything is shown here.
    shown: Revision,
    acknowledged: Answers,
    /// What was sent of each field since its last acknowledgement.
    sent: BTreeMap<String, Sent>,
    /// The fields in which the server has, or may have, a text that is not shown here.
    unshown: Vec<String>,
    /// The rows that were taken out since the last acknowledgement.
    removed: Vec<Removal>,
    /// Those that were put back since.
    returned: Vec<String>,
    /// The rows that were taken out here and can be put back, the latest last.
    pub taken_out: Vec<TakenOut>,
}

/// What is under way of a field.
#[derive(Clone, Debug, Default)]
struct Sent {
    /// The last save that carried it, and the text in it.
    last: u32,
    text: String,
    texts: Vec<Fingerprint>,
}

impl Window {
    /// A window that has just read the draft.
    /// Its last save, if it has sent any, was `origin`.
    pub fn open(origin: Origin, answers: Answers, revision: Revision, contested: BTreeMap<String, String>) -> Self {
        Self { acknowledged: answers.clone(), answers, contested, origin, revision, shown: revision, ..Self::default() }
    }

    pub fn id(&self) -> WindowId {
        self.origin.window
    }

    /// The last revision of which everything is shown here, for a form that is posted plainly.
    pub fn shown(&self) -> Revision {
        self.shown
    }

    /// The rows that were taken out since the last acknowledgement.
    pub fn removed(&self) -> impl Iterator<Item = &str> {
        self.removed.iter().map(|removal| removal.row.as_str())
    }

    /// Whether something is to be sent that `sent` does not hold.
    pub fn has_more_than(&self, sent: &Changes) -> bool {
        self.sendable().iter().any(|(field, text)| sent.fields.get(field) != Some(text))
    }

    /// Takes a row out of its group, with all that was typed in it.
    pub fn remove_row(&mut self, row: &str) {
        let taken = self.answers.take_row_out(row, &self.taken_out);
        self.taken_out.retain(|other| other.row != row);
        self.taken_out.extend(taken);
        self.taken_out.drain(..self.taken_out.len().saturating_sub(KEPT));
        self.returned.retain(|other| other != row);
        self.removed.push(Removal { row: row.to_owned(), shown: self.shown });
    }

    /// Puts a row back that was taken out, at its place and with all that was typed in it.
    pub fn put_row_back(&mut self, row: &str) {
        let Some(at) = self.taken_out.iter().position(|taken| taken.row == row) else { return };
        let taken = self.taken_out.remove(at);
        self.answers.put_row_back(&taken);
        self.removed.retain(|removal| removal.row != row);
        self.returned.push(row.to_owned());
        // All of it goes, whatever was acknowledged: another window may have taken it out as well.
        let group = row_parts(row).map(|(group, _)| group);
        let fields = taken.answers.iter().map(|(field, _)| field);
        self.unshown.extend(fields.chain(group).map(str::to_owned));
    }

    /// The rows that were put back since the last acknowledgement.
    pub fn returned(&self) -> impl Iterator<Item = &str> {
        self.returned.iter().map(String::as_str)
    }

    /// What the server may not have: the fields that differ from what it has acknowledged, and
    /// those that were sent without an answer, each with its text.
    pub fn unsaved(&self) -> BTreeMap<String, String> {
        let texts = self.answers.iter().chain(self.acknowledged.iter());
        let new = texts.filter(|(field, _)| self.answers.text(field) != self.acknowledged.text(field));
        let open = self.sent.keys().chain(&self.unshown).map(String::as_str);
        let mut unsaved = BTreeMap::new();
        // Inserted one by one: collecting would bring a sort, kilobytes in the browser.
        for field in new.map(|(field, _)| field).chain(open) {
            unsaved.insert(field.to_owned(), self.answers.text(field).to_owned());
        }
        unsaved
    }

    /// Of what is unsaved, what can be sent. Instead of a text longer than a field may hold it is
    /// the one that is under way there, if any: this save may take the place of that one.
    pub fn sendable(&self) -> BTreeMap<String, String> {
        let mut fields = self.unsaved();
        fields.retain(|field, text| match self.sent.get(field) {
            Some(sent) if !fits(text) => {
                text.clone_from(&sent.text);
                true
            }
            _ => fits(text),
        });
        fields
    }

    /// Whether a text is longer than a field may hold, and so cannot be saved.
    pub fn has_too_long(&self) -> bool {
        self.too_long().is_some()
    }

    /// A field with a text that is longer than it may hold.
    pub fn too_long(&self) -> Option<&str> {
        self.answers.iter().find(|(_, text)| !fits(text)).map(|(field, _)| field)
    }

    /// What to send now: all that is unsaved, or a portion of it when it is much. Whether it arrives is
    /// unknown until it is acknowledged.
    pub fn changes(&mut self, form: &Form) -> Changes {
        self.origin.number += 1;
        let mut fields = portion(self.sendable(), form);
        let mut read = BTreeMap::new();
        for (field, text) in &fields {
            read.insert(field.clone(), self.send(field, text));
        }
        for field in self.beside(&fields, form) {
            let text = self.acknowledged.text(&field);
            read.insert(field.clone(), vec![Fingerprint::of(text)]);
            fields.insert(field, text.to_owned());
        }
        let (removed, returned) = (self.removed.clone(), self.returned.clone());
        Changes { origin: Some(self.origin), base: self.revision, fields, removed, returned, read }
    }

    /// What goes along with `fields`: a row goes whole, for another window may have taken it out,
    /// and then all of it has to come back; and so does a date, which is one answer.
    fn beside(&self, fields: &BTreeMap<String, String>, form: &Form) -> Vec<String> {
        let rows: Vec<&str> = fields.keys().filter_map(|field| form.row_of(field)).collect();
        let in_rows = self.acknowledged.iter().map(|(field, _)| field);
        let in_rows = in_rows.filter(|field| form.row_of(field).is_some_and(|row| rows.contains(&row)));
        let in_dates = fields.keys().filter_map(|field| form.date_of(field)).flat_map(parts);
        in_rows.map(str::to_owned).chain(in_dates).filter(|field| !fields.contains_key(field)).collect()
    }

    /// Remembers that `text` is under way; answers which texts the window knew before.
    fn send(&mut self, field: &str, text: &str) -> Vec<Fingerprint> {
        let Sent { last, text: latest, texts } = self.sent.entry(field.to_owned()).or_default();
        let known = [Fingerprint::of(self.acknowledged.text(field))].into_iter().chain(texts.iter().copied()).collect();
        *last = self.origin.number;
        text.clone_into(latest);
        texts.retain(|other| *other != Fingerprint::of(text));
        texts.push(Fingerprint::of(text));
        if texts.len() > REMEMBERED {
            texts.remove(0);
        }
        known
    }

    /// Takes in the answer to `sent`. Gives the fields whose text another window has written, and
    /// which now have it here too. What was typed since `sent` stays.
    pub fn acknowledge(&mut self, sent: &Changes, answer: Acknowledgement, form: &Form) -> BTreeMap<String, String> {
        let number = sent.origin.map_or(0, |origin| origin.number);
        // It was overtaken by the answer to a later save, which held all that this one does.
        if number < self.answered {
            return BTreeMap::new();
        }
        self.answered = number;
        let typing = Typing::since(sent, self, form);
        let (unshown, others): (BTreeMap<_, _>, BTreeMap<_, _>) =
            answer.others.into_iter().partition(|(field, text)| typing.is_in(field, text));
        for (field, text) in &sent.fields {
            self.acknowledged.set(field, text);
            self.has_answered(field, text, number);
        }
        self.unshown.retain(|field| !sent.fields.contains_key(field));
        for (field, text) in &others {
            self.acknowledged.set(field, text);
            self.answers.set(field, text);
        }
        // Somebody is typing in a row that another window has taken out: it comes back with the text.
        typing.rows.iter().for_each(|row| self.answers.add_row(row));
        self.unshown.extend(unshown.into_keys());
        self.removed.retain(|Removal { row, .. }| !sent.removes(row) && !self.answers.has_row(row));
        self.returned.retain(|row| !sent.returned.contains(row));
        self.contested = answer.contested;
        self.revision = answer.revision;
        if self.unshown.is_empty() {
            self.shown = self.revision;
        }
        others
    }

    /// Forgets what was sent in `field` up to `text`, in the save `number`.
    fn has_answered(&mut self, field: &str, text: &str, number: u32) {
        let Some(Sent { last, texts, .. }) = self.sent.get_mut(field) else { return };
        let answered = texts.iter().position(|other| *other == Fingerprint::of(text)).map_or(0, |at| at + 1);
        texts.drain(..answered);
        if *last <= number {
            self.sent.remove(field);
        }
    }
}
