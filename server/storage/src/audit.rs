//! The audit log: rows are only ever added, each chained to the one before.

use sea_orm::{ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::connect::Storage;
use crate::entities::{audit, insert};
use crate::error::StorageError;
use crate::keys::{Keys, is_same};
use crate::sql::{execute, sql};
use crate::transaction::Transaction;

/// What was done, without personal data: it can never be taken back.
#[derive(Clone, Copy, Debug)]
pub struct NewAudit<'a> {
    /// Who did it: an account's id, or the name of a job.
    pub actor: &'a str,
    /// What was done, e.g. `application.submitted`.
    pub action: &'a str,
    /// To what: an id.
    pub subject: &'a str,
    /// Anything else worth keeping.
    pub detail: &'a str,
}

pub(crate) struct AuditRow {
    actor: String,
    action: String,
    subject: String,
    detail: String,
}

impl Transaction {
    /// Adds a row to the audit log. It is written with the commit.
    pub fn audit_add(&mut self, new: NewAudit<'_>) {
        self.audit.push(AuditRow {
            actor: new.actor.to_owned(),
            action: new.action.to_owned(),
            subject: new.subject.to_owned(),
            detail: new.detail.to_owned(),
        });
    }

    pub(crate) async fn audit_write(&mut self) -> Result<(), StorageError> {
        if self.audit.is_empty() {
            return Ok(());
        }
        let (mut seq, mut mac) = head(&self.db, true).await?;
        for new in std::mem::take(&mut self.audit) {
            let AuditRow { actor, action, subject, detail } = new;
            seq += 1;
            let mut row = audit::Model { seq, at: self.millis(), actor, action, subject, detail, mac: Vec::new() };
            row.mac = chained(self.storage.keys(), &mac, &row);
            mac.clone_from(&row.mac);
            insert(&self.db, row).await?;
        }
        execute(&self.db, "UPDATE audit_head SET seq = $1, mac = $2 WHERE id = 1", [seq.into(), mac.into()]).await?;
        Ok(())
    }
}

impl Storage {
    /// Reads the whole log and answers the number of the first row that was changed, removed or
    /// moved; `None` when every row is as it was written.
    pub async fn audit_verify(&self) -> Result<Option<i64>, StorageError> {
        const CHUNK: u64 = 1000;
        // Rows may be added meanwhile; those up to here must be there.
        let (last, _) = head(self.read(), false).await?;
        let (mut seq, mut mac) = (0, Vec::new());
        loop {
            let rows = audit::Entity::find()
                .filter(audit::Column::Seq.gt(seq))
                .order_by_asc(audit::Column::Seq)
                .limit(CHUNK)
                .all(self.read())
                .await?;
            if rows.is_empty() {
                return Ok((seq < last).then_some(seq + 1));
            }
            for row in rows {
                seq += 1;
                if row.seq != seq || !is_same(&row.mac, &chained(self.keys(), &mac, &row)) {
                    return Ok(Some(seq));
                }
                mac = row.mac;
            }
        }
    }
}

/// Whether the first row was written under these keys; `None` in an empty log.
pub(crate) async fn is_first_row_ours(db: &impl ConnectionTrait, keys: &Keys) -> Result<Option<bool>, StorageError> {
    let first = audit::Entity::find().order_by_asc(audit::Column::Seq).one(db).await?;
    Ok(first.map(|row| is_same(&row.mac, &chained(keys, &[], &row))))
}

/// The number and the code of the last row. A writer waits for its turn here on PostgreSQL; on
/// SQLite it is the only one.
pub(crate) async fn head(db: &impl ConnectionTrait, is_writer: bool) -> Result<(i64, Vec<u8>), StorageError> {
    let lock = if is_writer && db.get_database_backend() == DbBackend::Postgres { " FOR UPDATE" } else { "" };
    let found = db.query_one_raw(sql(db, format!("SELECT seq, mac FROM audit_head WHERE id = 1{lock}"), [])).await?;
    let row = found.ok_or_else(|| StorageError::corrupt("audit_head is empty"))?;
    Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))
}

fn chained(keys: &Keys, before: &[u8], row: &audit::Model) -> Vec<u8> {
    keys.audit_mac(&[
        before,
        &row.seq.to_be_bytes(),
        &row.at.to_be_bytes(),
        row.actor.as_bytes(),
        row.action.as_bytes(),
        row.subject.as_bytes(),
        row.detail.as_bytes(),
    ])
    .to_vec()
}
