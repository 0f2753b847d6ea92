//! Conditions, ages and days that depend on other days.

// Only the builders are used here, not the generators.
#[expect(dead_code, reason = "shared with the tests over generated forms")]
mod generated;

use domain::condition::{Condition, Scope};
use domain::date::{DateProblem, DateRule, age_on, typed_date};
use domain::form::{Kind, Question};
use domain::journey::Journey;
use generated::{TODAY, choice, form, group, page, question, typed};
use jiff::civil::date;

fn scope_holds(condition: &Condition, fields: &[(&str, &str)], asked: &[&str]) -> bool {
    let answers = typed(fields);
    let asked: Vec<String> = asked.iter().map(|field| (*field).to_owned()).collect();
    condition.holds(Scope { answers: &answers, asked: &asked, row: None, today: TODAY })
}

fn rule(text: &str) -> DateRule {
    text.parse().expect(text)
}

fn one_of(question: &str, values: &[&str]) -> Condition {
    Condition::OneOf { question: question.to_owned(), values: values.iter().map(|value| (*value).to_owned()).collect() }
}

fn born(day: &'static str, month: &'static str, year: &'static str) -> [(&'static str, &'static str); 3] {
    [("born-day", day), ("born-month", month), ("born-year", year)]
}

#[test]
fn an_answer_that_is_not_asked_counts_as_not_given() {
    let condition = one_of("visa", &["yes"]);
    assert!(scope_holds(&condition, &[("visa", "yes")], &["visa"]));
    assert!(!scope_holds(&condition, &[("visa", "yes")], &[]));
    assert!(scope_holds(&Condition::Not(Box::new(condition)), &[("visa", "yes")], &[]));
}

#[test]
fn of_several_choices_one_is_enough() {
    let condition = one_of("purpose", &["work", "study"]);
    assert!(scope_holds(&condition, &[("purpose", "visit\nstudy")], &["purpose"]));
    assert!(!scope_holds(&condition, &[("purpose", "visit\nstudying")], &["purpose"]));
}

#[test]
fn all_of_nothing_holds_and_any_of_nothing_does_not() {
    assert!(scope_holds(&Condition::All(Vec::new()), &[], &[]));
    assert!(!scope_holds(&Condition::Any(Vec::new()), &[], &[]));
}

#[test]
fn answered_means_more_than_spaces_and_a_whole_date() {
    let answered = |question: &str| Condition::Answered { question: question.to_owned() };
    assert!(!scope_holds(&answered("name"), &[("name", "  ")], &["name"]));
    assert!(scope_holds(&answered("name"), &[("name", "Bo")], &["name"]));
    assert!(!scope_holds(&answered("born"), &born("1", "", "2000"), &["born"]));
    assert!(!scope_holds(&answered("born"), &born("31", "2", "2000"), &["born"]));
    assert!(scope_holds(&answered("born"), &born("1", "2", "2000"), &["born"]));
}

#[test]
fn before_and_after_leave_the_day_itself_out() {
    let before = |text| Condition::Before { question: "born".to_owned(), date: rule(text) };
    let after = |text| Condition::After { question: "born".to_owned(), date: rule(text) };
    let holds = |condition| scope_holds(&condition, &born("1", "6", "2026"), &["born"]);
    assert!(holds(before("2026-06-02")) && !holds(before("2026-06-01")));
    assert!(holds(after("2026-05-31")) && !holds(after("2026-06-01")));
    assert!(holds(before("today")) && holds(after("today - 6 months")));
    assert!(!holds(before("missing")) && !holds(after("missing")));
    assert!(!holds(after("born")) && holds(after("born - 1 day")));
}

#[test]
fn an_age_is_counted_from_birthday_to_birthday() {
    let day = |year, month, day| date(year, month, day);
    for (born, on, age) in [
        (day(2008, 11, 22), TODAY, Some(18)),
        (day(2008, 11, 23), TODAY, Some(17)),
        (TODAY, TODAY, Some(0)),
        (day(2026, 11, 23), TODAY, None),
        (day(2027, 1, 1), TODAY, None),
        (day(2008, 2, 29), day(2026, 2, 28), Some(17)),
        (day(2008, 2, 29), day(2026, 3, 1), Some(18)),
        (day(2008, 2, 29), day(2028, 2, 28), Some(19)),
        (day(2008, 2, 29), day(2028, 2, 29), Some(20)),
        (day(1900, 1, 1), TODAY, Some(126)),
        (day(-9999, 1, 1), day(9999, 12, 31), Some(19998)),
    ] {
        assert_eq!(age_on(born, on), age, "born {born}, on {on}");
    }
}

#[test]
fn an_age_condition_takes_the_first_year_in_and_leaves_the_last_out() {
    let age =
        |from, under, on: Option<&str>| Condition::Age { question: "born".to_owned(), from, under, on: on.map(rule) };
    let holds = |condition| scope_holds(&condition, &born("22", "11", "2008"), &["born"]);
    assert!(holds(age(Some(18), None, None)) && !holds(age(None, Some(18), None)));
    assert!(holds(age(None, Some(18), Some("2026-11-21"))));
    assert!(holds(age(Some(18), Some(19), None)));
    assert!(holds(age(None, None, None)) && !holds(age(None, None, Some("2008-11-21"))));
    assert!(!holds(age(Some(0), None, Some("missing"))));
}

#[test]
fn the_age_limit_as_a_day_and_as_an_age_agree_also_for_leap_days() {
    let answers = typed(&[]);
    for today in [date(2026, 2, 28), date(2026, 3, 1), date(2028, 2, 29), date(2028, 3, 1)] {
        let scope = Scope { answers: &answers, asked: &[], row: None, today };
        let limit = rule("today - 18 years").day(scope).expect("a day");
        for offset in -3..=3 {
            let born = limit.checked_add(jiff::Span::new().days(offset)).expect("a day");
            let is_grown_up = age_on(born, today).is_some_and(|age| age >= 18);
            assert_eq!(born <= limit, is_grown_up, "born {born}, on {today}");
        }
    }
}

#[test]
fn days_are_moved_as_the_calendar_goes() {
    let answers = typed(&[("trip-day", "31"), ("trip-month", "1"), ("trip-year", "2027")]);
    let asked = ["trip".to_owned()];
    let scope = Scope { answers: &answers, asked: &asked, row: None, today: TODAY };
    for (text, day) in [
        ("today", Some(TODAY)),
        ("today + 1 day", Some(date(2026, 11, 23))),
        ("2028-02-29 - 1 years", Some(date(2027, 2, 28))),
        ("trip + 1 months", Some(date(2027, 2, 28))),
        ("trip - 90 days", Some(date(2026, 11, 2))),
        ("missing", None),
        ("today + 65535 years", None),
    ] {
        assert_eq!(rule(text).day(scope), day, "{text}");
    }
}

#[test]
fn a_day_that_cannot_be_read_says_what_is_wrong() {
    for text in [
        "",
        "today +",
        "today + 3",
        "today + 3 weeks",
        "today + three days",
        "today * 3 days",
        "2026-02-30",
        "today + 3 dayss",
    ] {
        let message = text.parse::<DateRule>().err();
        assert!(message.is_some_and(|message| message.contains('`')), "{text}");
    }
}

#[test]
fn a_day_is_written_as_it_is_read() {
    for text in
        ["today", "2026-06-01", "trip.departure", "today - 18 years", "trip.departure + 3 months", "today + 1 days"]
    {
        assert_eq!(String::from(rule(text)), text);
    }
}

#[test]
fn a_typed_date_names_the_part_that_is_wrong() {
    use DateProblem::*;
    for (parts, expected) in [
        (("", "", ""), Ok(None)),
        ((" ", "", " "), Ok(None)),
        (("1", "2", "2026"), Ok(Some(date(2026, 2, 1)))),
        ((" 01 ", "02", "2026"), Ok(Some(date(2026, 2, 1)))),
        (("１", "２", "２０２６"), Ok(Some(date(2026, 2, 1)))),
        (("\u{661}", "\u{662}", "\u{662}\u{660}\u{662}\u{666}"), Ok(Some(date(2026, 2, 1)))),
        (("29", "2", "2024"), Ok(Some(date(2024, 2, 29)))),
        (("29", "2", "2026"), Err(NoSuchDay)),
        (("0", "1", "2026"), Err(NoSuchDay)),
        (("1", "13", "2026"), Err(NoSuchDay)),
        (("+1", "1", "2026"), Err(NoSuchDay)),
        (("1", "May", "2026"), Err(NoSuchDay)),
        (("999", "1", "2026"), Err(NoSuchDay)),
        (("1", "1", "+202"), Err(NoSuchDay)),
        (("1", "1", "-999"), Err(NoSuchDay)),
        (("", "1", "2026"), Err(DayMissing)),
        (("1", "", "2026"), Err(MonthMissing)),
        (("1", "1", ""), Err(YearMissing)),
        (("1", "1", "26"), Err(YearNotFourDigits)),
        (("1", "1", "02026"), Err(YearNotFourDigits)),
    ] {
        assert_eq!(typed_date(parts.0, parts.1, parts.2), expected, "{parts:?}");
    }
}

#[test]
fn a_condition_in_a_row_looks_at_its_own_row_first_and_then_at_the_page() {
    let school = Question { when: Some(one_of("at-school", &["yes"])), ..question("school", Kind::Text { max: 9 }) };
    let visa = Question { when: Some(one_of("together", &["yes"])), ..question("visa", Kind::Text { max: 9 }) };
    let born = question("born", Kind::Date { earliest: None, latest: None });
    let guardian = Question {
        when: Some(Condition::Age { question: "born".to_owned(), from: None, under: Some(18), on: None }),
        ..question("guardian", Kind::Text { max: 9 })
    };
    let form = form(vec![page(
        "a",
        vec![
            choice("together"),
            question("born", Kind::Date { earliest: None, latest: None }),
            group("children", vec![choice("at-school"), school, visa, born, guardian], 0, 9),
        ],
    )]);
    let answers = typed(&[
        ("together", "yes"),
        ("children", "k1\nk2"),
        ("children.k1.at-school", "yes"),
        ("children.k2.at-school", "no"),
        ("born-day", "1"),
        ("born-month", "1"),
        ("born-year", "1980"),
        ("children.k1.born-day", "1"),
        ("children.k1.born-month", "1"),
        ("children.k1.born-year", "2015"),
    ]);
    let journey = Journey::of(&form, &answers, TODAY);
    let rows: Vec<Vec<&str>> = journey.stops[0].asked[2]
        .rows
        .iter()
        .map(|row| row.asked.iter().map(|asked| asked.question.id.as_str()).collect())
        .collect();
    assert_eq!(rows[0], ["at-school", "school", "visa", "born", "guardian"]);
    assert_eq!(rows[1], ["at-school", "visa", "born"]);
}

#[test]
fn a_condition_names_every_question_it_depends_on() {
    let condition = Condition::All(vec![
        one_of("a", &["yes"]),
        Condition::Not(Box::new(Condition::Before { question: "b".to_owned(), date: rule("c + 1 day") })),
        Condition::Age { question: "d".to_owned(), from: None, under: None, on: Some(rule("e")) },
    ]);
    let mut names = Vec::new();
    condition.questions(&mut |name| names.push(name));
    assert_eq!(names, ["a", "b", "c", "d", "e"]);
}
