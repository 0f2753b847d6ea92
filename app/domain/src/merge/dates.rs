//! Dates, which are one answer in three fields.

use std::collections::BTreeSet;

use super::{Changes, Stored};
use crate::form::Form;

impl Stored {
    /// The dates that this window and another have both changed. The parts of two dates make a
    /// third that nobody has typed, so of these the whole date is asked about.
    pub(super) fn torn_dates(&self, fields: &[(&str, String)], changes: &Changes, form: &Form) -> BTreeSet<String> {
        let dates = |is: &dyn Fn(&str, &str) -> bool| -> BTreeSet<&str> {
            let parts = fields.iter().filter(|(field, text)| self.answers.text(field) != text && is(field, text));
            parts.filter_map(|(field, _)| form.date_of(field)).collect()
        };
        let here = dates(&|field, text| self.is_known(field, changes) || self.is_touched(field, text, changes));
        let elsewhere = dates(&|field, _| !self.is_known(field, changes));
        here.intersection(&elsewhere).map(|date| (*date).to_owned()).collect()
    }
}
