//! Dates, which are one answer in three fields.

use std::collections::BTreeSet;

use super::{Changes, Revision, Stored};
use crate::date::parts;
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

    /// Takes a date in and keeps the one that stood there, for the person to choose.
    pub(super) fn replace_date(&mut self, date: &str, fields: &[(&str, String)], next: Revision) {
        let names = parts(date);
        let stored = names.each_ref().map(|name| self.answers.text(name).to_owned());
        let sent = |name: &String| fields.iter().find(|(field, _)| field == name).map(|(_, text)| text.clone());
        for (name, text) in names.iter().filter_map(|name| Some((name, sent(name)?))) {
            self.set(name, &text, next);
        }
        let stands = names.each_ref().map(|name| self.answers.text(name).to_owned());
        let mut others = self.other_dates(&names);
        others.retain(|other| *other != stored && *other != stands);
        others.push(stored);
        for (index, name) in names.into_iter().enumerate() {
            self.contested.insert(name, others.iter().map(|other| other[index].clone()).collect());
        }
    }

    /// The dates that other windows have written, earliest first.
    fn other_dates(&self, names: &[String; 3]) -> Vec<[String; 3]> {
        let texts = names.each_ref().map(|name| self.contested.get(name).map_or(&[][..], Vec::as_slice));
        let count = texts.iter().map(|texts| texts.len()).min().unwrap_or(0);
        (0..count).map(|index| texts.map(|texts| texts[index].clone())).collect()
    }
}
