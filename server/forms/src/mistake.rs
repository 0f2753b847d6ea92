//! What is wrong with a form definition, and where.

use std::collections::BTreeMap;
use std::ops::Range;

/// One mistake in one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The path as the person gave it, e.g. `forms/visit-visa/1/form.toml`.
    pub file: String,
    /// The bytes of the file that are wrong; `0..0` when it is the file as a whole.
    pub span: Range<usize>,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: String,
    /// Another place in the same file that has to do with it.
    pub pointer: Option<Pointer>,
}

/// A second place that a mistake is about, such as the first of two equal names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pointer {
    pub span: Range<usize>,
    pub label: String,
}

/// Every mistake found, by file and position. Displayed, it is the report for a person to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistakes {
    list: Vec<Mistake>,
    /// The files' contents by path, to draw the lines from.
    sources: BTreeMap<String, String>,
}

impl Mistakes {
    pub(crate) fn new(mut list: Vec<Mistake>, sources: BTreeMap<String, String>) -> Self {
        list.sort_by(|a, b| (&a.file, a.span.start, a.span.end).cmp(&(&b.file, b.span.start, b.span.end)));
        Self { list, sources }
    }

    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Mistake> {
        self.list.iter()
    }

    pub(crate) fn source(&self, file: &str) -> Option<&str> {
        self.sources.get(file).map(String::as_str)
    }
}

impl std::error::Error for Mistakes {}
