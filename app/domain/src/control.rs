//! Which control of a question somebody is led to, and which questions a form had.

use std::collections::BTreeSet;

use crate::answers::Answers;
use crate::date::DateProblem;
use crate::form::Kind;
use crate::journey::{Asked, Stop};

/// The id of the choice number `index`, from 0. The first has the question's own, so that a link
/// to the question leads to it.
pub fn choice_id(field: &str, index: usize, value: &str) -> String {
    if index == 0 { field.to_owned() } else { format!("{field}:{value}") }
}

/// The id of the part of a date that has the problem.
pub(crate) fn date_part(field: &str, problem: Option<DateProblem>) -> String {
    let part = match problem {
        Some(DateProblem::MonthMissing) => "month",
        Some(DateProblem::YearMissing | DateProblem::YearNotFourDigits) => "year",
        _ => "day",
    };
    format!("{field}-{part}")
}

/// Whether `field` is one of the questions `names` or stands in a row of one.
pub fn is_among<'n>(field: &str, names: impl IntoIterator<Item = &'n String>) -> bool {
    let is_in =
        |name: &String| field.strip_prefix(name.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    names.into_iter().any(is_in)
}

impl Asked<'_> {
    /// The id of the control where the answer is: of choices the one that is chosen, of a date the
    /// first part that is missing or wrong, of a group its first row.
    pub fn control(&self, answers: &Answers) -> String {
        let chosen = |choices: &[&str]| {
            let is_chosen = |choice: &&str| answers.choices(&self.field).any(|other| other == *choice);
            let index = choices.iter().position(is_chosen).unwrap_or(0);
            choice_id(&self.field, index, choices.get(index).unwrap_or(&""))
        };
        match &self.question.kind {
            Kind::YesNo => chosen(&["yes", "no"]),
            Kind::OneOf { choices } | Kind::SeveralOf { choices } => {
                chosen(&choices.iter().map(String::as_str).collect::<Vec<_>>())
            }
            Kind::Date { .. } => date_part(&self.field, answers.date(&self.field).err()),
            Kind::Group { .. } => self.rows.first().map_or_else(|| self.field.clone(), |row| row.name(self)),
            _ => self.field.clone(),
        }
    }

    /// The question `field`: this one, or one in its rows.
    fn find(&self, field: &str) -> Option<&Self> {
        let in_rows = || self.rows.iter().flat_map(|row| &row.asked).find_map(|each| each.find(field));
        if self.field == field { Some(self) } else { in_rows() }
    }

    fn add_missing_in<'s>(&'s self, controls: &BTreeSet<String>, missing: &mut Vec<&'s Self>) {
        if self.names().iter().all(|name| controls.contains(name)) {
            self.rows.iter().flat_map(|row| &row.asked).for_each(|each| each.add_missing_in(controls, missing));
        } else {
            missing.push(self);
        }
    }
}

impl<'f> Stop<'f> {
    /// The question `field`, if it is asked on this page.
    pub fn question(&self, field: &str) -> Option<&Asked<'f>> {
        self.asked.iter().find_map(|each| each.find(field))
    }

    /// The questions that a form with these controls did not have. A group that it did not have
    /// counts as one.
    pub fn missing_in(&self, controls: &BTreeSet<String>) -> Vec<&Asked<'f>> {
        let mut missing = Vec::new();
        self.asked.iter().for_each(|each| each.add_missing_in(controls, &mut missing));
        missing
    }
}
