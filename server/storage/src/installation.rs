//! What the database remembers of the installation as a whole: the root key that everything is
//! sealed under, when expired things were last removed, and that it can be written.

use jiff::Timestamp;
use sea_orm::{ConnectionTrait, QueryResult, Value};

use crate::accounts::email_place;
use crate::audit;
use crate::connect::Storage;
use crate::error::StorageError;
use crate::keys::Keys;
use crate::messages::recipient_place;
use crate::schema::{self, Schema};
use crate::sql::{execute, millis, sql, time_or_none};
use crate::transaction::Transaction;

impl Storage {
    /// The fingerprint of the root key: 16 hexadecimal digits that tell nothing else about it.
    pub fn key_fingerprint(&self) -> &str {
        &self.keys().fingerprint
    }

    /// Whether the database may be opened with this root key; changes nothing.
    ///
    /// # Errors
    /// `WrongKey` when it is sealed under another one.
    pub async fn key_check(&self) -> Result<(), StorageError> {
        check(self.read(), self.keys()).await.map(drop)
    }

    /// When expired things were last removed. Before the first time: when the last thing happened
    /// that is in the audit log.
    pub async fn purged(&self) -> Result<Option<Timestamp>, StorageError> {
        let latest = "SELECT COALESCE(purged, (SELECT at FROM audit ORDER BY seq DESC LIMIT 1)) FROM installation";
        let row = one(self.read(), latest, []).await?.ok_or_else(|| StorageError::corrupt("installation is empty"))?;
        time_or_none(row.try_get_by_index(0)?)
    }

    /// Writes something tiny, durably. It waits for its turn at the writer like one save, so it
    /// should not be done more often than the answer is worth.
    pub async fn probe(&self, now: Timestamp) -> Result<(), StorageError> {
        if let Some(file) = self.file() {
            file.check()?;
        }
        execute(self.write(), "UPDATE installation SET probed = $1", [millis(now).into()]).await?;
        Ok(())
    }
}

impl Transaction {
    /// Notes that expired things were removed now. An earlier time than the one that is noted takes
    /// its place only if `even_back`.
    pub async fn purged_set(&self, even_back: bool) -> Result<(), StorageError> {
        let note = "UPDATE installation SET purged = $1 WHERE $2 OR purged IS NULL OR purged < $1";
        execute(&self.db, note, [self.millis().into(), even_back.into()]).await?;
        Ok(())
    }
}

/// Makes the fingerprint of the root key that of the database, when it has none.
pub(crate) async fn key_claim(db: &impl ConnectionTrait, keys: &Keys) -> Result<(), StorageError> {
    let claim = "UPDATE installation SET key_fingerprint = $1 WHERE key_fingerprint IS NULL";
    execute(db, claim, [keys.fingerprint.as_str().into()]).await?;
    Ok(())
}

/// Refuses a root key under which nothing here can be read. Answers how far the schema has come.
pub(crate) async fn check(db: &impl ConnectionTrait, keys: &Keys) -> Result<Schema, StorageError> {
    let schema = schema::of(db).await?;
    if schema == Schema::Missing {
        return Ok(schema);
    }
    let given = keys.fingerprint.clone();
    match fingerprint(db).await? {
        Some(wanted) if wanted == given => Ok(schema),
        None if is_proven(db, keys).await? => Ok(schema),
        wanted => Err(StorageError::WrongKey { wanted, given }),
    }
}

/// `None` also where the database comes from a version that did not write it down.
async fn fingerprint(db: &impl ConnectionTrait) -> Result<Option<String>, StorageError> {
    if !schema::has_table(db, "installation").await? {
        return Ok(None);
    }
    let row = one(db, "SELECT key_fingerprint FROM installation", []).await?;
    Ok(row.map(|row| row.try_get_by_index::<Option<String>>(0)).transpose()?.flatten())
}

/// Whether the key opens the oldest of what is stored, which is what the rightful one has sealed;
/// true when nothing is stored. One that opens is enough: another may have been damaged.
async fn is_proven(db: &impl ConnectionTrait, keys: &Keys) -> Result<bool, StorageError> {
    let mut found = Vec::new();
    if let Some(row) = one(db, "SELECT id, email FROM accounts ORDER BY created, id LIMIT 1", []).await? {
        let (id, email): (String, Vec<u8>) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        found.push(keys.address.open(email_place(&id), &email).is_ok());
    }
    if let Some(row) = one(db, "SELECT id, recipient FROM messages ORDER BY created, id LIMIT 1", []).await? {
        let (id, recipient): (String, Vec<u8>) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        found.push(keys.message.open(recipient_place(&id), &recipient).is_ok());
    }
    found.extend(audit::is_first_row_ours(db, keys).await?);
    Ok(found.is_empty() || found.contains(&true))
}

async fn one<const N: usize>(
    db: &impl ConnectionTrait,
    text: &str,
    values: [Value; N],
) -> Result<Option<QueryResult>, StorageError> {
    Ok(db.query_one_raw(sql(db, text, values)).await?)
}
