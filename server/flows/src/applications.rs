//! Submitting an application, and what My page lists.

use async_trait::async_trait;
use backend::applications::{
    ApplicationEntry, Applications, Delivery, DraftEntry, Listed, MessageEntry, MyPage, MyPages, SubmitError,
};
use backend::drafts::{Draft, DraftError};
use backend::fault::Fault;
use backend::session::SessionToken;
use domain::ids::ApplicationId;
use domain::journey::Journey;
use domain::merge::Revision;
use domain::state::FeeState;
use domain::verification_number::VerificationNumber;
use jiff::Timestamp;
use storage::applications::{Application, Submission, Summary};
use storage::messages::{MessageState, MessageSummary};
use storage::sessions::Session;
use storage::{Slice, StorageError};

use crate::drafts::{DraftFlows, fee_text};
use crate::fault::fault;

/// Entries on a page of a list.
const PAGE: u16 = 20;
/// How often a submission is tried anew when a save comes between or a number is taken.
const TRIES: usize = 20;
/// How many drafts the start page of a service names; all are on My page.
const DRAFTS_SHOWN: Slice = Slice { offset: 0, limit: 3 };

#[async_trait]
impl Applications for DraftFlows {
    async fn application_submit(
        &self,
        token: &SessionToken,
        id: ApplicationId,
        reviewed: Option<Revision>,
    ) -> Result<Draft, SubmitError> {
        for _ in 0..TRIES {
            let now = self.clock.now();
            let opened = self.open(token, id, now).await?;
            if opened.application.submitted.is_some() {
                return Ok(self.draft(opened)?);
            }
            if reviewed.is_some_and(|reviewed| reviewed != opened.application.stored.revision) {
                return Err(SubmitError::NotComplete);
            }
            match self.submit(&opened.session, &opened.application, now).await {
                Ok(()) => {}
                Err(Submitting::NotComplete) => return Err(SubmitError::NotComplete),
                Err(Submitting::Storage(StorageError::Conflict | StorageError::Taken)) => {}
                Err(Submitting::Storage(error)) => return Err(DraftError::from(fault(error)).into()),
            }
        }
        Err(DraftError::from(Fault::Busy(std::time::Duration::from_secs(1))).into())
    }

    async fn my_page(&self, token: &SessionToken, asked: MyPages) -> Result<Option<MyPage>, Fault> {
        let now = self.clock.now();
        let mut session = match self.session(token, now).await {
            Ok(session) => session,
            Err(DraftError::Fault(fault)) => return Err(fault),
            Err(_) => return Ok(None),
        };
        self.seen(&mut session, now).await;
        let account = session.account;
        let drafts = self.storage.drafts_of(account, slice(asked.drafts)).await.map_err(fault)?;
        let submitted = self.storage.applications_of(account, slice(asked.applications)).await.map_err(fault)?;
        let messages = self.storage.messages_of(account, slice(asked.messages)).await.map_err(fault)?;
        Ok(Some(MyPage {
            session: self.session_of(&session),
            asked,
            drafts: Listed {
                has_more: has_more(&drafts),
                entries: self.entries(drafts.into_iter().take(PAGE.into())).await,
            },
            applications: listed(submitted, application_entry),
            messages: listed(messages, |message| Some(message_entry(message))),
        }))
    }

    async fn drafts_of_service(&self, token: &SessionToken, service: &str) -> Result<Vec<DraftEntry>, Fault> {
        let now = self.clock.now();
        let session = match self.session(token, now).await {
            Ok(session) => session,
            Err(DraftError::Fault(fault)) => return Err(fault),
            Err(_) => return Ok(Vec::new()),
        };
        let drafts = self.storage.drafts_of_service(session.account, service, DRAFTS_SHOWN).await;
        Ok(self.entries(drafts.map_err(fault)?).await)
    }
}

/// The rows of a page, and one more that tells whether another page comes.
fn slice(page: u32) -> Slice {
    Slice { offset: u64::from(page) * u64::from(PAGE), limit: u64::from(PAGE) + 1 }
}

fn has_more<R>(rows: &[R]) -> bool {
    rows.len() > usize::from(PAGE)
}

fn listed<R, E>(rows: Vec<R>, entry: impl FnMut(R) -> Option<E>) -> Listed<E> {
    Listed { has_more: has_more(&rows), entries: rows.into_iter().take(PAGE.into()).filter_map(entry).collect() }
}

/// Why one try to submit did not succeed.
enum Submitting {
    NotComplete,
    Storage(StorageError),
}

impl From<StorageError> for Submitting {
    fn from(error: StorageError) -> Self {
        Self::Storage(error)
    }
}

impl DraftFlows {
    /// Everything that belongs to a submission happens in one transaction: the lock, the number,
    /// the confirmation and the audit row.
    async fn submit(&self, session: &Session, application: &Application, now: Timestamp) -> Result<(), Submitting> {
        let unknown = || StorageError::Corrupt("the form of an application is not there".to_owned());
        let form = self.library.form(&application.service, application.version).ok_or_else(unknown)?;
        let today = self.settings.zone.to_datetime(now).date();
        let answers = &application.stored.answers;
        let journey = Journey::of(&form, answers, today);
        if !journey.is_complete() || journey.contested(&application.stored).is_some() {
            return Err(Submitting::NotComplete);
        }
        let fee = journey.fee.filter(|fee| fee.amount > 0);
        let submission = Submission {
            answers: &journey.submission(answers),
            number: VerificationNumber::from_random(u32::from_be_bytes(self.random.bytes())),
            fee: fee.map_or(FeeState::None, |fee| self.payments.at_submission(fee)),
        };
        let letter = self.submitted(application, &submission, &fee_text(fee, &application.language), now);
        let mut tx = self.storage.begin(now).await?;
        tx.application_submit(application, submission).await?;
        self.queue_row(&tx, &letter, (session.account, &session.email), Some(application.id), now).await?;
        self.audit(&mut tx, &session.account.to_string(), "application.submitted", application.id);
        tx.commit().await?;
        Ok(())
    }
}

fn application_entry(application: Summary) -> Option<ApplicationEntry> {
    let Summary { id, service, version, submitted, .. } = application;
    let submitted = submitted?;
    let (number, fee) = (submitted.number, submitted.fee);
    Some(ApplicationEntry { id, service, version, number, submitted: submitted.at, fee })
}

fn message_entry(message: MessageSummary) -> MessageEntry {
    MessageEntry {
        subject: message.subject,
        created: message.created,
        delivery: match message.state {
            MessageState::Waiting => Delivery::Waiting,
            MessageState::Sent => Delivery::Sent,
            MessageState::Failed => Delivery::Failed,
        },
    }
}
