//! Whether an answer can be submitted.

use jiff::civil::Date;

use crate::condition::Scope;
use crate::country::is_country;
use crate::date::{DateRule, ascii_digits, is_invisible};
use crate::email::is_email;
use crate::form::{Kind, Question};
use crate::identity_number::IdentityNumber;
use crate::money::typed_amount;
use crate::passport::is_passport_number;
use crate::phone::typed_phone;
use crate::problem::Problem;

/// The problem with the answer in `field`, a question that is asked; `None` when it is right.
/// A group's rows are judged question by question, not here.
pub fn problem(question: &Question, field: &str, scope: Scope<'_>) -> Option<Problem> {
    let missing = (!question.optional).then_some(Problem::Missing);
    if let Kind::Date { earliest, latest } = &question.kind {
        return date(field, earliest.as_ref(), latest.as_ref(), scope).unwrap_or(missing);
    }
    if let Kind::Group { min, max, .. } = &question.kind {
        return rows(scope.answers.rows(field).count(), *min, *max);
    }
    let text = scope.answers.text(field);
    if text.trim().is_empty() {
        return match question.kind {
            Kind::Declaration => missing.and(Some(Problem::NotAccepted)),
            _ => missing,
        };
    }
    typed(&question.kind, text, scope.today)
}

/// `None` when nothing was typed.
fn date(
    field: &str,
    earliest: Option<&DateRule>,
    latest: Option<&DateRule>,
    scope: Scope<'_>,
) -> Option<Option<Problem>> {
    let date = match scope.answers.date(field) {
        Ok(None) => return None,
        Ok(Some(date)) => date,
        Err(problem) => return Some(Some(Problem::Date(problem))),
    };
    let limit = |rule: Option<&DateRule>| rule.and_then(|rule| rule.day(scope));
    let early = limit(earliest).filter(|limit| date < *limit).map(Problem::TooEarly);
    Some(early.or_else(|| limit(latest).filter(|limit| date > *limit).map(Problem::TooLate)))
}

fn rows(count: usize, min: usize, max: usize) -> Option<Problem> {
    match count {
        _ if count < min => Some(Problem::TooFewRows(min)),
        _ if count > max => Some(Problem::TooManyRows(max)),
        _ => None,
    }
}

fn typed(kind: &Kind, text: &str, today: Date) -> Option<Problem> {
    let unless = |right: bool, problem: Problem| (!right).then_some(problem);
    match kind {
        Kind::Text { max } | Kind::LongText { max } => {
            let over = text.chars().count().saturating_sub(*max);
            unless(over == 0, Problem::TooLong { max: *max, over })
        }
        Kind::Email => unless(is_email(text.trim()), Problem::NotEmail),
        Kind::Phone => unless(typed_phone(text).is_some(), Problem::NotPhone),
        Kind::Number { min, max } => number(text, *min, *max),
        Kind::Money { .. } => unless(typed_amount(text).is_some(), Problem::NotMoney),
        Kind::YesNo => unless(matches!(text, "yes" | "no"), Problem::NotOffered),
        Kind::OneOf { choices } => unless(choices.iter().any(|choice| choice == text), Problem::NotOffered),
        Kind::SeveralOf { choices } => {
            unless(text.lines().all(|line| choices.iter().any(|choice| choice == line)), Problem::NotOffered)
        }
        Kind::Country => unless(is_country(text), Problem::NotOffered),
        Kind::PassportNumber => unless(is_passport_number(text), Problem::NotPassportNumber),
        Kind::Declaration => unless(text == "yes", Problem::NotAccepted),
        Kind::IdentityNumber => IdentityNumber::parse(text, today).err().map(Problem::IdentityNumber),
        Kind::Date { .. } | Kind::Group { .. } => None,
    }
}

fn number(text: &str, min: Option<i64>, max: Option<i64>) -> Option<Problem> {
    let text: String = ascii_digits(text).chars().filter(|c| !c.is_whitespace() && !is_invisible(*c)).collect();
    let Ok(number) = text.parse::<i64>() else { return Some(Problem::NotNumber) };
    let small = min.filter(|min| number < *min).map(Problem::TooSmall);
    small.or_else(|| max.filter(|max| number > *max).map(Problem::TooLarge))
}
