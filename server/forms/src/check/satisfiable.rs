//! Whether a formula about answers can be true at all.

use std::collections::{BTreeMap, BTreeSet};

/// How many assignments are tried before the question is left open.
const PATIENCE: usize = 20_000;

/// One part of a formula.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Node(usize);

/// Statements about variables, each made of earlier ones.
///
/// Two facts of different names count as independent. Where they are not, the answer "can hold"
/// may be wrong, the answer "cannot hold" never is.
#[derive(Debug, Default)]
pub struct Formula {
    nodes: Vec<Part>,
    variables: BTreeMap<String, Variable>,
}

#[derive(Debug)]
enum Part {
    All(Vec<Node>),
    Any(Vec<Node>),
    Not(Node),
    /// The variable has one of these values.
    Is(String, Values),
}

#[derive(Clone, Debug)]
enum Values {
    Texts(BTreeSet<String>),
    /// At least the first and less than the second.
    Range(u16, u16),
}

/// The values worth trying: those that some statement tells from others, and `None` for all else.
#[derive(Debug, Default)]
struct Variable {
    texts: BTreeSet<String>,
    numbers: BTreeSet<u16>,
}

#[derive(Clone, Debug, PartialEq)]
enum Value {
    None,
    Text(String),
    Number(u16),
}

impl Formula {
    /// True when all `parts` are; with no parts, always true.
    pub fn all(&mut self, parts: Vec<Node>) -> Node {
        self.add(Part::All(parts))
    }

    pub fn any(&mut self, parts: Vec<Node>) -> Node {
        self.add(Part::Any(parts))
    }

    pub fn not(&mut self, part: Node) -> Node {
        self.add(Part::Not(part))
    }

    /// Something that can be true or false, whatever else is.
    pub fn fact(&mut self, name: &str) -> Node {
        self.value_in(&format!("fact: {name}"), &["true".to_owned()])
    }

    /// The variable `name` has one of `values`.
    pub fn value_in(&mut self, name: &str, values: &[String]) -> Node {
        self.variables.entry(name.to_owned()).or_default().texts.extend(values.iter().cloned());
        self.add(Part::Is(name.to_owned(), Values::Texts(values.iter().cloned().collect())))
    }

    /// The variable `name` is at least `from` and less than `under`.
    pub fn number_in(&mut self, name: &str, from: u16, under: u16) -> Node {
        // One number of each stretch between limits stands for the whole stretch.
        self.variables.entry(name.to_owned()).or_default().numbers.extend([0, from, under]);
        self.add(Part::Is(name.to_owned(), Values::Range(from, under)))
    }

    /// Whether some values make `node` true. Also yes when there are too many to try.
    pub fn can_hold(&self, node: Node) -> bool {
        let variables = self.relevant(node);
        let mut tries = 0;
        self.search(node, &variables, &mut BTreeMap::new(), &mut tries)
    }

    fn add(&mut self, part: Part) -> Node {
        self.nodes.push(part);
        Node(self.nodes.len() - 1)
    }

    /// The variables that `node` depends on.
    fn relevant(&self, node: Node) -> Vec<&str> {
        let mut wanted = BTreeSet::from([node.0]);
        let mut variables = BTreeSet::new();
        // Parts stand before what is made of them.
        while let Some(index) = wanted.pop_last() {
            match &self.nodes[index] {
                Part::All(parts) | Part::Any(parts) => wanted.extend(parts.iter().map(|part| part.0)),
                Part::Not(part) => _ = wanted.insert(part.0),
                Part::Is(name, _) => _ = variables.insert(name.as_str()),
            }
        }
        variables.into_iter().collect()
    }

    fn search<'s>(
        &self,
        node: Node,
        open: &[&'s str],
        values: &mut BTreeMap<&'s str, Value>,
        tries: &mut usize,
    ) -> bool {
        *tries += 1;
        if let Some(truth) = self.truth(node, values) {
            return truth;
        }
        let Some((name, open)) = open.split_first() else { return true };
        for value in self.variables.get(*name).map(Variable::values).unwrap_or_default() {
            values.insert(name, value);
            if *tries > PATIENCE || self.search(node, open, values, tries) {
                return true;
            }
        }
        values.remove(name);
        false
    }

    /// What `node` is under the values chosen so far; `None` while that is open.
    fn truth(&self, node: Node, values: &BTreeMap<&str, Value>) -> Option<bool> {
        let mut truths: Vec<Option<bool>> = Vec::with_capacity(node.0 + 1);
        for part in &self.nodes[..=node.0] {
            let truth = match part {
                Part::All(parts) => unless(false, parts, &truths),
                Part::Any(parts) => unless(true, parts, &truths),
                Part::Not(part) => truths[part.0].map(|truth| !truth),
                Part::Is(name, wanted) => values.get(name.as_str()).map(|value| wanted.contains(value)),
            };
            truths.push(truth);
        }
        truths[node.0]
    }
}

/// `decisive` when one part is, its opposite when all parts are that, else open.
fn unless(decisive: bool, parts: &[Node], truths: &[Option<bool>]) -> Option<bool> {
    if parts.iter().any(|part| truths[part.0] == Some(decisive)) {
        return Some(decisive);
    }
    parts.iter().all(|part| truths[part.0].is_some()).then_some(!decisive)
}

impl Values {
    fn contains(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::Texts(texts), Value::Text(text)) => texts.contains(text),
            (Self::Range(from, under), Value::Number(number)) => from <= number && number < under,
            _ => false,
        }
    }
}

impl Variable {
    fn values(&self) -> Vec<Value> {
        let texts = self.texts.iter().cloned().map(Value::Text);
        let numbers = self.numbers.iter().copied().map(Value::Number);
        [Value::None].into_iter().chain(texts).chain(numbers).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Formula, Node};

    #[test]
    fn two_answers_to_one_question_cannot_both_be_given() {
        let mut formula = Formula::default();
        let yes = formula.value_in("visits", &["yes".to_owned()]);
        let no = formula.value_in("visits", &["no".to_owned()]);
        let both = formula.all(vec![yes, no]);
        let either = formula.any(vec![yes, no]);
        let neither = formula.not(either);
        assert!(!formula.can_hold(both));
        assert!(formula.can_hold(either));
        assert!(formula.can_hold(neither));
    }

    #[test]
    fn nobody_is_under_twelve_and_eighteen() {
        let mut formula = Formula::default();
        let child = formula.number_in("age", 0, 12);
        let adult = formula.number_in("age", 18, u16::MAX);
        let both = formula.all(vec![child, adult]);
        let grown = formula.not(child);
        let teenager = formula.number_in("age", 12, 18);
        let teenager = formula.all(vec![grown, teenager]);
        assert!(!formula.can_hold(both));
        assert!(formula.can_hold(teenager));
    }

    #[test]
    fn what_cannot_be_decided_in_time_counts_as_possible() {
        let mut formula = Formula::default();
        let facts: Vec<Node> = (0..20).map(|number| formula.fact(&format!("{number}"))).collect();
        // An odd number of the facts is true, counted from the front, and an even one from the back.
        let odd = facts.iter().copied().reduce(|a, b| either_or(&mut formula, a, b)).unwrap();
        let odd_too = facts.iter().rev().copied().reduce(|a, b| either_or(&mut formula, a, b)).unwrap();
        let even = formula.not(odd_too);
        let contradiction = formula.all(vec![odd, even]);
        assert!(formula.can_hold(contradiction));
    }

    fn either_or(formula: &mut Formula, a: Node, b: Node) -> Node {
        let (not_a, not_b) = (formula.not(a), formula.not(b));
        let (only_a, only_b) = (formula.all(vec![a, not_b]), formula.all(vec![not_a, b]));
        formula.any(vec![only_a, only_b])
    }
}
