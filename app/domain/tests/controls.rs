//! Which control of a question somebody is led to, and which questions a form did not have.

use std::collections::BTreeSet;

use domain::answers::Answers;
use domain::form::{Form, Kind};
use domain::journey::Journey;

#[expect(dead_code, reason = "shared with the tests over generated forms")]
mod generated;
use generated::{TODAY, form, group, page, question};

fn all() -> Form {
    let choices = || vec!["a".to_owned(), "b".to_owned(), "c".to_owned()];
    form(vec![page(
        "p",
        vec![
            question("one", Kind::OneOf { choices: choices() }),
            question("some", Kind::SeveralOf { choices: choices() }),
            question("day", Kind::Date { earliest: None, latest: None }),
            group("rows", vec![question("name", Kind::Text { max: 9 })], 0, 9),
        ],
    )])
}

fn control(field: &str, answers: &[(&str, &str)]) -> String {
    let form = all();
    let answers: Answers = answers.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    let journey = Journey::of(&form, &answers, TODAY);
    journey.stops[0].question(field).map(|asked| asked.control(&answers)).unwrap_or_default()
}

#[test]
fn of_choices_it_is_the_one_that_is_chosen() {
    assert_eq!(control("one", &[]), "one");
    assert_eq!(control("one", &[("one", "a")]), "one");
    assert_eq!(control("one", &[("one", "c")]), "one:c");
    assert_eq!(control("some", &[("some", "c\nb")]), "some:b");
    assert_eq!(control("one", &[("one", "no such choice")]), "one");
}

#[test]
fn of_a_date_it_is_the_first_part_that_is_missing_or_wrong() {
    assert_eq!(control("day", &[]), "day-day");
    assert_eq!(control("day", &[("day-day", "1")]), "day-month");
    assert_eq!(control("day", &[("day-day", "1"), ("day-month", "2"), ("day-year", "91")]), "day-year");
    assert_eq!(control("day", &[("day-day", "1"), ("day-month", "2"), ("day-year", "1991")]), "day-day");
}

#[test]
fn of_a_group_it_is_the_first_row_and_without_one_the_button_that_adds_one() {
    assert_eq!(control("rows", &[]), "rows");
    assert_eq!(control("rows", &[("rows", "k1\nk2")]), "rows.k1");
    assert_eq!(control("rows.k2.name", &[("rows", "k1\nk2")]), "rows.k2.name");
}

#[test]
fn a_question_was_not_in_a_form_that_lacks_one_of_its_controls() {
    let form = all();
    let answers: Answers = [("rows".to_owned(), "k1\nk2".to_owned())].into_iter().collect();
    let journey = Journey::of(&form, &answers, TODAY);
    let missing = |controls: &[&str]| -> Vec<String> {
        let controls: BTreeSet<String> = controls.iter().map(|name| (*name).to_owned()).collect();
        journey.stops[0].missing_in(&controls).iter().map(|asked| asked.field.clone()).collect()
    };
    let date = ["day-day", "day-month", "day-year"];
    assert_eq!(missing(&[&["one", "some", "rows", "rows.k1.name", "rows.k2.name"], &date[..]].concat()), [""; 0]);
    assert_eq!(missing(&[&["one", "rows", "rows.k1.name"], &date[..]].concat()), ["some", "rows.k2.name"]);
    assert_eq!(missing(&["one", "some", "day-day"]), ["day", "rows"]);
}
