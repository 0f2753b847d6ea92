//! What people type, kind by kind: what is taken and what is wrong with the rest.

#[expect(dead_code, reason = "shared with the tests over generated forms")]
mod generated;

use domain::condition::Scope;
use domain::country::{CODES, is_country};
use domain::email::{comparable, is_email};
use domain::form::Kind;
use domain::identity_number::IdentityNumberProblem;
use domain::ids::{ApplicationId, NotAnId};
use domain::journey::Journey;
use domain::money::typed_amount;
use domain::passport::passport_number;
use domain::phone::typed_phone;
use domain::problem::{FieldProblem, Problem};
use domain::shown::{Shown, shown};
use domain::state::{FeeState, State};
use domain::validate::problem;
use generated::{TODAY, form, group, page, question, typed};
use jiff::civil::date;

fn wrong(kind: Kind, text: &str) -> Option<Problem> {
    let answers = typed(&[("q", text)]);
    problem(&question("q", kind), "q", Scope { answers: &answers, asked: &["q".to_owned()], row: None, today: TODAY })
}

fn choices() -> Vec<String> {
    vec!["a".to_owned(), "b".to_owned()]
}

#[test]
fn a_phone_number_is_stored_with_its_country_code() {
    for text in [
        "+46701740605",
        "+46 70 174 06 05",
        "+46 (0)70-174 06 05",
        "0046 70 1740605",
        "＋４６ ７０１７４０６０５",
        "\u{202A}+46 70\u{A0}174 06 05\u{202C}",
        "+\u{664}\u{666} 70 174 06 05",
        "+46.70.174/06/05",
    ] {
        assert_eq!(typed_phone(text).as_deref(), Some("+46701740605"), "{text}");
    }
    for text in
        ["", "070-174 06 05", "+46", "+0701740605", "+46701740605123456", "+46 70 174 06 0x", "++46701740605", "anna"]
    {
        assert_eq!(typed_phone(text), None, "{text}");
    }
}

#[test]
fn an_amount_is_read_with_comma_or_point_and_grouping_spaces() {
    for (text, hundredths) in [
        ("12", 1200),
        ("12,5", 1250),
        ("12.50", 1250),
        ("1 234 567,89", 123_456_789),
        ("1\u{A0}000", 100_000),
        ("0", 0),
        ("007", 700),
        ("١٢٫٥", 1250),
        ("999999999999,99", 99_999_999_999_999),
    ] {
        assert_eq!(typed_amount(text), Some(hundredths), "{text}");
    }
    for text in ["", ",5", "12,345", "1,234.50", "-5", "5 €", "1000000000000", "1e3", "12,-"] {
        assert_eq!(typed_amount(text), None, "{text}");
    }
}

#[test]
fn a_passport_number_has_six_to_nine_letters_and_digits() {
    for (text, number) in
        [("ab123456", "AB123456"), ("AB 123-456", "AB123456"), ("１２３４５６", "123456"), ("L898902C3", "L898902C3")]
    {
        assert_eq!(passport_number(text).as_deref(), Some(number), "{text}");
    }
    for text in ["", "AB123", "AB12345678", "ÅB123456", "AB1234<<", "AB123456?"] {
        assert_eq!(passport_number(text), None, "{text}");
    }
}

#[test]
fn an_address_has_a_name_an_at_sign_and_a_domain_with_a_dot() {
    for text in ["anna@example.com", "a.b+c@sub.example.com", "åsa@exämple.se", "o'neil@example.ie"] {
        assert!(is_email(text), "{text}");
    }
    let long = format!("{}@{}.com", "a".repeat(60), "b.".repeat(100));
    for text in [
        "",
        "anna",
        "anna@",
        "@example.com",
        "anna@example",
        "anna@@example.com",
        "anna example@example.com",
        "anna@example.com.",
        "Anna <anna@example.com>",
        "anna@[127.0.0.1]",
        "anna@exa mple.com",
        "anna@example.com\nbo@example.com",
        &long,
    ] {
        assert!(!is_email(text), "{text}");
    }
}

#[test]
fn addresses_are_compared_without_regard_to_case_and_spelling_of_the_domain() {
    for text in
        ["anna@bücher.example", " Anna@BÜCHER.example ", "anna@bu\u{308}cher.example", "anna@xn--bcher-kva.example"]
    {
        assert_eq!(comparable(text), "anna@xn--bcher-kva.example", "{text}");
    }
    assert_eq!(comparable("Not an address"), "not an address");
    assert_ne!(comparable("anna@example.com"), comparable("anna@example.org"));
}

#[test]
fn countries_are_sorted_codes_with_stateless_and_unknown() {
    assert!(CODES.is_sorted() && CODES.iter().all(|code| code.len() == 2));
    assert!(["SE", "XK", "XXA", "XXX"].into_iter().all(is_country));
    assert!(["", "se", "EU", "ZZ", "SWE"].into_iter().all(|code| !is_country(code)));
}

#[test]
fn text_may_be_as_long_as_allowed_and_the_rest_is_counted() {
    assert_eq!(wrong(Kind::Text { max: 4 }, "Åsa🦊"), None);
    assert_eq!(wrong(Kind::LongText { max: 4 }, "Åsa🦊!!"), Some(Problem::TooLong { max: 4, over: 2 }));
    assert_eq!(wrong(Kind::LongText { max: 3 }, "a\r\nb"), None);
}

#[test]
fn a_number_is_whole_and_within_its_limits() {
    let number = |text| wrong(Kind::Number { min: Some(1), max: Some(2000) }, text);
    for text in ["1", "2000", " 2 000 ", "２"] {
        assert_eq!(number(text), None, "{text}");
    }
    for (text, expected) in [
        ("0", Problem::TooSmall(1)),
        ("-1", Problem::TooSmall(1)),
        ("2001", Problem::TooLarge(2000)),
        ("1,5", Problem::NotNumber),
        ("one", Problem::NotNumber),
        ("99999999999999999999", Problem::NotNumber),
    ] {
        assert_eq!(number(text), Some(expected), "{text}");
    }
}

#[test]
fn only_what_a_question_offers_can_be_chosen() {
    for (kind, right, other) in [
        (Kind::YesNo, "no", "maybe"),
        (Kind::OneOf { choices: choices() }, "a", "a\nb"),
        (Kind::SeveralOf { choices: choices() }, "a\nb", "a\nc"),
        (Kind::Country, "SE", "Sweden"),
    ] {
        assert_eq!(wrong(kind.clone(), right), None);
        assert_eq!(wrong(kind, other), Some(Problem::NotOffered));
    }
}

#[test]
fn a_required_question_is_missing_while_there_are_only_spaces() {
    for kind in
        [Kind::Text { max: 9 }, Kind::Email, Kind::YesNo, Kind::SeveralOf { choices: choices() }, Kind::IdentityNumber]
    {
        assert_eq!(wrong(kind.clone(), ""), Some(Problem::Missing));
        assert_eq!(wrong(kind, " \n"), Some(Problem::Missing));
    }
    assert_eq!(wrong(Kind::Declaration, ""), Some(Problem::NotAccepted));
    assert_eq!(wrong(Kind::Declaration, "yes"), None);
}

#[test]
fn an_optional_question_may_be_empty_but_not_wrong() {
    let judge = |text| {
        let answers = typed(&[("q", text)]);
        let question = domain::form::Question { optional: true, ..question("q", Kind::Email) };
        problem(&question, "q", Scope { answers: &answers, asked: &["q".to_owned()], row: None, today: TODAY })
    };
    assert_eq!((judge(""), judge("anna")), (None, Some(Problem::NotEmail)));
}

#[test]
fn every_kind_names_its_own_problem() {
    for (kind, text, expected) in [
        (Kind::Email, "anna", Problem::NotEmail),
        (Kind::Phone, "070", Problem::NotPhone),
        (Kind::Money { currency: "EUR".to_owned() }, "much", Problem::NotMoney),
        (Kind::PassportNumber, "1", Problem::NotPassportNumber),
        (Kind::IdentityNumber, "19121212-1213", Problem::IdentityNumber(IdentityNumberProblem::CheckDigit)),
    ] {
        assert_eq!(wrong(kind, text), Some(expected));
    }
}

#[test]
fn a_date_stays_within_limits_that_depend_on_other_answers() {
    let rule = |text: &str| Some(text.parse().expect(text));
    let form = form(vec![page(
        "trip",
        vec![
            question("arrival", Kind::Date { earliest: rule("today"), latest: None }),
            question("departure", Kind::Date { earliest: rule("arrival"), latest: rule("arrival + 90 days") }),
        ],
    )]);
    let problems = |arrival: (&str, &str, &str), departure: (&str, &str, &str)| {
        let answers = typed(&[
            ("arrival-day", arrival.0),
            ("arrival-month", arrival.1),
            ("arrival-year", arrival.2),
            ("departure-day", departure.0),
            ("departure-month", departure.1),
            ("departure-year", departure.2),
        ]);
        let journey = Journey::of(&form, &answers, TODAY);
        journey.stops[0].problems.iter().map(|found| (found.control(), found.problem.clone())).collect::<Vec<_>>()
    };
    assert_eq!(problems(("22", "11", "2026"), ("22", "11", "2026")), []);
    assert_eq!(problems(("1", "12", "2026"), ("1", "3", "2027")), []);
    assert_eq!(
        problems(("21", "11", "2026"), ("22", "11", "2026")),
        [("arrival-day".to_owned(), Problem::TooEarly(TODAY))]
    );
    assert_eq!(
        problems(("1", "12", "2026"), ("2", "3", "2027")),
        [("departure-day".to_owned(), Problem::TooLate(date(2027, 3, 1)))]
    );
    assert_eq!(
        problems(("", "", ""), ("2", "", "2027")),
        [
            ("arrival-day".to_owned(), Problem::Missing),
            ("departure-month".to_owned(), Problem::Date(domain::date::DateProblem::MonthMissing)),
        ]
    );
}

#[test]
fn a_group_has_as_many_rows_as_it_should() {
    let form = form(vec![page("a", vec![group("children", vec![question("name", Kind::Text { max: 9 })], 2, 2)])]);
    let problems = |rows: &str| {
        let answers = typed(&[
            ("children", rows),
            ("children.k1.name", "a"),
            ("children.k2.name", "b"),
            ("children.k3.name", "c"),
        ]);
        Journey::of(&form, &answers, TODAY).stops[0].problems.clone()
    };
    let of_group = |problem| {
        vec![FieldProblem { field: "children".to_owned(), key: "children".to_owned(), is_date: false, problem }]
    };
    assert_eq!(problems("k1"), of_group(Problem::TooFewRows(2)));
    assert_eq!(problems("k1\nk2"), []);
    assert_eq!(problems("k1\nk2\nk3"), of_group(Problem::TooManyRows(2)));
}

#[test]
fn the_review_shows_answers_as_they_were_understood() {
    let show = |kind: Kind, fields: &[(&str, &str)]| {
        let form = form(vec![page("a", vec![question("q", kind)])]);
        let answers = typed(fields);
        let journey = Journey::of(&form, &answers, TODAY);
        shown(&journey.stops[0].asked[0], &answers, TODAY)
    };
    let text = |text: &str| Shown::Text(text.to_owned());
    assert_eq!(show(Kind::Text { max: 9 }, &[("q", " Bo ")]), text("Bo"));
    assert_eq!(show(Kind::Text { max: 9 }, &[]), Shown::Nothing);
    assert_eq!(show(Kind::IdentityNumber, &[("q", "121212+1212")]), text("19121212-1212"));
    assert_eq!(show(Kind::IdentityNumber, &[("q", "12")]), text("12"));
    assert_eq!(show(Kind::PassportNumber, &[("q", "ab 123456")]), text("AB123456"));
    assert_eq!(
        show(Kind::Money { currency: "EUR".to_owned() }, &[("q", "1 000,5")]),
        Shown::Money { hundredths: 100_050, currency: "EUR".to_owned() }
    );
    assert_eq!(show(Kind::YesNo, &[("q", "no")]), Shown::YesNo(false));
    assert_eq!(
        show(Kind::SeveralOf { choices: choices() }, &[("q", "b\na")]),
        Shown::Choices(vec!["b".to_owned(), "a".to_owned()])
    );
    let date_kind = Kind::Date { earliest: None, latest: None };
    assert_eq!(
        show(date_kind.clone(), &[("q-day", "1"), ("q-month", "2"), ("q-year", "2026")]),
        Shown::Date(date(2026, 2, 1))
    );
    assert_eq!(show(date_kind, &[("q-day", "31"), ("q-month", "2"), ("q-year", "2026")]), text("31 2 2026"));
}

#[test]
fn an_identifier_has_one_spelling() {
    let id: ApplicationId = "000102030405060708090a0b0c0d0e0f".parse().expect("an id");
    assert_eq!(id.to_string(), "000102030405060708090a0b0c0d0e0f");
    for text in [
        "",
        "0",
        "000102030405060708090A0B0C0D0E0F",
        "+00102030405060708090a0b0c0d0e0f",
        "000102030405060708090a0b0c0d0e0f0",
    ] {
        assert_eq!(text.parse::<ApplicationId>(), Err(NotAnId), "{text}");
    }
}

#[test]
fn a_submitted_application_stays_submitted() {
    assert!(State::Draft.may_become(State::Submitted));
    assert!(!State::Submitted.may_become(State::Draft) && !State::Submitted.may_become(State::Submitted));
    for state in [State::Draft, State::Submitted] {
        assert_eq!(State::from_name(state.as_str()), Some(state));
    }
    for fee in [FeeState::None, FeeState::ToBeInvoiced] {
        assert_eq!(FeeState::from_name(fee.as_str()), Some(fee));
    }
    assert_eq!(State::from_name("paid"), None);
}
