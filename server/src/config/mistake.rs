//! What is wrong with the settings, in words for the operator.

use std::fmt;

/// Everything that is wrong with the settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    pub mistakes: Vec<Mistake>,
}

/// One setting that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// As the operator wrote it: `LODGE_PAGE_TIME`, or `page_time in lodge.toml`.
    pub place: String,
    /// What is wrong and what is expected. Never holds a secret.
    pub what: String,
}

impl Mistake {
    pub(super) fn new(place: impl Into<String>, what: impl Into<String>) -> Self {
        Self { place: place.into(), what: what.into() }
    }
}

impl From<Mistake> for ConfigError {
    fn from(mistake: Mistake) -> Self {
        Self { mistakes: vec![mistake] }
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("The settings are not right:")?;
        for Mistake { place, what } in &self.mistakes {
            write!(f, "\n  {place}: {what}")?;
        }
        f.write_str("\n`lodge serve --help` lists every setting.")
    }
}

impl std::error::Error for ConfigError {}
