//! Drafts: starting, opening, saving and deleting.

use std::collections::BTreeSet;

use domain::answers::Answers;
use domain::ids::{AccountId, ApplicationId};
use domain::merge::Stored;
use domain::state::State;
use jiff::Timestamp;
use sea_orm::{ConnectionTrait, QueryResult, Value};
use serde::{Deserialize, Serialize};

use crate::applications::{Application, submitted};
use crate::connect::Storage;
use crate::entities::{applications, insert};
use crate::error::StorageError;
use crate::keys::secret_hash;
use crate::seal::{Place, SealKey};
use crate::sessions::Session;
use crate::sql::{count, execute, millis, sql, stored_count, time};
use crate::transaction::Transaction;

/// A draft of which more is stored, in bytes, is not read for a list: twenty of them shall take
/// milliseconds. An application filled in to the end takes a fifth of it.
const GLIMPSE_LIMIT: i64 = 256 * 1024;

/// What a session sees when it opens an application.
#[derive(Clone)]
pub struct Opened {
    pub session: Session,
    /// `None` when there is no such application or it is somebody else's.
    pub application: Option<Application>,
}

#[derive(Clone, Copy)]
pub struct NewDraft<'a> {
    pub id: ApplicationId,
    pub account: AccountId,
    pub service: &'a str,
    pub version: u32,
    /// BCP 47 tag.
    pub language: &'a str,
    pub kept_until: Timestamp,
}

/// What a draft becomes.
#[derive(Clone, Copy)]
pub struct DraftSave<'a> {
    pub stored: &'a Stored,
    pub tried: &'a BTreeSet<String>,
    pub page: &'a str,
    pub kept_until: Timestamp,
}

impl Storage {
    /// Opens an application for the holder of a session; `None` when there is no such session,
    /// its absolute end has come, or the account has ended it.
    pub async fn draft_open(
        &self,
        token: &str,
        id: ApplicationId,
        now: Timestamp,
    ) -> Result<Option<Opened>, StorageError> {
        // One question for who asks and what is asked for: this is asked for every page.
        const OPEN: &str = "SELECT s.created, s.last_activity, s.absolute_end, a.id, a.email, a.language, s.page_end,
                p.service, p.version, p.language, p.row_version, p.page, p.answers, p.data_key,
                p.started, p.saved, p.kept_until, p.submitted_at, p.verification_number, p.fee_state,
                EXISTS (SELECT 1 FROM sealed_saves w WHERE w.application = p.id)
            FROM sessions s
            JOIN accounts a ON a.id = s.account AND a.epoch = s.epoch
            LEFT JOIN applications p ON p.id = $2 AND p.account = s.account
            WHERE s.token_hash = $1 AND s.absolute_end > $3";
        let (token_hash, id_text) = (secret_hash(token), id.to_string());
        let values = [token_hash.as_str().into(), id_text.as_str().into(), millis(now).into()];
        let Some(row) = self.read().query_one_raw(sql(self.read(), OPEN, values)).await? else { return Ok(None) };
        let session = self.session(&row, token_hash)?;
        let application = match row.try_get_by_index::<Option<String>>(7)? {
            Some(service) => Some(self.application(&row, id, &id_text, session.account, service)?),
            None => None,
        };
        Ok(Some(Opened { session, application }))
    }

    /// What is typed in a draft of `account`, for a list of drafts; `None` when there is no such draft,
    /// or when it holds so much that reading it takes long.
    pub async fn draft_glimpse(&self, account: AccountId, id: ApplicationId) -> Result<Option<Answers>, StorageError> {
        const GLIMPSE: &str = "SELECT row_version, answers, data_key FROM applications
            WHERE id = $1 AND account = $2 AND state = 'draft' AND length(answers) <= $3";
        let id = id.to_string();
        let values = [id.as_str().into(), account.to_string().into(), GLIMPSE_LIMIT.into()];
        let Some(row) = self.read().query_one_raw(sql(self.read(), GLIMPSE, values)).await? else { return Ok(None) };
        let (answers, data_key): (Vec<u8>, Vec<u8>) = (row.try_get_by_index(1)?, row.try_get_by_index(2)?);
        let place = answers_place(&id, row.try_get_by_index(0)?);
        let plain = SealKey::unwrapped(&self.keys().wrap, key_place(&id), &data_key)?.open(place, &answers)?;
        let content: Glimpse = serde_json::from_slice(&plain).map_err(|_| place.damaged("is not understood"))?;
        Ok(Some(content.stored.answers))
    }

    /// Saves a draft durably; answers the new row version. Counts as activity of `session`.
    ///
    /// # Errors
    /// `Conflict` when it was saved, submitted or deleted since it was opened: open it again,
    /// merge, and save that. `Unavailable` when too many saves are waiting.
    pub async fn draft_save(
        &self,
        session: &Session,
        application: &Application,
        save: DraftSave<'_>,
        now: Timestamp,
    ) -> Result<u32, StorageError> {
        let (next, values) = draft_row(self, session.account, application, save, now)?;
        let queue = self.saves();
        let mut statements = vec![queue.statement(SAVE, values)];
        if session.is_due(now) {
            statements.push(queue.touch_statement(&session.token_hash, millis(now)));
        }
        if queue.save(statements).await? { Ok(next) } else { Err(StorageError::Conflict) }
    }

    /// Reads columns 7 and on of `OPEN`.
    fn application(
        &self,
        row: &QueryResult,
        id: ApplicationId,
        id_text: &str,
        account: AccountId,
        service: String,
    ) -> Result<Application, StorageError> {
        let row_version: i32 = row.try_get_by_index(10)?;
        let answers: Vec<u8> = row.try_get_by_index(12)?;
        let data_key: Vec<u8> = row.try_get_by_index(13)?;
        let key = SealKey::unwrapped(&self.keys().wrap, key_place(id_text), &data_key)?;
        let place = answers_place(id_text, row_version);
        let content: Content =
            serde_json::from_slice(&key.open(place, &answers)?).map_err(|_| place.damaged("is not understood"))?;
        let number: Option<String> = row.try_get_by_index(18)?;
        let fee: Option<String> = row.try_get_by_index(19)?;
        Ok(Application {
            id,
            account,
            service,
            version: count(row.try_get_by_index(8)?)?,
            language: row.try_get_by_index(9)?,
            row_version: count(row_version)?,
            page: row.try_get_by_index(11)?,
            stored: content.stored,
            tried: content.tried,
            started: time(row.try_get_by_index(14)?)?,
            saved: time(row.try_get_by_index(15)?)?,
            kept_until: time(row.try_get_by_index(16)?)?,
            submitted: submitted(row.try_get_by_index(17)?, number.as_deref(), fee.as_deref())?,
            has_sealed: row.try_get_by_index(20)?,
            key,
        })
    }
}

impl Transaction {
    /// Saves a draft, like [`Storage::draft_save`], together with what else the flow writes.
    ///
    /// # Errors
    /// `Conflict` when it was saved, submitted or deleted since it was opened.
    pub async fn draft_save(&self, application: &Application, save: DraftSave<'_>) -> Result<(), StorageError> {
        let (_, values) = draft_row(&self.storage, application.account, application, save, self.now())?;
        let is_saved = execute(&self.db, SAVE, values).await? > 0;
        if is_saved { Ok(()) } else { Err(StorageError::Conflict) }
    }

    /// Starts an empty draft under a data key of its own.
    pub async fn draft_insert(&self, new: NewDraft<'_>) -> Result<(), StorageError> {
        let id = new.id.to_string();
        let random = self.storage.random();
        let key = SealKey::random(random)?;
        let content = content(&Stored::default(), &BTreeSet::new())?;
        let row = applications::Model {
            account: new.account.to_string(),
            service: new.service.to_owned(),
            version: stored_count(new.version),
            language: new.language.to_owned(),
            state: State::Draft.as_str().to_owned(),
            row_version: 0,
            page: String::new(),
            answers: key.seal(random, answers_place(&id, 0), &content)?,
            data_key: key.wrapped(&self.storage.keys().wrap, random, key_place(&id))?,
            started: self.millis(),
            saved: self.millis(),
            kept_until: millis(new.kept_until),
            reminded: 0,
            submitted_at: None,
            verification_number: None,
            fee_state: None,
            id,
        };
        insert(&self.db, row).await
    }

    /// Deletes a draft of `account` for good, with its key, its links and the messages about it
    /// that still wait; answers whether there was one. A submitted application stays.
    pub async fn draft_delete(&self, id: ApplicationId, account: AccountId) -> Result<bool, StorageError> {
        let delete = "DELETE FROM applications WHERE id = $1 AND account = $2 AND state = 'draft'";
        let deleted = execute(&self.db, delete, [id.to_string().into(), account.to_string().into()]).await? > 0;
        if deleted {
            self.draft_clear(id).await?;
        }
        Ok(deleted)
    }

    /// Takes away what belongs to a draft that has just been deleted. Its links go by the foreign
    /// key.
    pub(crate) async fn draft_clear(&self, id: ApplicationId) -> Result<(), StorageError> {
        let delete = "DELETE FROM messages WHERE application = $1 AND state = 'waiting'";
        execute(&self.db, delete, [id.to_string().into()]).await?;
        Ok(())
    }
}

const SAVE: &str = "UPDATE applications
    SET row_version = $1, page = $2, answers = $3, saved = $4, kept_until = $5, reminded = 0
    WHERE id = $6 AND account = $7 AND row_version = $8 AND state = 'draft'";

/// The next row version with the values for `SAVE`, by which only the draft of `account` is saved.
fn draft_row(
    storage: &Storage,
    account: AccountId,
    application: &Application,
    save: DraftSave<'_>,
    now: Timestamp,
) -> Result<(u32, [Value; 8]), StorageError> {
    let next = application.row_version + 1;
    let answers = sealed(storage, application, next, save.stored, save.tried)?;
    let values = [
        stored_count(next).into(),
        save.page.into(),
        answers.into(),
        millis(now).into(),
        millis(save.kept_until).into(),
        application.id.to_string().into(),
        account.to_string().into(),
        stored_count(application.row_version).into(),
    ];
    Ok((next, values))
}

/// What is sealed in `answers`.
#[derive(Deserialize)]
struct Content {
    stored: Stored,
    tried: BTreeSet<String>,
}

/// Of what is sealed in `answers`, what was typed.
#[derive(Deserialize)]
struct Glimpse {
    stored: Typed,
}

#[derive(Deserialize)]
struct Typed {
    answers: Answers,
}

fn content(stored: &Stored, tried: &BTreeSet<String>) -> Result<Vec<u8>, StorageError> {
    #[derive(Serialize)]
    struct Content<'a> {
        stored: &'a Stored,
        tried: &'a BTreeSet<String>,
    }
    serde_json::to_vec(&Content { stored, tried }).map_err(|_| StorageError::corrupt("answers cannot be written"))
}

/// The answers as they are stored in the row's next version.
pub(crate) fn sealed(
    storage: &Storage,
    application: &Application,
    row_version: u32,
    stored: &Stored,
    tried: &BTreeSet<String>,
) -> Result<Vec<u8>, StorageError> {
    let place = application.id.to_string();
    let place = answers_place(&place, stored_count(row_version));
    application.key.seal(storage.random(), place, &content(stored, tried)?)
}

fn answers_place(id: &str, version: i32) -> Place<'_> {
    Place { table: "applications", id, column: "answers", version }
}

pub(crate) fn key_place(id: &str) -> Place<'_> {
    Place { table: "applications", id, column: "data_key", version: 1 }
}
