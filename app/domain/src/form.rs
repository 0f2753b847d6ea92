//! Form definitions: what a service asks, in which order and under which conditions.
//!
//! A definition is immutable once published. Its wording is kept apart, in
//! [`FormTexts`](crate::pack::FormTexts), one set for each language.

use serde::{Deserialize, Serialize};

use crate::answers::{Answers, is_row_id};
use crate::condition::Condition;
use crate::date::DateRule;

/// The row with which a required group opens. It is stored once something is typed in it.
pub const FIRST_ROW: &str = "1";

/// One published version of a service's form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Form {
    /// The name in paths, e.g. `visit-visa`.
    pub service: String,
    pub version: u32,
    /// How long a draft is kept after the last save, in days.
    pub keep_days: u16,
    /// How long it takes to fill in: from, to, in minutes.
    pub minutes: (u16, u16),
    /// The questions whose answers tell a person's drafts apart, e.g. a name and a day. The browser, to
    /// which the form is sent, shows no list of drafts.
    #[serde(skip)]
    pub draft_title: Vec<String>,
    /// The first fee whose condition holds is the one to pay; none means that there is no fee.
    #[serde(default)]
    pub fees: Vec<Fee>,
    pub pages: Vec<Page>,
}

/// What an application costs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fee {
    /// In the smallest unit of the currency, e.g. cents.
    pub amount: u32,
    /// ISO 4217, e.g. `EUR`.
    pub currency: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
}

/// A page of questions that belong together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// The name in the path, e.g. `passport`.
    pub id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    pub questions: Vec<Question>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// The name of its control, e.g. `passport.number`; inside a group relative to the row.
    pub id: String,
    pub kind: Kind,
    #[serde(default, skip_serializing_if = "is_false")]
    pub optional: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    /// The HTML autocomplete token, e.g. `given-name`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub autocomplete: Option<String>,
}

/// What kind of answer a question takes, with its limits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    Text {
        max: usize,
    },
    LongText {
        max: usize,
    },
    Email,
    Phone,
    Date {
        earliest: Option<DateRule>,
        latest: Option<DateRule>,
    },
    /// A whole number.
    Number {
        min: Option<i64>,
        max: Option<i64>,
    },
    /// An amount with at most two decimals.
    Money {
        currency: String,
    },
    YesNo,
    OneOf {
        choices: Vec<String>,
    },
    SeveralOf {
        choices: Vec<String>,
    },
    /// ISO 3166-1 alpha-2, or `XXA` stateless, `XXX` unknown (the codes of ICAO 9303-3).
    Country,
    PassportNumber,
    /// A Swedish personal identity number or coordination number.
    IdentityNumber,
    /// The same questions once for each child, journey or the like.
    Group {
        questions: Vec<Question>,
        min: usize,
        max: usize,
    },
    /// Something to agree to before going on.
    Declaration,
}

impl Form {
    pub fn page(&self, id: &str) -> Option<&Page> {
        self.pages.iter().find(|page| page.id == id)
    }

    /// Whether `field` holds the list of rows of a repeating group.
    pub fn is_group(&self, field: &str) -> bool {
        self.groups().any(|group| group == field)
    }

    /// The row with which `group` opens while it has none, e.g. `children.1`; none where a group may
    /// stay without rows.
    pub fn opening_row(&self, group: &str, answers: &Answers) -> Option<String> {
        let question = self.questions().find(|question| question.id == group)?;
        question.opens(group, answers).then(|| format!("{group}.{FIRST_ROW}"))
    }

    /// The row of a repeating group to which `field` belongs, e.g. `children.k3`.
    pub fn row_of<'f>(&self, field: &'f str) -> Option<&'f str> {
        self.groups().find_map(|group| {
            let (row, _) = field.strip_prefix(group)?.strip_prefix('.')?.split_once('.')?;
            field.get(..group.len() + 1 + row.len())
        })
    }

    /// The date of which `field` is the day, the month or the year, e.g. `trip.arrival`.
    pub fn date_of<'f>(&self, field: &'f str) -> Option<&'f str> {
        let question = self.questions().find_map(|question| question.at(field))?;
        let (date, _) = field.rsplit_once('-').filter(|_| matches!(question.kind, Kind::Date { .. }))?;
        Some(date)
    }

    pub(crate) fn groups(&self) -> impl Iterator<Item = &str> {
        self.questions()
            .filter(|question| matches!(question.kind, Kind::Group { .. }))
            .map(|question| question.id.as_str())
    }

    fn questions(&self) -> impl Iterator<Item = &Question> {
        self.pages.iter().flat_map(|page| &page.questions)
    }
}

impl Page {
    /// Whether `field` is a control of one of this page's questions, shown now or not.
    pub fn owns(&self, field: &str) -> bool {
        self.questions.iter().any(|question| question.owns(field))
    }
}

impl Question {
    /// Whether `field` is one of this question's controls. `field` is relative to the row when
    /// the question stands in a group.
    pub fn owns(&self, field: &str) -> bool {
        self.at(field).is_some()
    }

    /// Whether this is a group that needs rows and has none yet; it is asked in `field`.
    pub(crate) fn opens(&self, field: &str, answers: &Answers) -> bool {
        matches!(self.kind, Kind::Group { min: 1.., .. }) && answers.rows(field).next().is_none()
    }

    /// The question of which `field` is a control: this one, or one in a row of this group.
    fn at(&self, field: &str) -> Option<&Self> {
        let rest = field.strip_prefix(self.id.as_str())?;
        match &self.kind {
            Kind::Date { .. } => matches!(rest, "-day" | "-month" | "-year").then_some(self),
            Kind::Group { questions, .. } if !rest.is_empty() => {
                let (row, inner) = rest.strip_prefix('.')?.split_once('.')?;
                questions.iter().filter(|_| is_row_id(row)).find_map(|each| each.at(inner))
            }
            _ => rest.is_empty().then_some(self),
        }
    }
}

fn is_false(value: &bool) -> bool {
    !value
}
