//! Dates, times, numbers and lists as each language writes them.

use jiff::civil::{Date, DateTime};

use crate::Language;

const EN_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const SV_MONTHS: [&str; 12] = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
];
const AR_MONTHS: [&str; 12] =
    ["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"];

/// `3 May 1991`, `3 maj 1991`, `3 مايو 1991`.
pub fn date(date: Date, language: Language) -> String {
    let months = match language {
        Language::En => EN_MONTHS,
        Language::Sv => SV_MONTHS,
        Language::Ar => AR_MONTHS,
    };
    let month = usize::try_from(date.month() - 1).ok().and_then(|index| months.get(index)).unwrap_or(&"");
    format!("{} {month} {}", date.day(), date.year())
}

/// A date with the time of day to the minute: `3 May 1991, 14:05`.
pub fn date_time(at: DateTime, language: Language) -> String {
    let comma = if language == Language::Ar { "،" } else { "," };
    let clock = match language {
        Language::Sv => format!("{:02}.{:02}", at.hour(), at.minute()),
        Language::En | Language::Ar => format!("{:02}:{:02}", at.hour(), at.minute()),
    };
    format!("{}{comma} {clock}", date(at.date(), language))
}

/// A whole number with its thousands apart: `1,234,567`, `1 234 567`.
pub fn number(number: i64, language: Language) -> String {
    let digits = number.unsigned_abs().to_string();
    let separator = match language {
        Language::En | Language::Ar => ",",
        Language::Sv => "\u{a0}",
    };
    let first = digits.len() % 3;
    let (head, tail) = digits.split_at(first);
    let groups = tail.as_bytes().chunks(3).filter_map(|group| std::str::from_utf8(group).ok());
    let groups: Vec<&str> = Some(head).filter(|head| !head.is_empty()).into_iter().chain(groups).collect();
    format!("{}{}", if number < 0 { "\u{2212}" } else { "" }, groups.join(separator))
}

/// An amount in hundredths with its currency: `1,234.50 SEK`, `1 234,50 SEK`, `90 EUR`.
pub fn money(hundredths: i64, currency: &str, language: Language) -> String {
    let whole = number(hundredths / 100, language);
    let point = if language == Language::Sv { ',' } else { '.' };
    match hundredths.unsigned_abs() % 100 {
        0 => format!("{whole}\u{a0}{currency}"),
        cents => format!("{whole}{point}{cents:02}\u{a0}{currency}"),
    }
}

/// `tea, coffee and milk`.
pub fn list(items: &[&str], language: Language) -> String {
    let (comma, and) = match language {
        Language::En => (", ", " and "),
        Language::Sv => (", ", " och "),
        Language::Ar => ("، ", " و"),
    };
    match items {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{}{and}{last}", first.join(comma)),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date as day;

    use super::*;

    #[test]
    fn each_language_writes_dates_its_own_way() {
        let born = day(1991, 5, 3);
        assert_eq!(Language::ALL.map(|language| date(born, language)), ["3 May 1991", "3 maj 1991", "3 مايو 1991"]);
        assert_eq!(date_time(born.at(14, 5, 0, 0), Language::Sv), "3 maj 1991, 14.05");
    }

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(number(1_234_567, Language::En), "1,234,567");
        assert_eq!(number(-999, Language::En), "\u{2212}999");
        assert_eq!(number(0, Language::Sv), "0");
        assert_eq!(money(123_450, "SEK", Language::Sv), "1\u{a0}234,50\u{a0}SEK");
        assert_eq!(money(9000, "EUR", Language::En), "90\u{a0}EUR");
    }

    #[test]
    fn the_last_of_a_list_is_joined_by_and() {
        assert_eq!(list(&["a", "b", "c"], Language::En), "a, b and c");
        assert_eq!(list(&["a"], Language::Sv), "a");
    }
}
