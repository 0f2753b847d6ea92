//! Saves that arrive without a session: kept, sealed, until the holder of the draft opens it.
//!
//! A window proves by its ticket that it has shown the draft to its holder. Who has a ticket can
//! add to what waits, and read nothing.

use domain::ids::ApplicationId;
use domain::merge::Origin;
use jiff::Timestamp;
use sea_orm::ConnectionTrait;

use crate::applications::Application;
use crate::connect::Storage;
use crate::drafts::key_place;
use crate::error::StorageError;
use crate::keys::{hex, is_same};
use crate::random::random_bytes;
use crate::seal::{Place, SealKey};
use crate::sql::{count, counted, execute, millis, sql, stored_count};
use crate::transaction::Transaction;

/// So many windows of one draft may have a save waiting.
const WINDOWS: i64 = 20;
/// And with so much together, in bytes: opening the draft has to read it all.
const WAITING: i64 = 2_000_000;

/// One save that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedSave {
    window: String,
    arrived: i64,
    number: i32,
    pub content: Vec<u8>,
}

/// A save to keep.
#[derive(Clone, Copy, Debug)]
pub struct ToSeal<'a> {
    /// Of the window that it comes from.
    pub ticket: &'a str,
    pub origin: Option<Origin>,
    /// Whether it holds all that the window has unsaved.
    pub is_whole: bool,
    /// `None` when nothing is to be kept; then it is only said whether it would be.
    pub content: Option<&'a [u8]>,
}

/// What became of a save without a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sealing {
    Kept,
    /// The ticket is not one of this draft, or there is no such draft (any more).
    NoDraft,
    /// Too much waits already.
    Full,
}

impl Storage {
    /// A ticket for a window that shows the application: 64 random bits that name the window, a
    /// point, and a MAC of 128 bits.
    pub fn window_ticket(&self, id: ApplicationId) -> Result<String, StorageError> {
        let window = hex(&random_bytes::<8>(self.random())?);
        let mac = self.ticket_proof(id, &window);
        Ok(format!("{window}.{mac}"))
    }

    /// How many saves have waited since before `before`.
    pub async fn sealed_saves_old(&self, before: Timestamp) -> Result<u64, StorageError> {
        let count = "SELECT COUNT(*) FROM sealed_saves WHERE arrived <= $1";
        counted(self.read(), count, [millis(before).into()]).await
    }

    fn ticket_proof(&self, id: ApplicationId, window: &str) -> String {
        hex(&self.keys().ticket_mac(&id.to_string(), window)[..16])
    }

    /// The service and the version of the form of a draft for which a window with `ticket` may keep a
    /// save; `None` when the ticket is not one of this draft, or there is no such draft (any more).
    pub async fn sealable(
        &self,
        id: ApplicationId,
        ticket: &str,
        now: Timestamp,
    ) -> Result<Option<(String, u32)>, StorageError> {
        const FORM: &str =
            "SELECT service, version FROM applications WHERE id = $1 AND state = 'draft' AND kept_until > $2";
        if self.ticket_window(id, ticket).is_none() {
            return Ok(None);
        }
        let values = [id.to_string().into(), millis(now).into()];
        let row = self.read().query_one_raw(sql(self.read(), FORM, values)).await?;
        row.map(|row| Ok((row.try_get_by_index(0)?, count(row.try_get_by_index(1)?)?))).transpose()
    }

    /// The window that a ticket names, when it is one of this draft.
    fn ticket_window<'t>(&self, id: ApplicationId, ticket: &'t str) -> Option<&'t str> {
        let (window, proof) = ticket.split_once('.')?;
        is_same(self.ticket_proof(id, window).as_bytes(), proof.as_bytes()).then_some(window)
    }

    /// Keeps a save, sealed under the draft's key. What the same window had sent before is replaced
    /// by a save that is whole. One that comes after a later one of its window brings nothing new.
    pub async fn sealed_save(
        &self,
        id: ApplicationId,
        save: ToSeal<'_>,
        now: Timestamp,
    ) -> Result<Sealing, StorageError> {
        let Some(ticket) = self.ticket_window(id, save.ticket) else { return Ok(Sealing::NoDraft) };
        // A browser may show one page twice.
        let (window, number) = match save.origin {
            Some(Origin { window, number }) => (format!("{ticket}.{:x}", window.0), number),
            None if save.is_whole => (ticket.to_owned(), 0),
            // It waits beside the last whole one.
            None => (format!("{ticket}.part"), 0),
        };
        const DRAFT: &str = "SELECT p.data_key,
                (SELECT COUNT(*) FROM sealed_saves w WHERE w.application = p.id AND w.window_id <> $2),
                (SELECT COALESCE(SUM(LENGTH(w.content)), 0) FROM sealed_saves w
                    WHERE w.application = p.id AND w.window_id <> $2)
            FROM applications p WHERE p.id = $1 AND p.state = 'draft' AND p.kept_until > $3";
        let id = id.to_string();
        let values = [id.as_str().into(), window.as_str().into(), millis(now).into()];
        let Some(row) = self.read().query_one_raw(sql(self.read(), DRAFT, values)).await? else {
            return Ok(Sealing::NoDraft);
        };
        let Some(content) = save.content else { return Ok(Sealing::Kept) };
        let size = i64::try_from(content.len()).unwrap_or(i64::MAX);
        if row.try_get_by_index::<i64>(1)? >= WINDOWS || row.try_get_by_index::<i64>(2)?.saturating_add(size) > WAITING
        {
            return Ok(Sealing::Full);
        }
        let data_key: Vec<u8> = row.try_get_by_index(0)?;
        let key = SealKey::unwrapped(&self.keys().wrap, key_place(&id), &data_key)?;
        let sealed = key.seal(self.random(), place(&window), content)?;
        const KEEP: &str = "INSERT INTO sealed_saves (application, window_id, number, content, arrived)
            VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (application, window_id) DO UPDATE
            SET number = excluded.number, content = excluded.content, arrived = excluded.arrived
            WHERE excluded.number >= sealed_saves.number";
        let values = [id.into(), window.into(), stored_count(number).into(), sealed.into(), millis(now).into()];
        let statement = self.saves().statement(KEEP, values);
        self.saves().save(vec![statement]).await?;
        Ok(Sealing::Kept)
    }

    /// The saves that wait for a draft and came after `since`, earliest first.
    pub async fn sealed_saves(
        &self,
        application: &Application,
        since: Timestamp,
    ) -> Result<Vec<SealedSave>, StorageError> {
        const WAITING: &str = "SELECT window_id, arrived, content, number FROM sealed_saves
            WHERE application = $1 AND arrived > $2 ORDER BY arrived, window_id";
        let values = [application.id.to_string().into(), millis(since).into()];
        let rows = self.read().query_all_raw(sql(self.read(), WAITING, values)).await?;
        rows.into_iter()
            .map(|row| {
                let window: String = row.try_get_by_index(0)?;
                let sealed: Vec<u8> = row.try_get_by_index(2)?;
                let content = application.key.open(place(&window), &sealed)?;
                Ok(SealedSave { window, arrived: row.try_get_by_index(1)?, number: row.try_get_by_index(3)?, content })
            })
            .collect()
    }
}

impl Transaction {
    /// Forgets a save that has been taken in, unless the window has sent another one since.
    pub async fn sealed_save_delete(&self, id: ApplicationId, save: &SealedSave) -> Result<(), StorageError> {
        let delete =
            "DELETE FROM sealed_saves WHERE application = $1 AND window_id = $2 AND arrived = $3 AND number = $4";
        let SealedSave { window, arrived, number, .. } = save;
        execute(&self.db, delete, [id.to_string().into(), window.as_str().into(), (*arrived).into(), (*number).into()])
            .await?;
        Ok(())
    }

    /// Forgets what has waited since before `before`; answers how many saves that were.
    pub async fn sealed_saves_purge(&self, before: Timestamp) -> Result<u64, StorageError> {
        execute(&self.db, "DELETE FROM sealed_saves WHERE arrived <= $1", [millis(before).into()]).await
    }
}

fn place(window: &str) -> Place<'_> {
    Place { table: "sealed_saves", id: window, column: "content", version: 1 }
}
