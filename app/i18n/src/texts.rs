use std::collections::BTreeMap;

use crate::{Language, direction, format, plural};

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
        self.fill_in(self.get(key), values)
    }

    /// `text` with each `{name}` replaced by its value. A value keeps its own direction of writing,
    /// whatever stands around it, so translations do nothing about that.
    pub fn fill_in(&self, text: &str, values: &[(&str, &str)]) -> String {
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let found = after.split_once('}').and_then(|(name, after)| {
                values.iter().find(|(each, _)| *each == name).map(|(_, value)| (*value, after))
            });
            rest = match found {
                Some((value, after)) => {
                    filled.push_str(&direction::isolated(value, self.language));
                    after
                }
                None => {
                    filled.push('{');
                    after
                }
            };
        }
        filled + rest
    }

    /// The text of `key` for the number `n`, which stands where the text says `{n}`.
    pub fn count(&self, key: &str, n: u64) -> String {
        self.count_with(key, n, &[])
    }

    /// As [`Self::count`], with more values.
    pub fn count_with(&self, key: &str, n: u64, values: &[(&str, &str)]) -> String {
        let form = format!("{key}.{}", plural::category(self.language, n));
        let number = format::number(i64::try_from(n).unwrap_or(i64::MAX), self.language);
        self.fill(&form, &[&[("n", number.as_str())], values].concat())
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

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(language: Language, text: &str) -> Texts {
        Texts::new(language, BTreeMap::from([("key".to_owned(), text.to_owned())]))
    }

    #[test]
    fn a_value_that_looks_like_a_place_for_another_stays_as_it_is() {
        let values = [("text", "{number} {"), ("number", "7")];
        assert_eq!(texts(Language::En, "{text}: {number} {other}").fill("key", &values), "{number} {: 7 {other}");
    }

    #[test]
    fn a_verification_number_does_not_turn_round_in_arabic() {
        let filled = texts(Language::Ar, "رقم الطلب {number}.").fill("key", &[("number", "10482231-47")]);
        assert_eq!(filled, "رقم الطلب \u{2068}10482231-47\u{2069}.");
    }

    #[test]
    fn what_was_written_in_arabic_does_not_turn_an_english_sentence_round() {
        let english = texts(Language::En, "You wrote {text} (2).");
        assert_eq!(english.fill("key", &[("text", "أنا 1")]), "You wrote \u{2068}أنا 1\u{2069} (2).");
        assert_eq!(english.fill("key", &[("text", "Elif")]), "You wrote Elif (2).");
    }
}
