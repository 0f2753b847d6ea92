//! Problems and answers, put in words.

use domain::date::DateProblem;
use domain::identity_number::IdentityNumberProblem;
use domain::journey::Asked;
use domain::problem::Problem;
use domain::shown::Shown;
use i18n::format;

use crate::edition::Edition;

/// What to do about a problem with the question `key`. The form's own wording goes first where
/// it says what a limit means, or how the answer should look.
pub fn problem_text(edition: &Edition, key: &str, problem: &Problem) -> String {
    let wording = edition.question(key);
    if let Some(text) = limit_name(problem).and_then(|name| wording.limits.get(name)) {
        return beyond_limit(edition, text, problem);
    }
    let own = wording.problem.as_str();
    // Where it is known what is wrong with what was typed, saying just that helps most.
    let is_known = matches!(
        problem,
        Problem::TooLong { .. }
            | Problem::Date(_)
            | Problem::TooEarly(_)
            | Problem::TooLate(_)
            | Problem::IdentityNumber(_)
            | Problem::TooFewRows(_)
            | Problem::TooManyRows(_)
    );
    if !is_known && !own.is_empty() {
        return own.to_owned();
    }
    general(edition, problem)
}

/// What a form calls the limit that an answer is beyond; the name of its wording.
fn limit_name(problem: &Problem) -> Option<&'static str> {
    Some(match problem {
        Problem::TooEarly(_) => "earliest",
        Problem::TooLate(_) => "latest",
        Problem::TooSmall(_) | Problem::TooFewRows(_) => "min",
        Problem::TooLarge(_) | Problem::TooLong { .. } | Problem::TooManyRows(_) => "max",
        _ => return None,
    })
}

/// The form's own words for a limit, with the limit as the form's language writes it.
fn beyond_limit(edition: &Edition, text: &str, problem: &Problem) -> String {
    let language = edition.wording_language();
    let number = |number: i64| format::number(number, language);
    let over = match problem {
        Problem::TooLong { over, .. } => number(*over as i64),
        _ => String::new(),
    };
    let limit = match problem {
        Problem::TooEarly(day) | Problem::TooLate(day) => format::date(*day, language),
        Problem::TooSmall(limit) | Problem::TooLarge(limit) => number(*limit),
        Problem::TooLong { max: limit, .. } | Problem::TooFewRows(limit) | Problem::TooManyRows(limit) => {
            number(*limit as i64)
        }
        _ => String::new(),
    };
    edition.texts.fill_in(text, &[("day", &limit), ("limit", &limit), ("over", &over)])
}

fn general(edition: &Edition, problem: &Problem) -> String {
    let t = &edition.texts;
    let day = |day: &jiff::civil::Date| format::date(*day, edition.language());
    let number = |number: i64| format::number(number, edition.language());
    match problem {
        Problem::Missing => t.get("problem.missing").to_owned(),
        Problem::TooLong { max, over } => {
            t.count_with("problem.too-long", *max as u64, &[("over", &number(*over as i64))])
        }
        Problem::NotEmail => t.get("problem.not-email").to_owned(),
        Problem::NotPhone => t.get("problem.not-phone").to_owned(),
        Problem::Date(problem) => t.get(date_key(*problem)).to_owned(),
        Problem::TooEarly(limit) => t.fill("problem.too-early", &[("day", &day(limit))]),
        Problem::TooLate(limit) => t.fill("problem.too-late", &[("day", &day(limit))]),
        Problem::NotNumber => t.get("problem.not-number").to_owned(),
        Problem::TooSmall(limit) => t.fill("problem.too-small", &[("limit", &number(*limit))]),
        Problem::TooLarge(limit) => t.fill("problem.too-large", &[("limit", &number(*limit))]),
        Problem::NotMoney => t.get("problem.not-money").to_owned(),
        Problem::NotOffered => t.get("problem.not-offered").to_owned(),
        Problem::NotPassportNumber => t.get("problem.not-passport-number").to_owned(),
        Problem::IdentityNumber(problem) => t.get(identity_number_key(*problem)).to_owned(),
        Problem::TooFewRows(limit) => t.count("problem.too-few-rows", *limit as u64),
        Problem::TooManyRows(limit) => t.count("problem.too-many-rows", *limit as u64),
        Problem::NotAccepted => t.get("problem.not-accepted").to_owned(),
    }
}

fn date_key(problem: DateProblem) -> &'static str {
    match problem {
        DateProblem::DayMissing => "problem.day-missing",
        DateProblem::MonthMissing => "problem.month-missing",
        DateProblem::YearMissing => "problem.year-missing",
        DateProblem::YearNotFourDigits => "problem.year-not-four-digits",
        DateProblem::NoSuchDay => "problem.no-such-day",
    }
}

fn identity_number_key(problem: IdentityNumberProblem) -> &'static str {
    match problem {
        IdentityNumberProblem::CheckDigit => "problem.identity-number-check-digit",
        IdentityNumberProblem::InFuture | IdentityNumberProblem::NoSuchDay => "problem.identity-number-day",
        _ => "problem.identity-number-shape",
    }
}

/// What a row is called. Rows are numbered as they stand, from 1.
pub fn row_title(edition: &Edition, group: &Asked<'_>, number: usize) -> String {
    format!("{} {number}", edition.question(&group.key).row)
}

/// An answer as it is read at review and on paper; `None` when there is none.
pub fn answer_text(edition: &Edition, key: &str, shown: &Shown) -> Option<String> {
    let t = &edition.texts;
    let language = edition.language();
    Some(match shown {
        Shown::Nothing => return None,
        Shown::Text(text) => text.clone(),
        Shown::Date(date) => format::date(*date, language),
        Shown::YesNo(true) => t.get("wizard.yes").to_owned(),
        Shown::YesNo(false) => t.get("wizard.no").to_owned(),
        Shown::Choices(choices) => {
            let labels: Vec<&str> = choices.iter().map(|choice| edition.choice(key, choice)).collect();
            labels.join("\n")
        }
        Shown::Country(code) => edition.country(code).to_owned(),
        Shown::Money { hundredths, currency } => format::money(*hundredths, currency, language),
        Shown::Rows(count) => format::number(*count as i64, language),
        Shown::Accepted => t.get("wizard.accepted").to_owned(),
    })
}
