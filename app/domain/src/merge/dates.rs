//! Dates, which are one answer in three fields.

use std::collections::BTreeSet;

use super::{Arrived, Changes, Stamp, Stored};
use crate::date::parts;

impl Stored {
    /// The dates that this window and another have both changed. The parts of two dates make a
    /// third that nobody has typed, so of these the whole date is asked about.
    pub(super) fn torn_dates<'c>(&self, fields: &[Arrived<'c>], changes: &Changes) -> BTreeSet<&'c str> {
        let dates = |is: &dyn Fn(&Arrived<'_>) -> bool| -> BTreeSet<&'c str> {
            let parts = fields.iter().filter(|it| it.date.is_some() && self.answers.text(it.field) != it.text);
            parts.filter(|it| is(it)).filter_map(|it| it.date).collect()
        };
        let here = dates(&|it| self.is_known(it.field, changes) || self.is_touched(it.field, &it.text, changes));
        let elsewhere = dates(&|it| !self.is_known(it.field, changes));
        here.intersection(&elsewhere).copied().collect()
    }

    /// Takes a date in and keeps the one that stood there, for the person to choose. `fields` are in
    /// the order of their names.
    pub(super) fn replace_date(&mut self, date: &str, fields: &[Arrived<'_>], next: Stamp) {
        let names = parts(date);
        let stored = names.each_ref().map(|name| self.answers.text(name).to_owned());
        let sent = |name: &String| fields.binary_search_by(|it| it.field.cmp(name.as_str())).ok();
        for (name, at) in names.iter().filter_map(|name| Some((name, sent(name)?))) {
            self.set(name, &fields[at].text, next);
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
