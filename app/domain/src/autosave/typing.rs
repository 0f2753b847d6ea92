//! Where somebody is typing: there another window's text is not put in.

use std::collections::{BTreeMap, BTreeSet};

use crate::form::Form;

/// What was typed since a save was sent.
pub(super) struct Typing<'f> {
    form: &'f Form,
    fields: BTreeSet<String>,
    dates: BTreeSet<String>,
    /// The rows in which something was written, not only cleared.
    pub rows: BTreeSet<String>,
}

impl<'f> Typing<'f> {
    pub fn since(sent: &BTreeMap<String, String>, unsaved: BTreeMap<String, String>, form: &'f Form) -> Self {
        let new: Vec<_> = unsaved.into_iter().filter(|(field, text)| sent.get(field) != Some(text)).collect();
        let dates = new.iter().filter_map(|(field, _)| form.date_of(field)).map(str::to_owned).collect();
        let written = new.iter().filter(|(_, text)| !text.is_empty());
        let rows = written.filter_map(|(field, _)| form.row_of(field)).map(str::to_owned).collect();
        Self { form, fields: new.into_iter().map(|(field, _)| field).collect(), dates, rows }
    }

    /// Whether another window's `text` has to wait: it is for the same field or the same date, or
    /// it is what is left of the same row, which was taken out.
    pub fn is_in(&self, field: &str, text: &str) -> bool {
        let is_gone = text.is_empty() && self.form.row_of(field).is_some_and(|row| self.rows.contains(row));
        is_gone || self.fields.contains(field) || self.form.date_of(field).is_some_and(|date| self.dates.contains(date))
    }
}
