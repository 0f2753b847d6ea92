use std::collections::BTreeMap;

use crate::{Language, plural};

/// The texts of one language, by key: `wizard.back`.
#[derive(Clone, Debug, PartialEq)]
pub struct Texts {
    language: Language,
    texts: BTreeMap<String, String>,
}

impl Texts {
    pub fn new(language: Language, texts: BTreeMap<String, String>) -> Self {
        Self { language, texts }
    }

    pub fn language(&self) -> Language {
        self.language
    }

    /// The text of `key`. A key that does not exist shows itself; a test makes sure of all.
    pub fn get<'t>(&'t self, key: &'t str) -> &'t str {
        self.texts.get(key).map_or(key, String::as_str)
    }

    /// The text of `key` with each `{name}` replaced by its value.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        values.iter().fold(self.get(key).to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
    }

    /// The text of `key` for the number `n`, which stands where the text says `{n}`.
    pub fn count(&self, key: &str, n: u64) -> String {
        let form = format!("{key}.{}", plural::category(self.language, n));
        self.fill(&form, &[("n", &n.to_string())])
    }

    /// The texts whose keys begin with one of `sections`, for the browser.
    pub fn sections(&self, sections: &[&str]) -> BTreeMap<String, String> {
        let is_wanted = |key: &str| key.split('.').next().is_some_and(|section| sections.contains(&section));
        self.texts.iter().filter(|(key, _)| is_wanted(key)).map(|(k, t)| (k.clone(), t.clone())).collect()
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.texts.iter().map(|(key, text)| (key.as_str(), text.as_str()))
    }
}
