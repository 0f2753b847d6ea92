//! Pages and questions that no answers can bring up.

use std::collections::BTreeMap;

use domain::condition::Condition;
use domain::form::{Form, Kind, Page, Question};

use crate::check::outline::Outline;
use crate::check::satisfiable::{Formula, Node};
use crate::log::Log;

/// Notes what is never asked. Only what is certain is noted; `form` has no other mistake.
pub fn check(form: &Form, outline: &Outline<'_>, log: &mut Log) {
    let mut asked = Asked { formula: Formula::default(), questions: BTreeMap::new() };
    for page in &form.pages {
        let (is_shown, questions) = asked.page(page);
        if !asked.formula.can_hold(is_shown) {
            let id = outline.places.iter().filter_map(|it| it.page.id.as_ref()).find(|id| id.value == page.id);
            if let Some(id) = id {
                log.note(id.span, format!("the page `{}` can never be shown", page.id), HELP);
            }
            continue;
        }
        for (question, is_asked) in page.questions.iter().zip(questions) {
            let place = outline.places.iter().find(|it| it.group.is_none() && it.id.value == question.id);
            if let Some(place) = place.filter(|_| !asked.formula.can_hold(is_asked)) {
                log.note(place.id.span, format!("the question `{}` can never be asked", question.id), HELP);
            }
        }
    }
}

const HELP: &str = "no answers fulfil its `when`, together with the conditions of the questions that it looks at; \
                    change one of them";

/// When each question is asked, as a formula over the answers typed. A condition on a question
/// holds only while that question is asked itself.
struct Asked<'f> {
    formula: Formula,
    /// By name, the question and the node that says whether it is asked.
    questions: BTreeMap<&'f str, (&'f Question, Node)>,
}

impl<'f> Asked<'f> {
    /// Whether the page is shown, and for each of its questions whether it is asked.
    fn page(&mut self, page: &'f Page) -> (Node, Vec<Node>) {
        let is_open = self.when(page.when.as_ref());
        let mut nodes = Vec::new();
        for question in &page.questions {
            let own = self.when(question.when.as_ref());
            let is_asked = self.formula.all(vec![is_open, own]);
            self.questions.insert(&question.id, (question, is_asked));
            nodes.push(is_asked);
        }
        (self.formula.any(nodes.clone()), nodes)
    }

    fn when(&mut self, when: Option<&Condition>) -> Node {
        match when {
            Some(condition) => self.condition(condition),
            None => self.formula.all(Vec::new()),
        }
    }

    fn condition(&mut self, condition: &Condition) -> Node {
        match condition {
            Condition::All(parts) => {
                let parts = parts.iter().map(|part| self.condition(part)).collect();
                self.formula.all(parts)
            }
            Condition::Any(parts) => {
                let parts = parts.iter().map(|part| self.condition(part)).collect();
                self.formula.any(parts)
            }
            Condition::Not(part) => {
                let part = self.condition(part);
                self.formula.not(part)
            }
            Condition::OneOf { question, values } => self.test(question, |asked, it| asked.one_of(it, values)),
            Condition::Answered { question } => self.test(question, Self::answered),
            Condition::Before { question, .. } | Condition::After { question, .. } => {
                self.test(question, |asked, _| asked.formula.fact(&format!("{condition:?}")))
            }
            Condition::Age { question, from, under, on } => {
                let (from, under) = (from.unwrap_or(0), under.unwrap_or(u16::MAX));
                self.test(question, |asked, _| asked.formula.number_in(&format!("age {question} {on:?}"), from, under))
            }
        }
    }

    /// What `test` says of the question called `name`, and that it is asked.
    fn test(&mut self, name: &str, test: impl FnOnce(&mut Self, &'f Question) -> Node) -> Node {
        let Some((question, is_asked)) = self.questions.get(name).copied() else {
            // A form without other mistakes names no unknown questions.
            return self.formula.fact(name);
        };
        let holds = test(self, question);
        self.formula.all(vec![is_asked, holds])
    }

    fn one_of(&mut self, question: &Question, values: &[String]) -> Node {
        let name = &question.id;
        match question.kind {
            // Each choice of several is taken or left on its own.
            Kind::SeveralOf { .. } => {
                let chosen = values.iter().map(|value| self.formula.fact(&format!("{name} has {value}"))).collect();
                self.formula.any(chosen)
            }
            _ => self.formula.value_in(name, values),
        }
    }

    fn answered(&mut self, question: &'f Question) -> Node {
        match &question.kind {
            Kind::SeveralOf { choices } => self.one_of(question, choices),
            Kind::OneOf { choices } => self.one_of(question, choices),
            Kind::YesNo => self.one_of(question, &["yes", "no"].map(str::to_owned)),
            Kind::Declaration => self.one_of(question, &["yes".to_owned()]),
            _ => self.formula.fact(&format!("{} is answered", question.id)),
        }
    }
}
