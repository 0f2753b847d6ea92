//! Applications: from draft to submitted.

use std::collections::BTreeSet;

use domain::answers::Answers;
use domain::ids::{AccountId, ApplicationId};
use domain::merge::Stored;
use domain::state::{FeeState, State};
use domain::verification_number::VerificationNumber;
use jiff::Timestamp;
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, Select};

use crate::connect::Storage;
use crate::drafts::sealed;
use crate::entities::applications;
use crate::error::StorageError;
use crate::seal::SealKey;
use crate::sql::{Slice, count, execute, id, stored_count, time, time_or_none};
use crate::transaction::Transaction;

pub use crate::draft_starts::{StartLimits, Starting};
pub use crate::drafts::{DraftSave, NewDraft, Opened};
pub use crate::retention::{Due, HandedOver, Reminder, Step};

/// A draft or an application that has been submitted, opened.
#[derive(Clone)]
pub struct Application {
    pub id: ApplicationId,
    pub account: AccountId,
    pub service: String,
    /// Of the form.
    pub version: u32,
    /// BCP 47 tag of the language in which it was started.
    pub language: String,
    /// Counts every save; a save or a submission is refused when it has changed meanwhile.
    pub row_version: u32,
    /// Empty before the first save.
    pub page: String,
    /// Once submitted: what was submitted.
    pub stored: Stored,
    /// The pages where Continue was tried.
    pub tried: BTreeSet<String>,
    pub started: Timestamp,
    pub saved: Timestamp,
    pub kept_until: Timestamp,
    pub submitted: Option<Submitted>,
    /// Whether saves wait that arrived without a session.
    pub has_sealed: bool,
    pub(crate) key: SealKey,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Submitted {
    pub number: VerificationNumber,
    pub at: Timestamp,
    pub fee: FeeState,
}

/// An application without its answers.
#[derive(Clone, Debug)]
pub struct Summary {
    pub id: ApplicationId,
    pub account: AccountId,
    pub service: String,
    pub version: u32,
    /// BCP 47 tag.
    pub language: String,
    pub page: String,
    pub started: Timestamp,
    pub saved: Timestamp,
    pub kept_until: Timestamp,
    pub submitted: Option<Submitted>,
}

/// What is submitted.
#[derive(Clone, Copy)]
pub struct Submission<'a> {
    /// Only those that were asked; the others are gone afterwards.
    pub answers: &'a Answers,
    pub number: VerificationNumber,
    pub fee: FeeState,
}

impl Storage {
    /// Some of the drafts of the account, started last first.
    pub async fn drafts_of(&self, account: AccountId, slice: Slice) -> Result<Vec<Summary>, StorageError> {
        self.summaries(listed(account, State::Draft, slice)).await
    }

    /// Some of the drafts of a service that the account has, started last first.
    pub async fn drafts_of_service(
        &self,
        account: AccountId,
        service: &str,
        slice: Slice,
    ) -> Result<Vec<Summary>, StorageError> {
        let of_service = applications::Column::Service.eq(service);
        self.summaries(listed(account, State::Draft, slice).filter(of_service)).await
    }

    /// Some of the applications that the account has submitted, started last first.
    pub async fn applications_of(&self, account: AccountId, slice: Slice) -> Result<Vec<Summary>, StorageError> {
        self.summaries(listed(account, State::Submitted, slice)).await
    }

    pub(crate) async fn summaries(&self, query: Select<applications::Entity>) -> Result<Vec<Summary>, StorageError> {
        use applications::Column::*;
        let columns = [
            Id,
            Account,
            Service,
            Version,
            Language,
            Page,
            Started,
            Saved,
            KeptUntil,
            SubmittedAt,
            VerificationNumber,
            FeeState,
        ];
        let query = query.select_only().columns(columns).into_model::<SummaryRow>();
        query.all(self.read()).await?.into_iter().map(Summary::try_from).collect()
    }
}

impl Transaction {
    /// Locks the answers and gives the number. After this nothing about the row can be changed.
    ///
    /// # Errors
    /// `Conflict` when it was saved, submitted or deleted since it was opened; `Taken` when the
    /// number belongs to another application: begin a new transaction with another number.
    pub async fn application_submit(
        &self,
        application: &Application,
        submission: Submission<'_>,
    ) -> Result<(), StorageError> {
        const SUBMIT: &str = "UPDATE applications
            SET state = 'submitted', row_version = $1, answers = $2, submitted_at = $3,
                verification_number = $4, fee_state = $5
            WHERE id = $6 AND account = $7 AND row_version = $8 AND state = 'draft'";
        let next = application.row_version + 1;
        let mut stored = Stored::default();
        stored.revision = application.stored.revision;
        stored.answers = submission.answers.clone();
        let answers = sealed(&self.storage, application, next, &stored, &BTreeSet::new())?;
        let values = [
            stored_count(next).into(),
            answers.into(),
            self.millis().into(),
            submission.number.to_string().into(),
            submission.fee.as_str().into(),
            application.id.to_string().into(),
            application.account.to_string().into(),
            stored_count(application.row_version).into(),
        ];
        match execute(&self.db, SUBMIT, values).await? {
            0 => Err(StorageError::Conflict),
            _ => Ok(()),
        }
    }
}

/// The columns of [`Summary`].
#[derive(FromQueryResult)]
pub(crate) struct SummaryRow {
    id: String,
    account: String,
    service: String,
    version: i32,
    language: String,
    page: String,
    started: i64,
    saved: i64,
    kept_until: i64,
    submitted_at: Option<i64>,
    verification_number: Option<String>,
    fee_state: Option<String>,
}

impl TryFrom<SummaryRow> for Summary {
    type Error = StorageError;

    fn try_from(row: SummaryRow) -> Result<Self, StorageError> {
        Ok(Self {
            id: id(&row.id)?,
            account: id(&row.account)?,
            service: row.service,
            version: count(row.version)?,
            language: row.language,
            page: row.page,
            started: time(row.started)?,
            saved: time(row.saved)?,
            kept_until: time(row.kept_until)?,
            submitted: submitted(row.submitted_at, row.verification_number.as_deref(), row.fee_state.as_deref())?,
        })
    }
}

/// The three columns are filled together; the database checks it.
pub(crate) fn submitted(
    at: Option<i64>,
    number: Option<&str>,
    fee: Option<&str>,
) -> Result<Option<Submitted>, StorageError> {
    let Some(((at, number), fee)) = time_or_none(at)?.zip(number).zip(fee) else { return Ok(None) };
    let number = number.parse().map_err(|_| StorageError::corrupt("applications.verification_number"))?;
    let fee = FeeState::from_name(fee).ok_or_else(|| StorageError::corrupt("applications.fee_state"))?;
    Ok(Some(Submitted { number, at, fee }))
}

fn listed(account: AccountId, state: State, slice: Slice) -> Select<applications::Entity> {
    use applications::Column;
    applications::Entity::find()
        .filter(Column::Account.eq(account.to_string()))
        .filter(Column::State.eq(state.as_str()))
        .order_by_desc(Column::Started)
        .order_by_desc(Column::Id)
        .offset(slice.offset)
        .limit(slice.limit)
}
