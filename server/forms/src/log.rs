//! Collects the mistakes of one file while it is read and checked.

use toml_span::Span;

use crate::mistake::{Mistake, Pointer};

/// The mistakes found in `file` so far.
#[derive(Debug)]
pub struct Log {
    pub file: String,
    pub mistakes: Vec<Mistake>,
}

impl Log {
    pub fn new(file: &str) -> Self {
        Self { file: file.to_owned(), mistakes: Vec::new() }
    }

    /// Notes a mistake at `span`.
    pub fn note(&mut self, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.mistakes.push(Mistake {
            file: self.file.clone(),
            span: span.into(),
            message: message.into(),
            help: help.into(),
            pointer: None,
        });
    }

    /// Notes a mistake at `span` that has to do with another place, called `label`.
    pub fn note_with(
        &mut self,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
        (other, label): (Span, &str),
    ) {
        self.note(span, message, help);
        if let Some(mistake) = self.mistakes.last_mut() {
            mistake.pointer = Some(Pointer { span: other.into(), label: label.to_owned() });
        }
    }

    pub fn is_empty(&self) -> bool {
        self.mistakes.is_empty()
    }
}

/// `a`, `b` or `c`.
pub fn listed<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match names.split_last() {
        None => "nothing".to_owned(),
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
    }
}
