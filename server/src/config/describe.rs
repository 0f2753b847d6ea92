//! The table of settings as help text and as documentation.

use std::fmt::Write;

use super::read::variable;
use super::table::{Row, TABLE};

/// What `lodge serve --help` says of the settings.
pub fn help() -> String {
    let mut text = "Settings (in the environment, or without LODGE_ and in small letters in the file):\n".to_owned();
    for row in TABLE {
        // Writing to a text does not fail.
        let _ = write!(text, "\n  {}", variable(row.name));
        if !row.default.is_empty() {
            let _ = write!(text, " [default: {}]", row.default);
        }
        let _ = write!(text, "\n      {}\n      Expects {}{}.\n", plain(row.meaning), plain(row.expects), file(row));
    }
    text
}

/// `docs/configuration.md`.
pub fn document() -> String {
    let mut text = INTRODUCTION.to_owned();
    for row in TABLE {
        let default = if row.default.is_empty() { String::new() } else { format!("`{}`", row.default) };
        let (name, meaning, expects) = (variable(row.name), row.meaning, row.expects);
        let _ = writeln!(text, "| `{name}` | {default} | {meaning} | {expects}{} |", file(row));
    }
    text
}

const INTRODUCTION: &str = "# Settings

Settings come from a TOML file (`lodge serve --config lodge.toml`) and from the environment; the
environment wins. `LODGE_PAGE_TIME` in the environment is `page_time` in the file. Where the table
says so, a setting may be given as the path of a file that holds it: `LODGE_SECRET_KEY_FILE`.

An unknown or invalid setting stops the start, with its name and what is expected. In production
the server also refuses to start without a strong key, with a public address that is not https, or
with a mail server elsewhere that is reached without TLS: codes and links in mail open accounts. A
PostgreSQL elsewhere has to prove itself by its certificate, in a demo as well.

This page is made from the program's own table; a test fails when the two differ.

| setting | default | meaning | expects |
|---|---|---|---|
";

fn file(row: &Row) -> &'static str {
    if row.is_secret { ", or as `…_FILE` the path of a file" } else { "" }
}

fn plain(text: &str) -> String {
    text.replace('`', "")
}
