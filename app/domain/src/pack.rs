//! A form with everything needed to show it in one language. The server sends it to the
//! browser as one file that never changes, so that both run the same definition.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::form::Form;

/// A form, its wording, the texts of the wizard and the names of countries, in one language.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pack {
    pub form: Form,
    pub texts: FormTexts,
    /// The interface texts of the wizard, by key.
    pub interface: BTreeMap<String, String>,
    /// Code and name, sorted as the language sorts.
    pub countries: Vec<(String, String)>,
    /// BCP 47 tag of the interface.
    pub language: String,
}

/// A form's wording in one language.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FormTexts {
    /// BCP 47 tag. It differs from the interface's where a form is not translated.
    pub language: String,
    /// The service's name, e.g. `Visit visa`.
    pub title: String,
    /// The start page, in paragraphs: who may apply, what to have at hand, how it works.
    pub start: StartTexts,
    #[serde(default)]
    pub submitted: SubmittedTexts,
    pub pages: BTreeMap<String, PageTexts>,
    /// By question, those in groups as `group.question`.
    pub questions: BTreeMap<String, QuestionTexts>,
}

/// What the start page of a service says, before anybody logs in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct StartTexts {
    /// One or two sentences under the title.
    pub lead: String,
    pub who: Vec<String>,
    pub not_for: Vec<String>,
    pub needed: Vec<String>,
    pub decision_time: String,
}

/// What is said of submitting, beside what is the same for every service.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SubmittedTexts {
    /// What the fee is for, under the amount at review; may be empty.
    pub fee_note: String,
    /// What comes once the application is submitted, step by step.
    pub next_steps: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PageTexts {
    pub title: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub lead: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct QuestionTexts {
    pub label: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hint: String,
    /// What to say instead of the general message when the answer is missing or wrong.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub problem: String,
    /// What to say of an answer beyond a limit, by the limit's name: `earliest`, `latest`, `min`,
    /// `max`. The limit stands where a text says `{day}` or `{limit}`, and where it says `{over}` by
    /// how many characters a text is too long.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub limits: BTreeMap<String, String>,
    /// For a group: what one row is called, e.g. `Child`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub row: String,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub choices: BTreeMap<String, String>,
}
