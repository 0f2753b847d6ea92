use crate::Language;

/// The plural category of a whole number, by the rules of CLDR for the three languages.
/// Source: Unicode CLDR, Language Plural Rules, cardinals, <https://cldr.unicode.org>.
pub(crate) fn category(language: Language, n: u64) -> &'static str {
    match (language, n) {
        (Language::En | Language::Sv, 1) => "one",
        (Language::En | Language::Sv, _) => "other",
        (Language::Ar, 0) => "zero",
        (Language::Ar, 1) => "one",
        (Language::Ar, 2) => "two",
        (Language::Ar, _) => match n % 100 {
            3..=10 => "few",
            11..=99 => "many",
            _ => "other",
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arabic_has_six_forms() {
        let forms = [0, 1, 2, 3, 11, 100].map(|n| category(Language::Ar, n));
        assert_eq!(forms, ["zero", "one", "two", "few", "many", "other"]);
    }

    #[test]
    fn english_and_swedish_have_two() {
        assert_eq!([0, 1, 2].map(|n| category(Language::En, n)), ["other", "one", "other"]);
        assert_eq!([0, 1, 2].map(|n| category(Language::Sv, n)), ["other", "one", "other"]);
    }
}
