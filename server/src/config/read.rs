//! Reads settings from a TOML file and from the environment.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::Path;

use toml::{Table, Value};

use super::kinds::Kind;
use super::mistake::{ConfigError, Mistake};
use super::rules;
use super::table::{Row, Settings, TABLE};

const PREFIX: &str = "LODGE_";
const FILE_SUFFIX: &str = "_FILE";

/// The texts that were given, by the name of the setting.
#[derive(Debug, Default)]
pub(super) struct Given {
    values: BTreeMap<&'static str, Text>,
}

#[derive(Debug)]
struct Text {
    value: String,
    /// Where it stands, for messages.
    place: String,
}

impl Settings {
    /// Reads the TOML file, if one is named, and the environment, which wins.
    ///
    /// # Errors
    /// Every unknown, unreadable or forbidden setting.
    pub fn read(
        file: Option<&Path>,
        environment: impl IntoIterator<Item = (OsString, OsString)>,
    ) -> Result<Self, ConfigError> {
        let mut mistakes = Vec::new();
        let mut given = Given::default();
        if let Some(path) = file {
            given.add_file(path, &mut mistakes);
        }
        given.add_environment(environment, &mut mistakes);
        match Self::parse(&given) {
            Ok(settings) if mistakes.is_empty() => rules::check(settings),
            Ok(_) => Err(ConfigError { mistakes }),
            Err(mut error) => {
                mistakes.append(&mut error.mistakes);
                Err(ConfigError { mistakes })
            }
        }
    }
}

impl Given {
    /// The value that was given, or else the default; `None` when it cannot be read, which is
    /// then among the mistakes.
    pub fn value<K: Kind>(&self, name: &'static str, default: &str, mistakes: &mut Vec<Mistake>) -> Option<K> {
        let given = self.values.get(name);
        let value = K::parse(given.map_or(default, |text| text.value.trim()));
        if value.is_none() {
            let (place, shown) = match given {
                Some(text) if K::IS_SECRET => (text.place.clone(), String::new()),
                Some(text) => (text.place.clone(), format!(", not `{}`", text.value)),
                None => (variable(name), String::new()),
            };
            mistakes.push(Mistake::new(place, format!("expected {}{shown}", K::EXPECTS)));
        }
        value
    }

    fn add_file(&mut self, path: &Path, mistakes: &mut Vec<Mistake>) {
        let shown = path.display();
        let table = std::fs::read_to_string(path)
            .map_err(|error| error.to_string())
            .and_then(|text| text.parse::<Table>().map_err(|error| error.to_string()));
        match table {
            Err(error) => mistakes.push(Mistake::new(shown.to_string(), error)),
            Ok(table) => {
                for (key, value) in table {
                    let place = format!("{key} in {shown}");
                    match plain(&value) {
                        Some(text) => self.add(&key, text, place, mistakes),
                        None => mistakes.push(Mistake::new(place, "expected a text, a number or a list of texts")),
                    }
                }
            }
        }
    }

    fn add_environment(
        &mut self,
        environment: impl IntoIterator<Item = (OsString, OsString)>,
        mistakes: &mut Vec<Mistake>,
    ) {
        let mut seen = Vec::new();
        for (name, value) in environment {
            let Some(variable) = name.to_str().filter(|name| name.starts_with(PREFIX)) else { continue };
            let Some(value) = value.to_str() else {
                mistakes.push(Mistake::new(variable, "expected text in UTF-8"));
                continue;
            };
            let key = variable[PREFIX.len()..].to_ascii_lowercase();
            let base = key.strip_suffix("_file").unwrap_or(&key).to_owned();
            let other = if key == base { format!("{base}_file") } else { base.clone() };
            if seen.contains(&other) {
                let what = format!("given both by itself and as {FILE_SUFFIX}: expected one of them");
                mistakes.push(Mistake::new(format!("{PREFIX}{}", base.to_ascii_uppercase()), what));
            }
            self.add(&key, value.to_owned(), variable.to_owned(), mistakes);
            seen.push(key);
        }
    }

    /// Takes `key` as a setting, or as the path of the file that holds a secret one.
    fn add(&mut self, key: &str, text: String, place: String, mistakes: &mut Vec<Mistake>) {
        if let Some(row) = find(key) {
            self.values.insert(row.name, Text { value: text, place });
        } else if let Some(row) = key.strip_suffix("_file").and_then(find).filter(|row| row.is_secret) {
            match std::fs::read_to_string(&text) {
                Ok(value) => drop(self.values.insert(row.name, Text { value, place })),
                Err(error) => mistakes.push(Mistake::new(place, format!("expected a file that can be read: {error}"))),
            }
        } else {
            let what = match nearest(key) {
                Some(name) => format!("there is no such setting; did you mean `{name}`?"),
                None => "there is no such setting".to_owned(),
            };
            mistakes.push(Mistake::new(place, what));
        }
    }
}

/// How the setting is called in the environment.
pub(super) fn variable(name: &str) -> String {
    format!("{PREFIX}{}", name.to_ascii_uppercase())
}

fn find(key: &str) -> Option<&'static Row> {
    TABLE.iter().find(|row| row.name == key)
}

/// The setting that was probably meant: one that shares a word with `key`.
fn nearest(key: &str) -> Option<&'static str> {
    let shared = |row: &&Row| key.split('_').filter(|word| row.name.split('_').any(|own| own == *word)).count();
    TABLE.iter().max_by_key(shared).filter(|row| shared(row) > 0).map(|row| row.name)
}

/// A TOML value as one would write it in the environment.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Integer(number) => Some(number.to_string()),
        Value::Array(items) => Some(items.iter().map(Value::as_str).collect::<Option<Vec<_>>>()?.join(",")),
        _ => None,
    }
}
