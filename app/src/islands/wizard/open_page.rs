use std::collections::{BTreeMap, BTreeSet};

use domain::answers::Answers;
use domain::ids::ApplicationId;
use domain::merge::{Origin, Revision, WindowId};
use domain::taken_out::TakenOut;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A page of a draft as the server opens it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OpenPage {
    pub draft: ApplicationId,
    pub page: String,
    /// The question that the person came from the review to change, and goes back to there; empty
    /// when it is not known which.
    pub review: Option<String>,
    pub answers: Answers,
    /// What was typed and could not be stored, by field.
    pub typed: BTreeMap<String, String>,
    pub revision: Revision,
    pub tried: BTreeSet<String>,
    pub contested: BTreeMap<String, String>,
    /// The rows that were taken out on the page, which it offers to put back.
    pub taken_out: Vec<TakenOut>,
    /// The questions on it that the last answers have brought up.
    pub more: Vec<String>,
    /// The day for every rule that depends on one, by the server's clock.
    #[serde(with = "domain::date::iso")]
    pub today: Date,
    /// When the draft was started.
    #[serde(with = "domain::date::iso")]
    pub started: Date,
    /// The day until which it is kept.
    #[serde(with = "domain::date::iso")]
    pub kept_until: Date,
    /// Whether it has ever been saved.
    pub is_saved: bool,
    /// Until the page's time is up, in seconds.
    pub seconds_left: u32,
    /// How long a page's time is, in seconds.
    pub page_seconds: u32,
    /// How long before the end the dialog offers more time, in seconds.
    pub warn_seconds: u32,
    /// The window's, with which what is typed is kept even when the session has ended.
    pub ticket: String,
    /// Whether something is in the draft just now that was kept after a session had ended.
    pub has_regained: bool,
    /// The person has said that others use the computer: the browser shall remember nothing.
    pub is_shared_computer: bool,
    /// Which build of the browser's part the server has.
    pub build: String,
    /// The time of day by which to save, for those without JavaScript.
    pub save_by: String,
}

impl OpenPage {
    /// The window that shows it, which has sent its form `number` times: the ticket begins with its
    /// name.
    pub fn origin(&self, number: u32) -> Origin {
        Origin { window: WindowId::of_ticket(&self.ticket).unwrap_or_default(), number }
    }
}
