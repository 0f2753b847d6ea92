//! When a page, a question or a fee applies.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::answers::Answers;
use crate::date::{DateRule, age_on};

/// A condition on the answers given so far. A question that is not asked counts as not answered,
/// whatever is still stored for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Condition {
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    /// The answer is one of these values; for several choices, at least one of them is chosen.
    OneOf {
        question: String,
        values: Vec<String>,
    },
    Answered {
        question: String,
    },
    Before {
        question: String,
        date: DateRule,
    },
    After {
        question: String,
        date: DateRule,
    },
    /// The person born on the date in `question` is at least `from` and younger than `under`
    /// years old on the day `on` (today when absent).
    Age {
        question: String,
        from: Option<u16>,
        under: Option<u16>,
        on: Option<DateRule>,
    },
}

/// Where a condition looks its answers up.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    pub answers: &'a Answers,
    /// The full names of the questions asked so far, earliest first.
    pub asked: &'a [String],
    /// In a repeating group, the row: `children.k3`. Its questions hide outer ones of that name.
    pub row: Option<&'a str>,
    pub today: Date,
}

impl Condition {
    pub fn holds(&self, scope: Scope<'_>) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.holds(scope)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(scope)),
            Self::Not(part) => !part.holds(scope),
            Self::OneOf { question, values } => scope.field(question).is_some_and(|field| {
                scope.answers.choices(&field).any(|choice| values.iter().any(|value| value == choice))
            }),
            Self::Answered { question } => scope.field(question).is_some_and(|field| scope.is_answered(&field)),
            Self::Before { question, date } => scope.compare(question, date, |it, limit| it < limit),
            Self::After { question, date } => scope.compare(question, date, |it, limit| it > limit),
            Self::Age { question, from, under, on } => scope
                .age(question, on.as_ref())
                .is_some_and(|age| from.is_none_or(|from| age >= from) && under.is_none_or(|under| age < under)),
        }
    }

    /// Calls `look` with every question that this condition depends on.
    pub fn questions<'c>(&'c self, look: &mut dyn FnMut(&'c str)) {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.questions(look)),
            Self::Not(part) => part.questions(look),
            Self::OneOf { question, .. } | Self::Answered { question } => look(question),
            Self::Before { question, date } | Self::After { question, date } => {
                look(question);
                date.question().into_iter().for_each(look);
            }
            Self::Age { question, on, .. } => {
                look(question);
                on.iter().filter_map(DateRule::question).for_each(look);
            }
        }
    }
}

impl Scope<'_> {
    /// The full name under which `question` is asked; `None` when it is not asked.
    pub fn field(&self, question: &str) -> Option<String> {
        let in_row = self.row.map(|row| format!("{row}.{question}"));
        in_row.into_iter().chain([question.to_owned()]).find(|field| self.asked.contains(field))
    }

    /// The date typed in `question`; `None` when it is not asked, empty or no date.
    pub fn date(&self, question: &str) -> Option<Date> {
        self.answers.date(&self.field(question)?).ok()?
    }

    fn is_answered(&self, field: &str) -> bool {
        !self.answers.text(field).trim().is_empty() || matches!(self.answers.date(field), Ok(Some(_)))
    }

    fn compare(&self, question: &str, rule: &DateRule, test: fn(Date, Date) -> bool) -> bool {
        self.date(question).zip(rule.day(*self)).is_some_and(|(date, limit)| test(date, limit))
    }

    fn age(&self, question: &str, on: Option<&DateRule>) -> Option<u16> {
        let day = on.map_or(Some(self.today), |rule| rule.day(*self))?;
        age_on(self.date(question)?, day)
    }
}
