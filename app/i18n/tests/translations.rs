//! The translations are complete, say the same in every language, and nothing is left over.
#![cfg(feature = "embedded")]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use i18n::{Language, Texts};

const PLURALS: [&str; 6] = [".zero", ".one", ".two", ".few", ".many", ".other"];

fn base(key: &str) -> &str {
    PLURALS.iter().find_map(|form| key.strip_suffix(form)).unwrap_or(key)
}

fn keys(language: Language) -> BTreeSet<String> {
    Texts::of(language).iter().map(|(key, _)| base(key).to_owned()).collect()
}

fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name).collect()
}

#[test]
fn every_language_has_every_text() {
    let english = keys(Language::En);
    for language in [Language::Sv, Language::Ar] {
        let other = keys(language);
        let missing: Vec<_> = english.difference(&other).collect();
        let extra: Vec<_> = other.difference(&english).collect();
        assert!(missing.is_empty() && extra.is_empty(), "{language:?}: missing {missing:?}, extra {extra:?}");
    }
}

#[test]
fn every_language_fills_in_the_same_values() {
    for (key, text) in Texts::of(Language::En).iter() {
        let wanted = placeholders(text);
        for language in [Language::Sv, Language::Ar] {
            let texts = Texts::of(language);
            let found = placeholders(texts.get(key));
            let is_plural = base(key) != key;
            assert!(is_plural || found == wanted, "{language:?} {key}: {found:?} instead of {wanted:?}");
        }
    }
}

#[test]
fn a_plural_has_every_form_that_its_language_needs() {
    for language in Language::ALL {
        let needed: &[&str] = if language == Language::Ar { &PLURALS } else { &[".one", ".other"] };
        let texts = Texts::of(language);
        for (key, _) in texts.iter().filter(|(key, _)| base(key) != *key) {
            for form in needed {
                let form = format!("{}{form}", base(key));
                assert_ne!(texts.get(&form), form, "{language:?} lacks {form}");
            }
        }
    }
}

#[test]
fn no_text_is_empty() {
    for language in Language::ALL {
        for (key, text) in Texts::of(language).iter() {
            assert!(!text.trim().is_empty(), "{language:?} {key}");
        }
    }
}

/// Every Rust source file of the workspace, tests apart.
fn sources() -> Vec<PathBuf> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            let name = entry.file_name();
            if path.is_dir() && !["target", "tests", "node_modules"].iter().any(|skip| name == *skip) {
                walk(&path, found);
            } else if path.extension().is_some_and(|ext| ext == "rs") {
                found.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut found = Vec::new();
    ["app", "server"].iter().for_each(|folder| walk(&root.join(folder), &mut found));
    found
}

/// String literals that look like keys: `"section.name"` with a known section.
fn used_keys() -> BTreeSet<String> {
    let sections: BTreeSet<String> =
        keys(Language::En).iter().filter_map(|key| Some(key.split_once('.')?.0.to_owned())).collect();
    let is_key = |text: &&str| {
        text.split_once('.').is_some_and(|(section, rest)| sections.contains(section) && !rest.is_empty())
            && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '.' || c == '-')
    };
    let mut used = BTreeSet::new();
    for path in sources() {
        let source = fs::read_to_string(&path).unwrap();
        used.extend(source.split('"').filter(is_key).map(str::to_owned));
    }
    used
}

#[test]
fn every_text_that_the_pages_ask_for_exists() {
    let known = keys(Language::En);
    let missing: Vec<_> = used_keys().into_iter().filter(|key| !known.contains(key)).collect();
    assert!(missing.is_empty(), "no text for {missing:?}");
}

#[test]
fn every_text_is_used() {
    let used = used_keys();
    let unused: Vec<_> = keys(Language::En).into_iter().filter(|key| !used.contains(key)).collect();
    assert!(unused.is_empty(), "never asked for: {unused:?}");
}

#[test]
fn every_country_has_a_name_in_every_language() {
    for language in Language::ALL {
        let countries = language.countries();
        assert!(countries.iter().all(|(code, name)| domain::country::is_country(code) && !name.is_empty()));
        assert_eq!(countries.len(), domain::country::CODES.len() + 2, "{language:?}");
    }
}
