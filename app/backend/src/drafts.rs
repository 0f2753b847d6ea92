//! Drafts: filling an application in.

use std::collections::BTreeSet;
use std::time::Duration;

use async_trait::async_trait;
use domain::ids::ApplicationId;
use domain::merge::{Changes, Stored};
use domain::question_button::QuestionButton;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::fault::Fault;
use crate::session::{Session, SessionToken};

/// Every method sees only what belongs to the session's account: what is somebody else's is
/// answered like what does not exist.
#[async_trait]
pub trait Drafts: Send + Sync {
    /// Starts a draft of the newest version of `service` and mails the link for coming back.
    async fn draft_start(
        &self,
        session: &SessionToken,
        service: &str,
        language: &str,
    ) -> Result<ApplicationId, StartError>;

    /// The draft as it is stored. Opening a page counts as activity.
    async fn draft_open(&self, session: &SessionToken, id: ApplicationId) -> Result<Draft, DraftError>;

    /// Saves what was typed; never refuses it for what it says. Answers what is stored then.
    ///
    /// # Errors
    /// `TooLarge` when a text is longer than a field may hold; everything else has been saved.
    /// `TooMuch` when the draft holds too much altogether.
    async fn draft_save(&self, session: &SessionToken, id: ApplicationId, save: Save) -> Result<Draft, DraftError>;

    /// Saves what was typed, or keeps it for the holder of the draft when nobody who may save it is
    /// logged in: the session has ended, or is somebody else's. It is in the draft when its holder
    /// opens it next. `ticket` is the [`Draft::ticket`] of the window.
    async fn draft_save_or_seal(
        &self,
        session: Option<&SessionToken>,
        id: ApplicationId,
        ticket: &str,
        save: Save,
    ) -> Result<Kept, DraftError>;

    /// Deletes the draft for good and confirms it by mail.
    async fn draft_delete(&self, session: &SessionToken, id: ApplicationId) -> Result<(), DraftError>;

    /// Which draft and page the link for coming back leads to; opens nothing by itself.
    async fn draft_resume(&self, token: &str) -> Result<Option<ApplicationId>, Fault>;
}

/// A draft, or an application that has been submitted, with the session that opened it.
#[derive(Clone, Debug)]
pub struct Draft {
    pub id: ApplicationId,
    pub session: Session,
    pub service: String,
    pub version: u32,
    pub stored: Stored,
    /// The pages where Continue was tried.
    pub tried: BTreeSet<String>,
    /// The page that was last saved or opened; empty before the first save.
    pub page: String,
    pub started: Timestamp,
    pub saved: Timestamp,
    /// When it is deleted if it is not saved again.
    pub kept_until: Timestamp,
    /// For the window that shows it: with it, what is typed there is kept even after the session.
    pub ticket: String,
    /// Whether something is in it just now that was kept after a session had ended.
    pub has_regained: bool,
    /// Present once submitted.
    pub submitted: Option<Submitted>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submitted {
    pub number: domain::verification_number::VerificationNumber,
    pub at: Timestamp,
    pub fee: domain::state::FeeState,
}

/// What has become of what was typed.
#[derive(Clone, Debug)]
pub enum Kept {
    Saved(Box<Draft>),
    /// It waits for the holder of the draft to log in.
    Sealed,
}

/// One save of one page.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Save {
    pub page: String,
    pub changes: Changes,
    /// The pages where Continue was tried; their problems are shown from now on.
    pub tried: BTreeSet<String>,
    /// The button beside a question that was pressed.
    pub button: Option<QuestionButton>,
    /// Whether the page's time begins anew: a page was turned, or more time asked for.
    pub renews: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum StartError {
    /// The account has so many drafts of the service already, which is as many as it may have.
    #[error("{0} drafts of the service are open")]
    TooMany(u32),
    /// The account has started many drafts lately; the next may be started after so long.
    #[error("the next draft may be started in {0:?}")]
    TooOften(Duration),
    #[error(transparent)]
    Draft(#[from] DraftError),
}

#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum DraftError {
    /// There is no session, or it has ended.
    #[error("not logged in")]
    NotLoggedIn,
    /// It does not exist or is somebody else's.
    #[error("not found")]
    NotFound,
    /// It has been submitted and is locked.
    #[error("submitted")]
    Submitted,
    /// A text is longer than a field may hold. Everything else has been saved.
    #[error("too large")]
    TooLarge,
    /// There is too much altogether. Nothing has been saved.
    #[error("too much")]
    TooMuch,
    #[error(transparent)]
    Fault(#[from] Fault),
}
