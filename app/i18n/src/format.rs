//! Dates, times, numbers and lists as each language writes them.

use jiff::Zoned;
use jiff::civil::Date;
use jiff::tz::Offset;

use crate::{Language, plural};

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

/// A date with the time of day: `3 May 1991 at 14:05 (UTC+2)`.
pub fn date_time(at: &Zoned, language: Language) -> String {
    let at_clock = match language {
        Language::En => " at ",
        Language::Sv => " klockan ",
        Language::Ar => "، الساعة ",
    };
    format!("{}{at_clock}{}", date(at.date(), language), time(at, language))
}

/// A time of day to the minute, with its zone: `14:05 (UTC+2)`. Those who read it live anywhere, and
/// would take a bare time to be their own.
pub fn time(at: &Zoned, language: Language) -> String {
    let point = if language == Language::Sv { '.' } else { ':' };
    format!("{:02}{point}{:02}\u{a0}({})", at.hour(), at.minute(), zone(at.offset()))
}

/// How far a zone is ahead of universal time, which needs no translation: `UTC+2`, `UTC−3:30`.
fn zone(offset: Offset) -> String {
    let minutes = offset.seconds() / 60;
    let sign = match minutes {
        0 => return "UTC".to_owned(),
        1.. => '+',
        _ => '\u{2212}',
    };
    match (minutes.abs() / 60, minutes.abs() % 60) {
        (hours, 0) => format!("UTC{sign}{hours}"),
        (hours, minutes) => format!("UTC{sign}{hours}:{minutes:02}"),
    }
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

/// An amount in hundredths with its currency: `SEK 1,234.50`, `1 234,50 kronor`, `90 يورو`.
pub fn money(hundredths: i64, currency: &str, language: Language) -> String {
    let whole = number(hundredths / 100, language);
    let point = if language == Language::Sv { ',' } else { '.' };
    let amount = match hundredths.unsigned_abs() % 100 {
        0 => whole,
        cents => format!("{whole}{point}{cents:02}"),
    };
    match language {
        Language::En => format!("{currency}\u{a0}{amount}"),
        Language::Sv | Language::Ar => format!("{amount}\u{a0}{}", currency_name(hundredths, currency, language)),
    }
}

/// The name that goes with an amount; a currency whose name is not known here goes by its code.
fn currency_name(hundredths: i64, currency: &str, language: Language) -> &str {
    let whole = (hundredths % 100 == 0).then(|| plural::category(language, hundredths.unsigned_abs() / 100));
    match (language, currency, whole) {
        (Language::Sv, "EUR", _) => "euro",
        (Language::Sv, "SEK", Some("one")) => "krona",
        (Language::Sv, "SEK", _) => "kronor",
        (Language::Ar, "EUR", _) => "يورو",
        (Language::Ar, "SEK", Some("few")) => "كرونات سويدية",
        (Language::Ar, "SEK", _) => "كرونة سويدية",
        _ => currency,
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
    }

    #[test]
    fn a_time_of_day_says_in_which_zone_it_is() {
        let at = |offset: Offset| day(1991, 5, 3).at(14, 5, 0, 0).to_zoned(offset.to_time_zone()).unwrap();
        let swedish = at(Offset::constant(2));
        assert_eq!(
            Language::ALL.map(|language| date_time(&swedish, language)),
            [
                "3 May 1991 at 14:05\u{a0}(UTC+2)",
                "3 maj 1991 klockan 14.05\u{a0}(UTC+2)",
                "3 مايو 1991، الساعة 14:05\u{a0}(UTC+2)"
            ]
        );
        let west = Offset::from_seconds(-(3 * 3_600 + 1_800)).unwrap();
        assert_eq!(time(&at(west), Language::En), "14:05\u{a0}(UTC\u{2212}3:30)");
        assert_eq!(time(&at(Offset::UTC), Language::En), "14:05\u{a0}(UTC)");
    }

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(number(1_234_567, Language::En), "1,234,567");
        assert_eq!(number(-999, Language::En), "\u{2212}999");
        assert_eq!(number(0, Language::Sv), "0");
    }

    #[test]
    fn each_language_writes_amounts_its_own_way() {
        let euros = Language::ALL.map(|language| money(9_000, "EUR", language));
        assert_eq!(euros, ["EUR\u{a0}90", "90\u{a0}euro", "90\u{a0}يورو"]);
        assert_eq!(money(123_450, "SEK", Language::En), "SEK\u{a0}1,234.50");
        assert_eq!(money(123_450, "SEK", Language::Sv), "1\u{a0}234,50\u{a0}kronor");
        assert_eq!(money(100, "SEK", Language::Sv), "1\u{a0}krona");
        assert_eq!(money(500, "SEK", Language::Ar), "5\u{a0}كرونات سويدية");
        assert_eq!(money(9_000, "CHF", Language::Ar), "90\u{a0}CHF");
    }

    #[test]
    fn the_last_of_a_list_is_joined_by_and() {
        assert_eq!(list(&["a", "b", "c"], Language::En), "a, b and c");
        assert_eq!(list(&["a"], Language::Sv), "a");
    }
}
