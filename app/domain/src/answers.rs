//! What a person has typed, kept exactly as typed.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::date::{DateProblem, parts, typed_date};

/// The longest text that one field may hold, in characters. A question may set a lower limit.
pub const FIELD_LIMIT: usize = 20_000;
/// The most rows of a group that are kept. No form lets anybody add so many, even in two windows;
/// a request that was not made by a form shall not make a draft without end.
pub const ROW_LIMIT: usize = 400;
/// So many rows more than a group may have are shown: windows that each added some see at once which
/// to take out. Those beyond are kept, and counted on the page.
pub const ROWS_TO_SPARE: usize = 10;
/// The longest id of a row, in bytes. Those that we make have eleven at most.
const ROW_ID_LIMIT: usize = 32;

/// Raw answers by field name. A field that is absent and a field that is empty mean the same.
///
/// Field names are those of the controls: `passport.number`, `trip.arrival-day`, and in a
/// repeating group `children.k3.name`, where `k3` is the row. A question with several choices
/// and a group's list of rows are stored one value a line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers(BTreeMap<String, String>);

impl Answers {
    /// The text in `field`, empty when there is none.
    pub fn text(&self, field: &str) -> &str {
        self.0.get(field).map_or("", String::as_str)
    }

    /// The chosen values of a question with several choices, in the order they were stored.
    pub fn choices(&self, field: &str) -> impl Iterator<Item = &str> {
        self.text(field).lines().filter(|line| !line.is_empty())
    }

    /// The rows of a repeating group, each once, in the order in which they are shown.
    pub fn rows(&self, group: &str) -> impl Iterator<Item = &str> {
        let mut seen = BTreeSet::new();
        self.choices(group).filter(move |row| is_row_id(row) && seen.insert(*row)).take(ROW_LIMIT)
    }

    /// Whether a repeating group has the row, e.g. `children.k3`.
    pub fn has_row(&self, row: &str) -> bool {
        row_parts(row).is_some_and(|(group, id)| self.choices(group).any(|other| other == id))
    }

    /// The fields of a row that hold a text.
    pub(crate) fn fields_in(&self, row: &str) -> impl Iterator<Item = &str> {
        in_row(&self.0, row).map(|(field, _)| field.as_str())
    }

    /// The date typed into the three controls of `field`; `Ok(None)` when all three are empty.
    pub fn date(&self, field: &str) -> Result<Option<Date>, DateProblem> {
        let [day, month, year] = parts(field);
        typed_date(self.text(&day), self.text(&month), self.text(&year))
    }

    /// Stores `text`, normalised; empty text removes the field.
    pub fn set(&mut self, field: &str, text: &str) {
        if text.is_empty() {
            self.0.remove(field);
        } else {
            self.0.insert(field.to_owned(), normalised(text));
        }
    }

    /// Adds a row to its group, unless it is there.
    pub fn add_row(&mut self, row: &str) {
        let Some((group, id)) = row_parts(row).filter(|_| !self.has_row(row)) else { return };
        let rows: Vec<&str> = self.rows(group).chain([id]).collect();
        let rows = rows.join("\n");
        self.set(group, &rows);
    }

    /// Takes a row out of its group, with all that was typed in it.
    pub(crate) fn remove_row(&mut self, row: &str) {
        let Some((group, id)) = row_parts(row) else { return };
        let rows: Vec<&str> = self.rows(group).filter(|other| *other != id).collect();
        let rows = rows.join("\n");
        self.set(group, &rows);
        self.0.retain(|field, _| !is_in_row(field, row));
    }

    /// Every field with its text, in the order of the names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(field, text)| (field.as_str(), text.as_str()))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<(String, String)> for Answers {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(fields: I) -> Self {
        let mut answers = Self::default();
        for (field, text) in fields {
            answers.set(&field, &text);
        }
        answers
    }
}

/// The group and the id of a row: `children` and `k3` of `children.k3`.
pub fn row_parts(row: &str) -> Option<(&str, &str)> {
    row.rsplit_once('.')
}

/// Whether a row can be called `id`: by a few letters and digits. Anything else was not made by a
/// form.
pub fn is_row_id(id: &str) -> bool {
    (1..=ROW_ID_LIMIT).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// What `map` holds for the fields of a row, as `children.k3.name` is one of `children.k3`. The
/// others are not looked at.
pub(crate) fn in_row<'m, T>(map: &'m BTreeMap<String, T>, row: &str) -> impl Iterator<Item = (&'m String, &'m T)> {
    let prefix = format!("{row}.");
    map.range(prefix.clone()..).take_while(move |(field, _)| field.starts_with(&prefix))
}

/// Whether `field` is in the row, as `children.k3.name` is in `children.k3`.
fn is_in_row(field: &str, row: &str) -> bool {
    field.strip_prefix(row).is_some_and(|rest| rest.starts_with('.'))
}

/// About how many bytes a text takes on a page at most. A page may hold a text as JSON within HTML,
/// where a quotation mark is `\&quot;` and a control character `\u0001`.
pub fn weight(text: &str) -> usize {
    let weigh = |byte: u8| match byte {
        b'"' | b'&' | b'<' | b'>' | 0..=8 | 11 | 12 | 14..=31 => 7,
        _ => 1,
    };
    text.bytes().map(weigh).sum()
}

/// Whether a text is at most as long as a field may hold.
pub fn fits(text: &str) -> bool {
    text.chars().count() <= FIELD_LIMIT
}

/// Text as it is stored: Unicode NFC, and a line feed for every kind of line break.
///
/// Browsers send CR LF from a form and LF from a script; both are the same text.
pub fn normalised(text: &str) -> String {
    nfc(&text.replace("\r\n", "\n").replace('\r', "\n"))
}

#[cfg(not(target_arch = "wasm32"))]
fn nfc(text: &str) -> String {
    unicode_normalization::UnicodeNormalization::nfc(text).collect()
}

/// In the browser the text comes normalised: the browser has the tables that this would bring.
#[cfg(target_arch = "wasm32")]
fn nfc(text: &str) -> String {
    text.to_owned()
}
