//! A page that is being filled in, as the question controls see it.

use std::collections::{BTreeMap, BTreeSet};

use domain::answers::Answers;
use domain::control::is_among;
use domain::journey::{Asked, Journey, Row, Stop};
use domain::problem::{FieldProblem, Problem};
use domain::shown::shown;
use domain::taken_out::TakenOut;
use jiff::civil::Date;

use crate::edition::Edition;
use crate::wording::{answer_text, problem_text, row_title};

#[derive(Clone, Copy)]
pub struct Filling<'a> {
    pub edition: &'static Edition,
    /// The page that is open.
    pub page: &'a str,
    pub answers: &'a Answers,
    pub journey: &'a Journey<'static>,
    /// The pages where Continue was tried: all their problems show.
    pub tried: &'a BTreeSet<String>,
    /// The fields that were left after a change: a wrong answer there shows at once.
    pub left: &'a BTreeSet<String>,
    /// Whether the browser may remember answers, to fill them in elsewhere.
    pub may_remember: bool,
    /// What another window wrote in the same field or, without text, that it took out the row.
    pub contested: &'a BTreeMap<String, String>,
    /// The questions that the last answers have brought up: it is not said yet that they are missing.
    pub more: &'a [String],
    /// The rows that were taken out and can be put back.
    pub taken_out: &'a [TakenOut],
    pub today: Date,
}

impl<'a> Filling<'a> {
    /// The open page, unless the answers have taken it out of the journey.
    pub fn stop(&self) -> Option<&'a Stop<'static>> {
        self.journey.stop(self.page)
    }

    /// All problems of the open page, once Continue was tried there.
    pub fn summary(&self) -> Vec<&'a FieldProblem> {
        let problems = self.stop().map_or(&[][..], |stop| stop.problems.as_slice());
        problems.iter().filter(|each| self.is_tried(each)).collect()
    }

    /// What a question with a problem is called, in a group with its row: `Visit 2: Country`.
    pub fn label(&self, problem: &FieldProblem) -> String {
        let label = &self.edition.question(&problem.key).label;
        let asked = self.stop().map_or(&[][..], |stop| stop.asked.as_slice());
        let is_in = |row: &Row<'_>| row.asked.iter().any(|each| each.field == problem.field);
        let row = asked.iter().find_map(|group| Some((group, group.rows.iter().position(is_in)? + 1)));
        match row {
            Some((group, number)) => format!("{}: {label}", row_title(self.edition, group, number)),
            None => label.clone(),
        }
    }

    /// The problems that it is time to show, in words, by the name of the question.
    pub fn problems(&self) -> BTreeMap<&'a str, String> {
        let problems = self.stop().map_or(&[][..], |stop| stop.problems.as_slice());
        let shown = problems.iter().filter(|each| self.is_shown(each));
        shown.map(|each| (each.field.as_str(), problem_text(self.edition, &each.key, &each.problem))).collect()
    }

    /// What another window has answered to a question, in words, until the person chooses; empty
    /// when it has no answer there.
    pub fn other(&self, asked: &Asked<'_>) -> Option<String> {
        if self.contested.is_empty() {
            return None;
        }
        let names = asked.names();
        if names.iter().all(|name| !self.contested.contains_key(name)) {
            return None;
        }
        let text = |name: &String| self.contested.get(name).map_or_else(|| self.answers.text(name), String::as_str);
        let answers: Answers = names.iter().map(|name| (name.clone(), text(name).to_owned())).collect();
        Some(answer_text(self.edition, &asked.key, &shown(asked, &answers, self.today)).unwrap_or_default())
    }

    fn is_shown(&self, each: &FieldProblem) -> bool {
        self.is_tried(each) || (each.problem != Problem::Missing && self.left.contains(&each.field))
    }

    fn is_tried(&self, each: &FieldProblem) -> bool {
        self.tried.contains(self.page) && !is_among(&each.field, self.more)
    }
}
