//! The keys of a table, taken one by one. What is left at the end is not known.

use std::borrow::Cow;

use domain::date::DateRule;
use toml_span::Span;
use toml_span::span::Spanned;
use toml_span::value::{Table, Value, ValueInner};

use crate::check::advice;
use crate::log::{Log, listed};
use crate::read::written::Named;

/// A table whose keys are being read.
#[derive(Debug)]
pub struct Fields<'t> {
    table: Table<'t>,
    pub span: Span,
    known: Vec<&'static str>,
}

/// One key with its value.
#[derive(Debug)]
pub struct Field<'t> {
    pub name: Cow<'t, str>,
    /// The place of the name.
    pub at: Span,
    value: Value<'t>,
    /// Whether it is one of the values in the list that has the name.
    in_list: bool,
}

impl<'t> Fields<'t> {
    pub fn new(table: Table<'t>, span: Span) -> Self {
        Self { table, span, known: Vec::new() }
    }

    pub fn has(&self, name: &str) -> bool {
        self.table.contains_key(name)
    }

    pub fn optional(&mut self, name: &'static str) -> Option<Field<'t>> {
        self.known.push(name);
        let (key, value) = self.table.remove_entry(name)?;
        Some(Field { name: key.name, at: key.span, value, in_list: false })
    }

    /// The field `name`. When it is missing that is noted; `example` shows how to write it.
    pub fn needed(&mut self, name: &'static str, example: &str, log: &mut Log) -> Option<Field<'t>> {
        let field = self.optional(name);
        if field.is_none() {
            log.note(self.span, format!("`{name}` is missing here"), format!("add `{example}`"));
        }
        field
    }

    /// All the fields, for a table whose keys are names.
    pub fn all(self) -> impl Iterator<Item = Field<'t>> {
        self.table.into_iter().map(|(key, value)| Field { name: key.name, at: key.span, value, in_list: false })
    }

    /// Notes each key that nobody asked for. `about` says of some of them why they are not known.
    pub fn end_with(self, log: &mut Log, about: impl Fn(&str) -> Option<(String, String)>) {
        let known = self.known;
        for key in self.table.into_keys() {
            let (message, help) = about(&key.name).unwrap_or_else(|| {
                let names = || known.iter().copied();
                let help = advice(&key.name, names(), &format!("what can stand here: {}", listed(names())));
                (format!("`{}` is not known here", key.name), help)
            });
            log.note(key.span, message, help);
        }
    }

    pub fn end(self, log: &mut Log) {
        self.end_with(log, |_| None);
    }
}

impl<'t> Field<'t> {
    /// The place of the value.
    pub fn span(&self) -> Span {
        self.value.span
    }

    pub fn text(mut self, log: &mut Log) -> Option<Named> {
        match self.value.take() {
            ValueInner::String(text) if text.trim().is_empty() => {
                // The place inside the quotes is empty; the key can be seen.
                log.note(self.at, format!("`{}` is empty", self.name), "write something, or leave the line out");
                None
            }
            ValueInner::String(text) => Some(Spanned::with_span(text.into_owned(), self.value.span)),
            other => self.wrong(&other, "a text", "\"…\"", log),
        }
    }

    pub fn whole<T: TryFrom<i64>>(mut self, log: &mut Log) -> Option<Spanned<T>> {
        let number = match self.value.take() {
            ValueInner::Integer(number) => number,
            other => return self.wrong(&other, "a whole number", "14", log),
        };
        let small = T::try_from(number).ok();
        if small.is_none() {
            log.note(
                self.value.span,
                format!("`{}` cannot be {number}", self.name),
                "write a number that is neither negative nor very large",
            );
        }
        small.map(|number| Spanned::with_span(number, self.value.span))
    }

    pub fn truth(mut self, log: &mut Log) -> Option<bool> {
        match self.value.take() {
            ValueInner::Boolean(truth) => Some(truth),
            other => self.wrong(&other, "true or false", "true", log),
        }
    }

    /// A day, as a rule that may depend on today or on another answer.
    pub fn day(self, log: &mut Log) -> Option<Spanned<DateRule>> {
        let text = self.text(log)?;
        match text.value.parse() {
            Ok(rule) => Some(Spanned::with_span(rule, text.span)),
            Err(_) => {
                let help = "write `today`, a day like `2026-06-01` or a date question, each with `+ 3 months` or \
                            `- 18 years` after it if need be; the sign stands between spaces";
                log.note(text.span, format!("`{}` is not a day", text.value), help);
                None
            }
        }
    }

    pub fn list(mut self, log: &mut Log) -> Option<Vec<Field<'t>>> {
        match self.value.take() {
            ValueInner::Array(items) => {
                let field = |value: Value<'t>| Field { name: self.name.clone(), at: value.span, value, in_list: true };
                Some(items.into_iter().map(field).collect())
            }
            other => self.wrong(&other, "a list", "[…]", log),
        }
    }

    pub fn texts(self, log: &mut Log) -> Option<Vec<Named>> {
        Some(self.list(log)?.into_iter().filter_map(|each| each.text(log)).collect())
    }

    pub fn table(mut self, log: &mut Log) -> Option<Fields<'t>> {
        match self.value.take() {
            ValueInner::Table(table) => Some(Fields::new(table, self.value.span)),
            other => self.wrong(&other, "a table", "{ … }", log),
        }
    }

    /// The tables written under `[[…]]`.
    pub fn tables(mut self, log: &mut Log) -> Vec<Fields<'t>> {
        match self.value.take() {
            ValueInner::Array(items) => {
                let field = |value: Value<'t>| Field { name: self.name.clone(), at: value.span, value, in_list: true };
                items.into_iter().filter_map(|value| field(value).table(log)).collect()
            }
            ValueInner::Table(_) => {
                let message = format!("`{}` is a single table here, but there can be several", self.name);
                log.note(self.value.span, message, "write the header in double brackets, `[[…]]`");
                Vec::new()
            }
            other => self.wrong(&other, "a list of tables", "[[…]]", log).unwrap_or_default(),
        }
    }

    fn wrong<T>(&self, found: &ValueInner<'_>, wanted: &str, example: &str, log: &mut Log) -> Option<T> {
        let found = match found {
            ValueInner::String(_) => "a text",
            ValueInner::Integer(_) => "a whole number",
            ValueInner::Float(_) => "a number with decimals",
            ValueInner::Boolean(_) => "true or false",
            ValueInner::Array(_) => "a list",
            ValueInner::Table(_) => "a table",
        };
        let (message, help) = if self.in_list {
            (
                format!("each value of `{}` should be {wanted}, not {found}", self.name),
                format!("write it like this: {example}"),
            )
        } else {
            (
                format!("`{}` should be {wanted}, not {found}", self.name),
                format!("write it like this: {} = {example}", self.name),
            )
        };
        log.note(self.value.span, message, help);
        None
    }
}
