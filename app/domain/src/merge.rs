//! How a save meets what is stored: two windows that changed different questions are merged;
//! where both changed the same one, both texts are kept and the person chooses.

mod bounds;
mod dates;
mod rows;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::answers::{Answers, normalised, row_parts, weight};
use crate::form::Form;
use crate::taken_out::TakenOut;

/// Counts the saves of a draft, from 0 for a draft that was never saved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Revision(pub u32);

/// A window that saves by itself: a number drawn by chance when it opens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct WindowId(pub u64);

impl WindowId {
    /// The window that a ticket is for: its first part, in hexadecimal digits.
    pub fn of_ticket(ticket: &str) -> Option<Self> {
        u64::from_str_radix(ticket.split('.').next()?, 16).ok().map(Self)
    }
}

/// Which save of which window it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    pub window: WindowId,
    /// Counts the window's saves from 1.
    pub number: u32,
}

/// The changes that one window asks to save.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Changes {
    /// None from a plain form, which cannot count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// The revision that the window had read.
    pub base: Revision,
    /// The new text of each field; empty text clears the field. The list of a group's rows adds
    /// rows and takes none away.
    pub fields: BTreeMap<String, String>,
    /// The rows that are taken out of their groups.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub removed: Vec<Removal>,
    /// The rows that were taken out and are put back as they were, e.g. `children.k3`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub returned: Vec<String>,
    /// The texts that the window knows in each field, as far as it knows better than by `base`: the
    /// one that it had read, then those that it has sent itself without being answered. A window
    /// that goes on without loading the page again has read its fields at different times.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub read: BTreeMap<String, Vec<Fingerprint>>,
}

/// A row that is taken out of its group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removal {
    /// E.g. `children.k3`.
    pub row: String,
    /// The last revision of which the window had shown everything when that was decided.
    pub shown: Revision,
}

/// The answers of a draft with what is needed to merge.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Stored {
    pub revision: Revision,
    pub answers: Answers,
    /// The latest changes of each field, earliest first.
    #[serde(default)]
    changed: BTreeMap<String, Vec<Change>>,
    /// Texts that other windows had written in the same field, earliest first, until the person
    /// chooses.
    #[serde(default)]
    contested: BTreeMap<String, Vec<String>>,
    /// The rows that were taken out, e.g. `children.k3`, earliest first.
    #[serde(default)]
    removed: Vec<String>,
    /// The latest of them as they were, the latest last, for as long as they can be put back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    taken_out: Vec<TakenOut>,
    /// The last save of each window that saves by itself, the window heard of latest last.
    #[serde(default)]
    heard: Vec<Origin>,
}

/// How many windows are remembered with the number of their last save.
const WINDOWS: usize = 20;
/// How many changes of one field are remembered. A window that has read none of them gets its
/// text contested, even where it did not touch it: a needless question, but nothing is lost.
const REMEMBERED: usize = 200;

/// How many texts of one field a window can know: the one that it had read, and those that it has
/// sent itself without being answered.
pub(crate) const REMEMBERED_BY_WINDOW: usize = 51;

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
struct Change {
    at: Revision,
    /// Of the text before the change.
    before: Fingerprint,
    /// The window that made it, if it counts its saves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    by: Option<WindowId>,
}

/// The revision that a save makes, and the window that it comes from.
#[derive(Clone, Copy)]
struct Stamp {
    at: Revision,
    by: Option<WindowId>,
}

/// Tells texts apart without keeping them: autosaves would soon store a text hundreds of times.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fingerprint(u64);

/// A field of a save, with the row and the date of which it is a part.
struct Arrived<'c> {
    field: &'c str,
    text: String,
    row: Option<&'c str>,
    date: Option<&'c str>,
}

impl<'c> Arrived<'c> {
    fn new(field: &'c str, text: &str, form: &Form) -> Self {
        Self { field, text: normalised(text), row: form.row_of(field), date: form.date_of(field) }
    }
}

impl Changes {
    /// Whether the row, e.g. `children.k3`, is taken out.
    pub fn removes(&self, row: &str) -> bool {
        self.removed.iter().any(|removal| removal.row == row)
    }
}

impl Stored {
    /// Takes `changes` in and counts the revision up, unless nothing is new.
    ///
    /// A field that the window did not touch (its text is what the window had read) never
    /// overwrites what another window wrote there since. A save that was overtaken by a later one
    /// of its window brings nothing: all that it holds came with that one.
    pub fn merge(&mut self, changes: &Changes, form: &Form) {
        if !self.is_news(changes.origin) {
            return;
        }
        let next = self.next(changes.origin);
        self.take_rows_out(changes, next);
        let left_out: BTreeSet<&str> = changes.removed.iter().map(|removal| removal.row.as_str()).collect();
        let fields = changes.fields.iter().map(|(field, text)| Arrived::new(field, text, form));
        let fields = fields.filter(|it| it.row.is_none_or(|row| !left_out.contains(row)));
        let (groups, fields): (Vec<_>, Vec<_>) = fields.partition(|it| form.is_group(it.field));
        let mut returned = self.return_rows(&groups, changes, next);
        groups.iter().for_each(|it| self.list_rows(it.field, it.text.lines(), next));
        returned.extend(self.bring_rows_back(&fields, changes, next));
        let torn = self.torn_dates(&fields, changes);
        for it in &fields {
            if it.row.is_some_and(|row| returned.contains(row)) {
                // Nobody has written there since it was taken out.
                self.set(it.field, &it.text, next);
            } else if it.date.is_none_or(|date| !torn.contains(date)) {
                self.take(it.field, &it.text, changes, next);
            }
        }
        torn.iter().for_each(|date| self.replace_date(date, &fields, next));
    }

    /// Adds a row to a repeating group. Rows that two windows add both stay.
    pub fn add_row(&mut self, group: &str, row: &str) {
        self.list_rows(group, [row], self.next(None));
    }

    /// The rows that were taken out and can be put back, the latest last.
    pub fn taken_out(&self) -> &[TakenOut] {
        &self.taken_out
    }

    /// Puts a row back at its place, as it was when it was taken out. Of one that another window has
    /// brought back it settles that it stays.
    pub fn put_row_back(&mut self, row: &str) {
        let next = self.next(None);
        let Some(at) = self.taken_out.iter().position(|taken| taken.row == row) else { return };
        let taken = self.taken_out.remove(at);
        self.contested.remove(row);
        let Some((group, _)) = row_parts(row).filter(|_| !self.answers.has_row(row)) else { return };
        self.removed.retain(|other| other != row);
        let rows = taken.listed_in(self.answers.text(group));
        self.set(group, &rows, next);
        taken.answers.iter().for_each(|(field, text)| self.set(field, text, next));
        self.contested.extend(taken.contested);
    }

    /// Lets go of the rows that were taken out: they cannot be put back any more.
    pub fn forget_taken_out(&mut self) {
        self.taken_out.clear();
    }

    /// For each contested field the text that does not stand in it; of several the latest.
    pub fn contested(&self) -> BTreeMap<String, String> {
        let latest = |(field, texts): (&String, &Vec<String>)| Some((field.clone(), texts.last()?.clone()));
        self.contested.iter().filter_map(latest).collect()
    }

    /// The person, who had read the revision `base`, has chosen between what stands in `place` (a
    /// field, a date or a row) and the other text, which is let go. Answers the other text of each
    /// field; none, and lets nothing go, when something was written there since.
    ///
    /// Call it before [`merge`](Self::merge) with the changes of the same save.
    pub fn settle(&mut self, place: &str, base: Revision, form: &Form) -> BTreeMap<String, String> {
        let is_here = |name: &str| name == place || form.date_of(name) == Some(place);
        let others: BTreeMap<_, _> = self.contested().into_iter().filter(|(name, _)| is_here(name)).collect();
        let is_as_read = |name: &String| self.known_at(name, base) == [Fingerprint::of(self.answers.text(name))];
        if !others.keys().all(is_as_read) {
            return BTreeMap::new();
        }
        let next = self.next(None);
        for name in others.keys() {
            self.contested.get_mut(name).map(Vec::pop);
            // What comes up now has not been shown in any window.
            self.touch(name, next);
        }
        self.contested.retain(|_, texts| !texts.is_empty());
        others
    }

    /// About how much there is to store and to show, in bytes.
    pub fn size(&self) -> usize {
        let answers = self.answers.iter().map(|(field, text)| field.len() + weight(text));
        let contested = self
            .contested
            .iter()
            .map(|(field, all)| field.len() + all.iter().map(|text| weight_of(text)).sum::<usize>());
        let changed = self.changed.iter().map(|(field, all)| field.len() + all.len() * size_of::<Change>());
        let taken_out = self.taken_out.iter().map(TakenOut::size);
        answers.sum::<usize>() + contested.sum::<usize>() + changed.sum::<usize>() + taken_out.sum::<usize>()
    }

    /// The texts that the window does not have: what others have written since it read its
    /// revision, and what stands where its own text was not taken. Ask after
    /// [`merge`](Self::merge) with the same changes.
    pub fn changed_elsewhere(&self, sent: &Changes) -> BTreeMap<String, String> {
        let is_later = |changes: &[Change]| changes.last().is_some_and(|change| change.at > sent.base);
        let is_sent = |field: &str, text: &str| sent.fields.get(field).is_some_and(|sent| normalised(sent) == text);
        let later = self.changed.iter().filter(|(_, changes)| is_later(changes)).map(|(field, _)| field);
        let fields: BTreeSet<&String> = later.chain(sent.fields.keys()).collect();
        fields
            .into_iter()
            .map(|field| (field.clone(), self.answers.text(field).to_owned()))
            .filter(|(field, text)| !is_sent(field, text))
            .collect()
    }

    fn next(&self, origin: Option<Origin>) -> Stamp {
        Stamp { at: Revision(self.revision.0.saturating_add(1)), by: origin.map(|origin| origin.window) }
    }

    /// Whether the save is later than all that its window is known to have sent.
    fn is_news(&mut self, origin: Option<Origin>) -> bool {
        let Some(origin) = origin else { return true };
        let position = self.heard.iter().position(|heard| heard.window == origin.window);
        let last = position.map(|position| self.heard.remove(position));
        let is_news = last.is_none_or(|last| last.number < origin.number);
        self.heard.push(last.filter(|_| !is_news).unwrap_or(origin));
        self.heard.drain(..self.heard.len().saturating_sub(WINDOWS));
        is_news
    }

    /// Takes the text of one field in.
    fn take(&mut self, field: &str, text: &str, changes: &Changes, next: Stamp) {
        if self.answers.text(field) == text {
            // There is nothing to do.
        } else if self.is_known(field, changes) {
            self.set(field, text, next);
        } else if self.is_touched(field, text, changes) {
            self.replace(field, text, changes, next);
        }
    }

    /// Takes a text in and keeps the one that stood there, for the person to choose.
    fn replace(&mut self, field: &str, text: &str, changes: &Changes, next: Stamp) {
        let stored = self.answers.text(field).to_owned();
        self.contest(field, &stored, text, &self.known(field, changes));
        self.set(field, text, next);
    }

    /// Whether the window has shown or sent what stands in `field`.
    fn is_known(&self, field: &str, changes: &Changes) -> bool {
        self.known(field, changes).contains(&Fingerprint::of(self.answers.text(field)))
    }

    /// Whether `text` is another than the window had read in `field`, or the same again after others.
    fn is_touched(&self, field: &str, text: &str, changes: &Changes) -> bool {
        self.known(field, changes) != [Fingerprint::of(text)]
    }

    fn set(&mut self, field: &str, text: &str, next: Stamp) {
        self.touch(field, next);
        self.answers.set(field, text);
    }

    /// Remembers that something is about to change in `field`.
    fn touch(&mut self, field: &str, next: Stamp) {
        let before = Fingerprint::of(self.answers.text(field));
        let changes = self.changed.entry(field.to_owned()).or_default();
        if changes.len() == REMEMBERED {
            changes.remove(0);
        }
        let Stamp { at, by } = next;
        changes.push(Change { at, before, by });
        self.revision = at;
    }

    /// The texts in `field` that the window knows, what it had read first and what it has written there
    /// itself last; none when that is not known.
    fn known(&self, field: &str, changes: &Changes) -> Vec<Fingerprint> {
        let mut known = changes.read.get(field).cloned().unwrap_or_else(|| self.known_at(field, changes.base));
        let last = self.changed.get(field).and_then(|all| all.last()?.by);
        if last.is_some() && last == changes.origin.map(|origin| origin.window) {
            known.push(Fingerprint::of(self.answers.text(field)));
        }
        known
    }

    /// What a window that read the revision `base` had in `field`.
    fn known_at(&self, field: &str, base: Revision) -> Vec<Fingerprint> {
        let changes = self.changed.get(field).map_or(&[][..], Vec::as_slice);
        match changes.iter().position(|change| change.at > base) {
            None => vec![Fingerprint::of(self.answers.text(field))],
            Some(0) if changes.len() == REMEMBERED => Vec::new(),
            Some(first) => vec![changes[first].before],
        }
    }

    /// Keeps the stored text beside the new one. What the window knows is replaced knowingly.
    fn contest(&mut self, field: &str, stored: &str, text: &str, known: &[Fingerprint]) {
        let texts = self.contested.entry(field.to_owned()).or_default();
        texts.retain(|other| other != text && other != stored && !known.contains(&Fingerprint::of(other)));
        texts.push(stored.to_owned());
    }
}

/// Of one of many texts, each of which takes some room even when it is short.
fn weight_of(text: &str) -> usize {
    size_of::<Change>() + weight(text)
}

impl Fingerprint {
    /// Of a text as it is stored, by FNV-1a with 64 bits. It need not withstand an attacker, who
    /// could only mislead himself.
    pub fn of(text: &str) -> Self {
        let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        Self(text.bytes().fold(0xcbf2_9ce4_8422_2325, step))
    }
}
