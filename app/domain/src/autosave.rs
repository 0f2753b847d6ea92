//! The autosave protocol: what a window sends, what it is answered, and what it does then.
//!
//! A window sends every field that differs from what the server has acknowledged, so a save that
//! was lost is simply contained in the next one, and a save that arrives twice changes nothing.
//! `docs/nothing-lost.md` tells the whole.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::answers::{Answers, fits};
use crate::merge::{Changes, Fingerprint, Revision, Stored};

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
    revision: Revision,
    acknowledged: Answers,
    /// Of each field that was sent since its last acknowledgement, the texts.
    sent: BTreeMap<String, Vec<Fingerprint>>,
}

impl Window {
    /// A window that has just read the draft.
    pub fn open(answers: Answers, revision: Revision, contested: BTreeMap<String, String>) -> Self {
        Self { acknowledged: answers.clone(), answers, contested, revision, sent: BTreeMap::new() }
    }

    pub fn revision(&self) -> Revision {
        self.revision
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
    pub fn changes(&mut self) -> Changes {
        let fields = self.sendable();
        let mut read = BTreeMap::new();
        for (field, text) in &fields {
            let sent = self.sent.entry(field.clone()).or_default();
            let known = [Fingerprint::of(self.acknowledged.text(field))].into_iter().chain(sent.iter().copied());
            read.insert(field.clone(), known.collect());
            sent.retain(|other| *other != Fingerprint::of(text));
            sent.push(Fingerprint::of(text));
            if sent.len() > REMEMBERED {
                sent.remove(0);
            }
        }
        Changes { base: self.revision, fields, read }
    }

    /// Takes in the answer to `sent`. Gives the fields whose text another window has written, and
    /// which now have it here too. What was typed since `sent` stays.
    pub fn acknowledge(&mut self, sent: &Changes, answer: Acknowledgement) -> BTreeMap<String, String> {
        // It was overtaken by a later answer; what it is about is sent again.
        if answer.revision < self.revision {
            return BTreeMap::new();
        }
        let typed = self.unsaved();
        let is_untouched = |field: &str| typed.get(field).is_none_or(|text| sent.fields.get(field) == Some(text));
        let others: BTreeMap<_, _> = answer.others.into_iter().filter(|(field, _)| is_untouched(field)).collect();
        for (field, text) in &sent.fields {
            self.acknowledged.set(field, text);
            self.has_answered(field, text);
        }
        for (field, text) in &others {
            self.acknowledged.set(field, text);
            self.answers.set(field, text);
        }
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
