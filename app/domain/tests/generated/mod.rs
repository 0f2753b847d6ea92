//! Forms and answers for tests, made by hand or by chance.

use domain::answers::Answers;
use domain::condition::Condition;
use domain::date::DateRule;
use domain::form::{Fee, Form, Kind, Page, Question};
use jiff::civil::{Date, date};
use proptest::prelude::*;

pub const TODAY: Date = date(2026, 11, 22);

pub fn form(pages: Vec<Page>) -> Form {
    let (fees, draft_title) = (Vec::new(), Vec::new());
    Form { service: "test".to_owned(), version: 1, keep_days: 14, minutes: (5, 10), draft_title, fees, pages }
}

pub fn page(id: &str, questions: Vec<Question>) -> Page {
    Page { id: id.to_owned(), when: None, questions }
}

pub fn question(id: &str, kind: Kind) -> Question {
    Question { id: id.to_owned(), kind, optional: false, when: None, autocomplete: None }
}

pub fn choice(id: &str) -> Question {
    question(id, Kind::OneOf { choices: ["yes", "no", "b"].map(str::to_owned).to_vec() })
}

pub fn group(id: &str, questions: Vec<Question>, min: usize, max: usize) -> Question {
    question(id, Kind::Group { questions, min, max })
}

pub fn typed(fields: &[(&str, &str)]) -> Answers {
    fields.iter().map(|(field, text)| ((*field).to_owned(), (*text).to_owned())).collect()
}

/// Questions are `q0` to `q11`, those in groups `i0` to `i2`.
const QUESTIONS: usize = 12;

fn names() -> impl Strategy<Value = String> {
    prop_oneof![
        (0..QUESTIONS).prop_map(|n| format!("q{n}")),
        (0..3).prop_map(|n| format!("i{n}")),
        Just("none".to_owned())
    ]
}

fn rules() -> impl Strategy<Value = DateRule> {
    let texts = prop_oneof![
        Just("today".to_owned()),
        Just("2026-06-01".to_owned()),
        (0u16..9999, prop::sample::select(vec!["days", "months", "years"]))
            .prop_map(|(n, unit)| format!("today - {n} {unit}")),
        names().prop_map(|name| format!("{name} + 3 months")),
    ];
    texts.prop_map(|text| text.parse().expect("a day"))
}

fn conditions() -> impl Strategy<Value = Condition> {
    let values =
        prop::collection::vec(prop::sample::select(vec!["yes", "no", "b", "SE", "12"]).prop_map(str::to_owned), 0..3);
    let leaf = prop_oneof![
        3 => (names(), values).prop_map(|(question, values)| Condition::OneOf { question, values }),
        1 => names().prop_map(|question| Condition::Answered { question }),
        1 => (names(), rules()).prop_map(|(question, date)| Condition::Before { question, date }),
        1 => (names(), rules()).prop_map(|(question, date)| Condition::After { question, date }),
        1 => (names(), prop::option::of(0u16..40), prop::option::of(0u16..40), prop::option::of(rules()))
            .prop_map(|(question, from, under, on)| Condition::Age { question, from, under, on }),
    ];
    leaf.prop_recursive(2, 6, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Condition::All),
            prop::collection::vec(inner.clone(), 0..3).prop_map(Condition::Any),
            inner.prop_map(|part| Condition::Not(Box::new(part))),
        ]
    })
}

fn kinds() -> impl Strategy<Value = Kind> {
    let choices = || ["yes", "no", "b"].map(str::to_owned).to_vec();
    prop_oneof![
        2 => (0usize..20).prop_map(|max| Kind::Text { max }),
        1 => Just(Kind::LongText { max: 4000 }),
        1 => Just(Kind::Email),
        1 => Just(Kind::Phone),
        2 => (prop::option::of(rules()), prop::option::of(rules())).prop_map(|(earliest, latest)| Kind::Date { earliest, latest }),
        1 => (prop::option::of(-5i64..5), prop::option::of(5i64..15)).prop_map(|(min, max)| Kind::Number { min, max }),
        1 => Just(Kind::Money { currency: "EUR".to_owned() }),
        2 => Just(Kind::YesNo),
        2 => Just(Kind::OneOf { choices: choices() }),
        1 => Just(Kind::SeveralOf { choices: choices() }),
        1 => Just(Kind::Country),
        1 => Just(Kind::PassportNumber),
        1 => Just(Kind::IdentityNumber),
        1 => Just(Kind::Declaration),
    ]
}

fn questions(kinds: impl Strategy<Value = Kind>) -> impl Strategy<Value = Question> {
    let when = prop::option::weighted(0.4, conditions());
    (kinds, any::<bool>(), when).prop_map(|(kind, optional, when)| Question { optional, when, ..question("", kind) })
}

fn groups() -> impl Strategy<Value = Kind> {
    (prop::collection::vec(questions(kinds()), 1..=3), 0usize..2, 1usize..4).prop_map(|(mut questions, min, max)| {
        questions.iter_mut().enumerate().for_each(|(n, question)| question.id = format!("i{n}"));
        Kind::Group { questions, min, max }
    })
}

/// Forms that a definition check might refuse as well: conditions name any question.
pub fn forms() -> impl Strategy<Value = Form> {
    let question = prop_oneof![4 => questions(kinds()).boxed(), 1 => questions(groups()).boxed()];
    let page = (prop::option::weighted(0.3, conditions()), prop::collection::vec(question, 0..4));
    let fee = (0u32..999, prop::option::of(conditions())).prop_map(|(amount, when)| Fee {
        amount,
        currency: "EUR".to_owned(),
        when,
    });
    (prop::collection::vec(page, 0..4), prop::collection::vec(fee, 0..2)).prop_map(|(pages, fees)| {
        let mut count = 0;
        let pages = pages.into_iter().enumerate().map(|(n, (when, mut questions))| {
            for question in &mut questions {
                question.id = format!("q{count}");
                count += 1;
            }
            Page { when, ..page_of(n, questions) }
        });
        Form { fees, ..form(pages.collect()) }
    })
}

fn page_of(n: usize, questions: Vec<Question>) -> Page {
    page(&format!("p{n}"), questions)
}

fn texts() -> impl Strategy<Value = String> {
    let likely = [
        "",
        "yes",
        "no",
        "b",
        "yes\nb",
        "k1\nk2",
        "k1",
        "12",
        "2",
        "2026",
        "1990",
        "SE",
        "XXA",
        "anna@example.com",
        "+46701740605",
        "AB1234567",
        "19121212-1212",
        "12,50",
        " ",
        "\u{0661}\u{0662}",
    ];
    prop_oneof![6 => prop::sample::select(likely.to_vec()).prop_map(str::to_owned), 1 => ".{0,12}"]
}

/// Answers that fit the names of [`forms`], most of them likely ones.
pub fn answers() -> impl Strategy<Value = Answers> {
    let outer = (0..QUESTIONS).prop_map(|n| format!("q{n}"));
    let inner = (0..QUESTIONS, 1..3, 0..3).prop_map(|(n, row, inner)| format!("q{n}.k{row}.i{inner}"));
    let name = prop_oneof![3 => outer, 1 => inner];
    let part = prop::sample::select(vec!["", "", "-day", "-month", "-year"]);
    let field = (name, part).prop_map(|(name, part)| format!("{name}{part}"));
    prop::collection::vec((field, texts()), 0..60).prop_map(|fields| fields.into_iter().collect())
}
