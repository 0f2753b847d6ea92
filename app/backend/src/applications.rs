//! Applications: submitting, and what is listed on My page.

use async_trait::async_trait;
use domain::answers::Answers;
use domain::ids::ApplicationId;
use domain::merge::Revision;
use domain::verification_number::VerificationNumber;
use jiff::Timestamp;
use thiserror::Error;

use crate::drafts::{Draft, DraftError};
use crate::fault::Fault;
use crate::session::{Session, SessionToken};

#[async_trait]
pub trait Applications: Send + Sync {
    /// Submits once: locks the answers, gives the verification number and mails the receipt.
    /// Submitting again answers the same number.
    ///
    /// # Errors
    /// `NotComplete` also when what is stored is not what was `reviewed`, or when two windows have
    /// written in a field and nobody has chosen.
    async fn application_submit(
        &self,
        session: &SessionToken,
        id: ApplicationId,
        reviewed: Option<Revision>,
    ) -> Result<Draft, SubmitError>;

    /// What the account has, newest first, a page of each list; `None` when there is no session.
    async fn my_page(&self, session: &SessionToken, asked: MyPages) -> Result<Option<MyPage>, Fault>;

    /// The newest drafts of `service`; none when there is no session.
    async fn drafts_of_service(&self, session: &SessionToken, service: &str) -> Result<Vec<DraftEntry>, Fault>;
}

/// Which page of each list of My page is asked for; the first is 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MyPages {
    pub drafts: u32,
    pub applications: u32,
    pub messages: u32,
}

#[derive(Clone, Debug)]
pub struct MyPage {
    pub session: Session,
    pub asked: MyPages,
    pub drafts: Listed<DraftEntry>,
    pub applications: Listed<ApplicationEntry>,
    pub messages: Listed<MessageEntry>,
}

/// A page of a list.
#[derive(Clone, Debug)]
pub struct Listed<T> {
    pub entries: Vec<T>,
    /// Whether another page comes after it.
    pub has_more: bool,
}

#[derive(Clone, Debug)]
pub struct DraftEntry {
    pub id: ApplicationId,
    pub service: String,
    pub version: u32,
    /// Where to go on; empty before the first save.
    pub page: String,
    /// What is typed in it, to tell it from others; `None` when it holds so much that reading it for a
    /// list would take long.
    pub answers: Option<Answers>,
    pub started: Timestamp,
    pub saved: Timestamp,
    pub kept_until: Timestamp,
}

impl From<&Draft> for DraftEntry {
    fn from(draft: &Draft) -> Self {
        Self {
            id: draft.id,
            service: draft.service.clone(),
            version: draft.version,
            page: draft.page.clone(),
            answers: Some(draft.stored.answers.clone()),
            started: draft.started,
            saved: draft.saved,
            kept_until: draft.kept_until,
        }
    }
}

#[derive(Clone, Debug)]
pub struct ApplicationEntry {
    pub id: ApplicationId,
    pub service: String,
    pub version: u32,
    pub number: VerificationNumber,
    pub submitted: Timestamp,
    pub fee: domain::state::FeeState,
}

/// A message to the account's holder, without its content.
#[derive(Clone, Debug)]
pub struct MessageEntry {
    pub subject: String,
    pub created: Timestamp,
    pub delivery: Delivery,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    Waiting,
    Sent,
    /// Given up after too many tries.
    Failed,
}

#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SubmitError {
    /// Something is missing or wrong; the journey says what.
    #[error("not complete")]
    NotComplete,
    #[error(transparent)]
    Draft(#[from] DraftError),
}
