//! Where somebody is typing: there another window's text is not put in.

use super::Window;
use crate::answers::fits;
use crate::form::Form;
use crate::merge::Changes;

/// What was typed since a save was sent.
pub(super) struct Typing<'f> {
    form: &'f Form,
    fields: Vec<String>,
    dates: Vec<String>,
    /// The rows in which something was written, not only cleared.
    pub rows: Vec<String>,
    /// Of these, those in which it can be sent.
    rows_to_send: Vec<String>,
    /// The rows that were taken out.
    rows_taken_out: Vec<String>,
}

impl<'f> Typing<'f> {
    pub fn since(sent: &Changes, window: &Window, form: &'f Form) -> Self {
        let number = sent.origin.map_or(0, |origin| origin.number);
        let is_sent_again = |field: &str| window.sent.get(field).is_some_and(|sent| sent.last > number);
        let is_new = |field: &String, text: &String| sent.fields.get(field) != Some(text) || is_sent_again(field);
        let new: Vec<_> = window.unsaved().into_iter().filter(|(field, text)| is_new(field, text)).collect();
        let rows = |is: fn(&str) -> bool| -> Vec<String> {
            let written = new.iter().filter(|(_, text)| !text.is_empty() && is(text));
            written.filter_map(|(field, _)| form.row_of(field)).map(str::to_owned).collect()
        };
        Self {
            form,
            dates: new.iter().filter_map(|(field, _)| form.date_of(field)).map(str::to_owned).collect(),
            rows: rows(|_| true),
            rows_to_send: rows(fits),
            rows_taken_out: window.removed().filter(|row| !sent.removes(row)).map(str::to_owned).collect(),
            fields: new.into_iter().map(|(field, _)| field).collect(),
        }
    }

    /// Whether another window's `text` has to wait: it is for the same field or the same date, for
    /// a row that has just been taken out here, or it is what is left of one that was taken out there.
    pub fn is_in(&self, field: &str, text: &str) -> bool {
        let is_row =
            |rows: &Vec<String>| self.form.row_of(field).is_some_and(|row| rows.iter().any(|each| each == row));
        let is_date = self.form.date_of(field).is_some_and(|date| self.dates.iter().any(|each| each == date));
        let is_gone = text.is_empty() && is_row(&self.rows_to_send);
        is_gone || is_date || is_row(&self.rows_taken_out) || self.fields.iter().any(|each| each == field)
    }
}
