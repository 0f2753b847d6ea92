//! Personal identity numbers and coordination numbers.

use domain::identity_number::{IdentityNumber, IdentityNumberProblem};
use jiff::civil::{Date, date};
use proptest::prelude::*;

const TODAY: Date = date(2026, 11, 22);

fn parse(text: &str) -> Result<String, IdentityNumberProblem> {
    IdentityNumber::parse(text, TODAY).map(|number| number.to_string())
}

fn is_right(text: &str) -> bool {
    parse(text).is_ok()
}

/// The check digit, worked out by the book: every other product, digit sums, up to the next ten.
fn with_check_digit(nine: &str) -> String {
    let sum: u32 = nine
        .chars()
        .filter_map(|c| c.to_digit(10))
        .zip([2, 1].into_iter().cycle())
        .map(|(digit, factor)| digit * factor / 10 + digit * factor % 10)
        .sum();
    format!("{nine}{}", (10 - sum % 10) % 10)
}

#[test]
fn a_number_is_read_however_it_is_written() {
    for text in [
        "19121212-1212",
        "191212121212",
        "121212+1212",
        " 19 12 12 12 - 12 12 ",
        "1912-12-12-1212",
        "19121212\u{2013}1212",
        "１９１２１２１２－１２１２",
        "１２１２１２＋１２１２",
        "\u{200E}19121212-1212\u{202C}",
    ] {
        assert_eq!(parse(text), Ok("19121212-1212".to_owned()), "{text}");
    }
}

#[test]
fn what_is_no_number_is_refused_with_a_reason() {
    use IdentityNumberProblem::*;
    for (text, problem) in [
        ("", Shape),
        ("1212", Shape),
        ("12121212121", Shape),
        ("1912121212123", Shape),
        ("19121212-121A", Shape),
        ("1912+1212-1212", Shape),
        ("++++++++++", Shape),
        ("٪٪٪٪٪٪٪٪٪٪", Shape),
        ("19121312-1211", NoSuchDay),
        ("19110229-1218", NoSuchDay),
        ("19120012-1215", NoSuchDay),
        ("16121212-1212", NoSuchDay),
        ("20991212-1216", InFuture),
        ("20261123-1216", InFuture),
        ("19121212-0007", Serial),
        ("19121212-1213", CheckDigit),
    ] {
        assert_eq!(parse(text), Err(problem), "{text}");
    }
}

#[test]
fn without_a_century_a_person_is_under_a_hundred_today() {
    for (date, full) in [
        ("261122", "20261122"),
        ("261123", "19261123"),
        ("270101", "19270101"),
        ("000229", "20000229"),
        ("991231", "19991231"),
    ] {
        let short = with_check_digit(&format!("{date}239"));
        let full = format!("{full}-{}", &short[6..]);
        assert_eq!(parse(&short), Ok(full), "{short}");
    }
}

#[test]
fn a_leap_day_is_not_moved_to_a_century_without_one() {
    assert_eq!(parse("000229-2399"), Ok("20000229-2399".to_owned()));
    assert_eq!(parse("000229+2399"), Err(IdentityNumberProblem::NoSuchDay));
}

#[test]
fn a_plus_sign_says_a_hundred_years_or_more() {
    for (date, full) in [("261122", "19261122"), ("251122", "19251122"), ("261231", "19261231"), ("270101", "18270101")]
    {
        let ten = with_check_digit(&format!("{date}239"));
        let text = format!("{}+{}", &ten[..6], &ten[6..]);
        assert_eq!(parse(&text), Ok(format!("{full}-{}", &ten[6..])), "{text}");
    }
}

#[test]
fn a_coordination_number_need_not_hold_a_real_date() {
    for (date, born) in [
        ("701063", Some(date(1970, 10, 3))),
        ("700063", None),
        ("701060", None),
        ("700060", None),
        ("700491", None),
        ("700290", None),
        ("000289", Some(date(2000, 2, 29))),
    ] {
        let text = with_check_digit(&format!("{date}239"));
        let number = IdentityNumber::parse(&text, TODAY).expect(&text);
        assert!(number.is_coordination(), "{text}");
        assert_eq!(number.birth_date(), born, "{text}");
    }
    assert_eq!(parse("701063-2391"), Ok("19701063-2391".to_owned()));
}

#[test]
fn a_coordination_numbers_check_digit_goes_over_the_day_as_written() {
    assert!(is_right("19701063-2391"));
    assert_eq!(parse("19701003-2391"), Err(IdentityNumberProblem::CheckDigit));
}

#[test]
fn interim_numbers_are_refused() {
    let vectors: Vec<serde_json::Value> = serde_json::from_str(include_str!("data/interim.json")).expect("test data");
    assert!(!vectors.is_empty());
    for vector in vectors {
        for form in ["long_format", "short_format", "separated_format", "separated_long"] {
            let text = vector[form].as_str().expect(form);
            // The one invalid vector has a letter that interim numbers do not use.
            let expected = match vector["valid"].as_bool() {
                Some(true) => IdentityNumberProblem::Interim,
                _ => IdentityNumberProblem::Shape,
            };
            assert_eq!(parse(text), Err(expected), "{text}");
        }
    }
}

#[test]
fn organisation_numbers_are_refused() {
    let vectors: Vec<serde_json::Value> = serde_json::from_str(include_str!("data/orgnumber.json")).expect("test data");
    assert!(!vectors.is_empty());
    for vector in vectors {
        for form in ["short_format", "separated_format"] {
            let text = vector[form].as_str().expect(form);
            assert_eq!(parse(text), Err(IdentityNumberProblem::NoSuchDay), "{text}");
        }
    }
}

#[test]
fn debug_output_says_nothing_about_the_person() {
    let number = IdentityNumber::parse("19121212-1212", TODAY).expect("a test number");
    assert!(!format!("{number:?}").contains("12"));
}

/// A right number of a person or a coordination number, in twelve digits.
fn numbers() -> impl Strategy<Value = String> {
    let personal = (1900i16..=2025, 1i8..=12, 1i8..=28).prop_map(|(year, month, day)| (year, month, day));
    let coordination = (1900i16..=2025, 0i8..=12, 60i8..=91);
    (prop_oneof![personal, coordination], 1u16..=999).prop_map(|((year, month, day), serial)| {
        let nine = format!("{:02}{month:02}{day:02}{serial:03}", year % 100);
        format!("{:02}{}", year / 100, with_check_digit(&nine))
    })
}

proptest! {
    #[test]
    fn a_right_number_is_shown_with_century_and_hyphen_and_read_back(text in numbers()) {
        let shown = parse(&text).expect("a right number");
        prop_assert_eq!(&shown, &format!("{}-{}", &text[..8], &text[8..]));
        prop_assert_eq!(parse(&shown), Ok(shown.clone()));
    }

    /// The check digit does not cover the century, so that is left out here.
    #[test]
    fn a_wrong_digit_is_noticed(text in numbers(), place in 2usize..12, by in 1u8..10) {
        let mut digits = text.into_bytes();
        digits[place] = b'0' + (digits[place] - b'0' + by) % 10;
        let wrong = String::from_utf8(digits).expect("digits");
        prop_assert!(!is_right(&wrong));
    }

    /// The Luhn sum does not change when 0 and 9 change places: the one swap it cannot catch.
    #[test]
    fn two_swapped_neighbours_are_noticed_but_for_nought_and_nine(text in numbers(), place in 0usize..11) {
        let mut digits = text.into_bytes();
        let pair = [digits[place].min(digits[place + 1]), digits[place].max(digits[place + 1])];
        prop_assume!(pair[0] != pair[1] && pair != *b"09");
        digits.swap(place, place + 1);
        let wrong = String::from_utf8(digits).expect("digits");
        prop_assert!(!is_right(&wrong));
    }

    #[test]
    fn no_text_panics(text in ".{0,30}", digits in "[0-9+-]{8,14}", year in 1i16..=9999) {
        let _ = IdentityNumber::parse(&text, date(year, 1, 1));
        let _ = IdentityNumber::parse(&digits, date(year, 12, 31));
    }

    #[test]
    fn the_short_form_is_the_same_person_while_under_a_hundred(text in numbers(), year in 1930i16..=2026) {
        let today = date(year, 6, 15);
        let number = IdentityNumber::parse(&text, today);
        prop_assume!(number.is_ok_and(|it| it.birth_date().is_some_and(|born| domain::date::age_on(born, today).is_some_and(|age| age < 100))));
        prop_assert_eq!(IdentityNumber::parse(&text[2..], today), number);
    }
}
