//! Whether this program and the schema of the database fit each other.

use std::collections::HashSet;

use sea_orm::{ConnectionTrait, DbBackend};

use crate::connect::Storage;
use crate::error::StorageError;
use crate::migrations::{known, newest};
use crate::sql::{counted, sql};

/// How far the schema has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schema {
    /// Nothing has been made yet.
    Missing,
    /// Steps that this program knows are still to be made.
    Behind,
    /// Everything that this program knows is there.
    Ready,
}

impl Storage {
    /// How far the schema has come; makes and changes nothing.
    ///
    /// # Errors
    /// `Unsupported` when only newer programs can work with it.
    pub async fn schema(&self) -> Result<Schema, StorageError> {
        of(self.read()).await
    }
}

pub(crate) async fn of(db: &impl ConnectionTrait) -> Result<Schema, StorageError> {
    if !has_table(db, "seaql_migrations").await? {
        return Ok(Schema::Missing);
    }
    let rows = db.query_all_raw(sql(db, "SELECT version FROM seaql_migrations", [])).await?;
    let applied: HashSet<String> = rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?;
    if has_table(db, "installation").await? {
        let row = db.query_one_raw(sql(db, "SELECT oldest_step FROM installation", [])).await?;
        let needed: i32 = row.ok_or_else(|| StorageError::corrupt("installation is empty"))?.try_get_by_index(0)?;
        refuse_if_too_new(needed)?;
    }
    let missing = known().difference(&applied).count();
    Ok(match missing {
        0 => Schema::Ready,
        all if all == known().len() => Schema::Missing,
        _ => Schema::Behind,
    })
}

fn refuse_if_too_new(needed: i32) -> Result<(), StorageError> {
    let newest = newest();
    if needed <= newest {
        return Ok(());
    }
    Err(StorageError::Unsupported(format!(
        "a newer version of Lodge has changed this database so that this version cannot work with it \
         (it needs step {needed} of the schema, and this version knows {newest}): start the newer version"
    )))
}

pub(crate) async fn has_table(db: &impl ConnectionTrait, name: &str) -> Result<bool, StorageError> {
    let count = match db.get_database_backend() {
        DbBackend::Postgres => "SELECT COUNT(to_regclass($1))",
        _ => "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = $1",
    };
    Ok(counted(db, count, [name.into()]).await? > 0)
}
