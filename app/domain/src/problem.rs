//! What can be wrong with an answer. The wording lives in the translations.

use jiff::civil::Date;

use crate::control::date_part;
use crate::date::DateProblem;
use crate::identity_number::IdentityNumberProblem;

/// Why an answer cannot be submitted as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    Missing,
    /// Longer than allowed; `over` is by how many characters.
    TooLong {
        max: usize,
        over: usize,
    },
    NotEmail,
    NotPhone,
    Date(DateProblem),
    /// Earlier than this day.
    TooEarly(Date),
    /// Later than this day.
    TooLate(Date),
    NotNumber,
    TooSmall(i64),
    TooLarge(i64),
    NotMoney,
    /// A value that the question does not offer.
    NotOffered,
    NotPassportNumber,
    IdentityNumber(IdentityNumberProblem),
    TooFewRows(usize),
    TooManyRows(usize),
    NotAccepted,
}

/// A problem with the control it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldProblem {
    /// The name of the question, in a group with its row: `children.k3.name`.
    pub field: String,
    /// The name of its wording: `children.name`.
    pub key: String,
    /// Whether the question is a date, which has three controls.
    pub is_date: bool,
    pub problem: Problem,
}

impl FieldProblem {
    /// The id of the control to put right: for a date the part that is wrong, for choices the
    /// first of them.
    pub fn control(&self) -> String {
        match &self.problem {
            Problem::Date(problem) => date_part(&self.field, Some(*problem)),
            _ if self.is_date => date_part(&self.field, None),
            _ => self.field.clone(),
        }
    }
}
