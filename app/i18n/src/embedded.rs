//! The translation files, built in.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::{Language, Texts};

type Files = [(&'static str, &'static str); SECTIONS.len()];

macro_rules! sections {
    ($($section:literal),* $(,)?) => {
        /// The translation files of each language, one for each part of the service.
        pub(crate) const SECTIONS: &[&str] = &[$($section),*];
        const EN: Files = [$(($section, include_str!(concat!("../texts/en/", $section, ".toml")))),*];
        const SV: Files = [$(($section, include_str!(concat!("../texts/sv/", $section, ".toml")))),*];
        const AR: Files = [$(($section, include_str!(concat!("../texts/ar/", $section, ".toml")))),*];
    };
}

sections!("accounts", "common", "demo", "error", "mail", "my", "problem", "service", "wizard");

static TEXTS: LazyLock<[Texts; 3]> = LazyLock::new(|| Language::ALL.map(read));

static COUNTRIES: LazyLock<[Vec<(String, String)>; 3]> = LazyLock::new(|| {
    Language::ALL.map(|language| {
        let file = match language {
            Language::En => include_str!("../countries/en.json"),
            Language::Sv => include_str!("../countries/sv.json"),
            Language::Ar => include_str!("../countries/ar.json"),
        };
        // The file is part of the program: it reads in every run or, as the test would say, in none.
        serde_json::from_str(file).expect("a test reads the built-in lists of countries")
    })
});

impl Texts {
    /// All texts of a language.
    pub fn of(language: Language) -> &'static Self {
        &TEXTS[language as usize]
    }
}

impl Language {
    /// Code and name of every country, in the order of the language, stateless and unknown last.
    pub fn countries(self) -> &'static [(String, String)] {
        &COUNTRIES[self as usize]
    }
}

fn read(language: Language) -> Texts {
    let files = match language {
        Language::En => EN,
        Language::Sv => SV,
        Language::Ar => AR,
    };
    let mut texts = BTreeMap::new();
    for (section, file) in files {
        // Part of the program, like the lists of countries.
        let table: toml::Table = file.parse().expect("a test reads the built-in translations");
        flatten(section, table, &mut texts);
    }
    Texts::new(language, texts)
}

fn flatten(prefix: &str, table: toml::Table, texts: &mut BTreeMap<String, String>) {
    for (name, value) in table {
        let key = format!("{prefix}.{name}");
        match value {
            toml::Value::Table(inner) => flatten(&key, inner, texts),
            toml::Value::String(text) => {
                texts.insert(key, text);
            }
            _ => {}
        }
    }
}
