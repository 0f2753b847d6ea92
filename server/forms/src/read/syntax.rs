//! TOML, with every mistake in its syntax.

use toml_span::value::{Table, Value, ValueInner};
use toml_span::{Error, ErrorKind, Span, parse};

use crate::log::Log;
use crate::read::field::Fields;

/// Reads `text` with `read`. A file with mistakes in its syntax is not read at all: what it says
/// cannot be told, and every other complaint about it might be false.
pub fn read<T>(text: &str, log: &mut Log, read: impl FnOnce(Fields<'_>, &mut Log) -> T) -> Option<T> {
    match parse(text) {
        Ok(mut value) => Some(read(Fields::new(table(&mut value), value.span), log)),
        Err(error) => {
            note_all(text, error, log);
            None
        }
    }
}

fn table<'t>(value: &mut Value<'t>) -> Table<'t> {
    match value.take() {
        ValueInner::Table(table) => table,
        // A TOML document is a table.
        _ => Table::new(),
    }
}

/// The parser stops at the first mistake. To find the next one, what holds the mistake is
/// replaced by blanks, which keeps all places, and the rest is parsed again.
fn note_all(text: &str, first: Error, log: &mut Log) {
    let mut rest = text.to_owned();
    let mut next = Some(first);
    while let Some(error) = next.take() {
        let start = text.floor_char_boundary(error.span.start.min(text.len()));
        log.note(place(text, start, &error), message(&error.kind), help(&error.kind));
        let Some(end) = statement(text, start, &error.kind) else { return };
        let blanked = blank(&rest, end);
        if blanked == rest {
            return;
        }
        rest = blanked;
        next = parse(&rest).err();
    }
}

/// The parser's places may reach past the line or the file; one character is always right.
fn place(text: &str, start: usize, error: &Error) -> Span {
    let is_exact = !matches!(error.kind, ErrorKind::Wanted { .. });
    let end = if is_exact { error.span.end.min(text.len()) } else { start + 1 };
    Span::new(start, end.max(start))
}

/// The part of the file that cannot be used because of a mistake at `at`: the key with its
/// value, or from a wrong table header to the next header. `None` when no end can be known.
fn statement(text: &str, at: usize, kind: &ErrorKind) -> Option<std::ops::Range<usize>> {
    if matches!(kind, ErrorKind::UnexpectedEof) || text[at..].starts_with("\"\"\"") || text[at..].starts_with("'''") {
        return None;
    }
    let lines = lines(text);
    let line = lines.iter().rposition(|(start, _)| *start <= at)?;
    let first = (0..=line).rev().find(|it| begins(lines[*it].1)).unwrap_or(line);
    let is_header = lines[first].1.trim_start().starts_with('[');
    let ends = |it: &&(usize, &str)| if is_header { it.1.trim_start().starts_with('[') } else { begins(it.1) };
    let end = lines[first + 1..].iter().find(ends).map_or(text.len(), |(start, _)| *start);
    Some(lines[first].0..end)
}

/// Each line with the place of its start.
fn lines(text: &str) -> Vec<(usize, &str)> {
    let mut start = 0;
    text.split_inclusive('\n')
        .map(|line| {
            start += line.len();
            (start - line.len(), line)
        })
        .collect()
}

/// Whether a line looks like a table header or a key with a value.
fn begins(line: &str) -> bool {
    let line = line.trim_start();
    let key = line.split_once('=').map(|(key, _)| key.trim());
    let is_key = |key: &str| !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || " -_.\"'".contains(c));
    // Inside an array of arrays a line may begin with one bracket, but not in a form.
    line.starts_with('[') || key.is_some_and(is_key)
}

fn blank(text: &str, part: std::ops::Range<usize>) -> String {
    let blanks: String = text[part.clone()].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect();
    format!("{}{blanks}{}", &text[..part.start], &text[part.end..])
}

fn message(kind: &ErrorKind) -> String {
    match kind {
        ErrorKind::DuplicateKey { key, .. } => format!("`{key}` is given twice"),
        ErrorKind::DuplicateTable { name, .. } => format!("the table `{name}` is given twice"),
        ErrorKind::Wanted { expected, found } => format!("this is not TOML: here should be {expected}, not {found}"),
        ErrorKind::UnquotedString => "a text must stand in quotes".to_owned(),
        ErrorKind::InvalidCharInString('\n') | ErrorKind::UnterminatedString => {
            "this text has no closing quote".to_owned()
        }
        ErrorKind::InvalidNumber => "this is not a number".to_owned(),
        kind => format!("this is not TOML: {}", Error { kind: kind.clone(), span: Span::default(), line_info: None }),
    }
}

fn help(kind: &ErrorKind) -> &'static str {
    match kind {
        ErrorKind::DuplicateKey { .. } | ErrorKind::DuplicateTable { .. } => "keep one of the two",
        ErrorKind::UnquotedString => "write \"…\" around it",
        ErrorKind::InvalidCharInString('\n') | ErrorKind::UnterminatedString => {
            "end it with the quote that it begins with; a text of several lines stands in \"\"\"…\"\"\""
        }
        ErrorKind::InvalidNumber => "write a whole number without quotes, or put a date or an amount in quotes",
        ErrorKind::InvalidEscape(_) => "write \\\\ for a backslash, or put the text in single quotes",
        _ => {
            "every line is `key = value`, `[table]`, `[[list]]` or a `# comment`; look for a bracket, a comma or a quote"
        }
    }
}
