//! What a person reads about an answer that cannot be right, and in which row it stands.

use std::collections::{BTreeMap, BTreeSet};

use domain::answers::Answers;
use domain::form::{Form, Kind, Page, Question};
use domain::journey::Journey;
use domain::pack::{FormTexts, Pack, QuestionTexts};
use domain::problem::Problem;
use i18n::{Language, Texts};
use jiff::civil::{Date, date};
use ui::edition::Edition;
use ui::filling::Filling;
use ui::question::questions;
use ui::wording::problem_text;

const TODAY: Date = date(2026, 11, 22);

fn question(id: &str, kind: Kind) -> Question {
    Question { id: id.to_owned(), kind, optional: false, when: None, autocomplete: None }
}

fn words(label: &str, limits: &[(&str, &str)]) -> QuestionTexts {
    let limits = limits.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    QuestionTexts {
        label: label.to_owned(), problem: format!("Answer “{label}”"), limits, ..QuestionTexts::default()
    }
}

/// A passport and earlier visits, written in English, in the interface of `language`.
fn edition(language: Language) -> &'static Edition {
    let visits = Kind::Group {
        questions: vec![question("country", Kind::Country), question("why", Kind::YesNo)],
        min: 1,
        max: 3,
    };
    let questions = vec![
        question("issued", Kind::Date { earliest: "today - 10 years".parse().ok(), latest: None }),
        question("visits", visits),
    ];
    let form = Form {
        service: "visa".to_owned(),
        version: 1,
        keep_days: 14,
        minutes: (5, 10),
        draft_title: Vec::new(),
        fees: Vec::new(),
        pages: vec![Page { id: "trip".to_owned(), when: None, questions }],
    };
    let texts = BTreeMap::from([
        ("issued".to_owned(), words("Issued", &[("earliest", "Issued before {day}: you need a new passport")])),
        ("number".to_owned(), words("Number", &[("min", "From {limit}"), ("max", "{limit}, so {over} too many")])),
        ("visits".to_owned(), QuestionTexts { row: "Visit".to_owned(), ..words("Visits", &[]) }),
        ("visits.country".to_owned(), words("Country", &[])),
        ("visits.why".to_owned(), words("Why", &[])),
    ]);
    let texts =
        FormTexts { language: "en".to_owned(), title: "Visa".to_owned(), questions: texts, ..FormTexts::default() };
    let interface = Texts::of(language).sections(&["wizard", "problem"]);
    Edition::new(Pack { form, texts, interface, countries: Vec::new(), language: language.tag().to_owned() }).keep()
}

/// Does `look` with the page as it shows after Continue was tried.
fn tried<T>(answers: &[(&str, &str)], look: impl FnOnce(&Filling<'_>, &Journey<'static>) -> T) -> T {
    let edition = edition(Language::En);
    let answers: Answers = answers.iter().map(|(field, text)| ((*field).to_owned(), (*text).to_owned())).collect();
    let journey = Journey::of(&edition.pack.form, &answers, TODAY);
    let filling = Filling {
        edition,
        page: "trip",
        answers: &answers,
        journey: &journey,
        tried: &BTreeSet::from(["trip".to_owned()]),
        left: &BTreeSet::new(),
        more: &[],
        taken_out: &[],
        may_remember: true,
        contested: &BTreeMap::new(),
        today: TODAY,
    };
    look(&filling, &journey)
}

#[test]
fn a_date_that_is_refused_says_what_that_means() {
    let early = Problem::TooEarly(date(2016, 11, 22));
    let said = problem_text(edition(Language::En), "issued", &early);
    assert_eq!(said, "Issued before 22 November 2016: you need a new passport");
}

#[test]
fn a_form_without_words_for_a_limit_says_what_every_form_says() {
    let late = Problem::TooLate(date(2026, 11, 22));
    assert_eq!(problem_text(edition(Language::En), "issued", &late), "Enter 22 November 2026 or an earlier day");
    assert_eq!(problem_text(edition(Language::En), "issued", &Problem::Missing), "Answer “Issued”");
}

#[test]
fn a_limit_of_numbers_is_named_with_its_number() {
    let said = |problem: Problem| problem_text(edition(Language::En), "number", &problem);
    assert_eq!(said(Problem::TooLong { max: 1000, over: 7 }), "1,000, so 7 too many");
    assert_eq!(said(Problem::TooLarge(20)), "20, so  too many");
    assert_eq!(said(Problem::TooSmall(2)), "From 2");
    assert_eq!(said(Problem::TooFewRows(2)), "From 2");
}

#[test]
fn words_in_another_language_than_the_page_have_the_limit_in_their_own() {
    let early = Problem::TooEarly(date(2016, 11, 22));
    let said = problem_text(edition(Language::Ar), "issued", &early);
    assert_eq!(said, "Issued before \u{2068}22 November 2016\u{2069}: you need a new passport");
}

#[test]
fn a_problem_in_a_row_names_the_row() {
    let rows = [("visits", "k1\nk2"), ("visits.k1.country", "SE"), ("visits.k1.why", "yes"), ("visits.k2.why", "no")];
    let labels =
        tried(&rows, |filling, _| filling.summary().iter().map(|each| filling.label(each)).collect::<Vec<_>>());
    assert_eq!(labels, ["Issued", "Visit 2: Country"]);
}

#[test]
fn a_group_that_needs_a_row_shows_its_questions_at_once_and_keeps_its_last_row() {
    let html = |answers: &[(&str, &str)]| {
        tried(answers, |filling, journey| {
            questions(filling, &journey.stops[0].asked, &filling.problems()).into_string()
        })
    };
    let opened = html(&[]);
    assert!(opened.contains(r#"name="visits.1.country""#), "{opened}");
    assert!(opened.contains(r#"id="visits.1-remove" hidden"#), "{opened}");
    let two = html(&[("visits", "1\nk2")]);
    assert!(two.contains(r#"id="visits.1-remove">"#) && two.contains(r#"id="visits.k2-remove">"#), "{two}");
}
