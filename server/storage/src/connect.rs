//! Opening the database.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use jiff::SignedDuration;
use sea_orm::{DatabaseConnection, DatabaseTransaction, DbBackend, TransactionTrait};
use sea_orm_migration::MigratorTrait;

use crate::error::StorageError;
use crate::keys::Keys;
use crate::migrations::Migrator;
use crate::random::Random;
use crate::save_queue::SaveQueue;
use crate::sql::{execute, writing};
use crate::{installation, postgres, sqlite};

/// The database, open. Clones share it.
#[derive(Clone)]
pub struct Storage {
    parts: Arc<Parts>,
}

struct Parts {
    read: DatabaseConnection,
    write: DatabaseConnection,
    /// On SQLite.
    file: Option<sqlite::FileId>,
    keys: Keys,
    random: Random,
    saves: SaveQueue,
    /// In milliseconds.
    activity_step: AtomicI64,
}

/// How many connections to hold open and how long to wait for one.
#[derive(Clone, Copy, Debug)]
pub struct Pools {
    /// Connections that read, on SQLite; there is always exactly one that writes.
    pub readers: u32,
    /// Connections to PostgreSQL.
    pub connections: u32,
    /// How long a query waits for a connection before it is refused as
    /// [`StorageError::Unavailable`].
    pub wait: Duration,
}

impl Default for Pools {
    fn default() -> Self {
        Self { readers: 4, connections: 16, wait: Duration::from_secs(2) }
    }
}

impl Storage {
    /// Opens the database at `url`: `sqlite:PATH` (the file is made when missing) or
    /// `postgres://…`. Must be called inside a Tokio runtime, which then runs the queue of saves.
    ///
    /// # Errors
    /// `Unsupported` when the address is neither, when the way to PostgreSQL is not protected, or
    /// the SQLite library is older than 3.51.3;
    /// `Unavailable` when the database cannot be reached or opened.
    pub async fn connect(url: &str, keys: Keys, random: Random, pools: Pools) -> Result<Self, StorageError> {
        let Some(path) = url.strip_prefix("sqlite:") else {
            let pool = postgres_at(url, pools, Access::Write).await?;
            return Ok(Self::over((pool.clone(), pool), None, keys, random));
        };
        let opened = sqlite::open(path, pools).await?;
        Ok(Self::over(opened, Some(sqlite::FileId::of(path)?), keys, random))
    }

    /// Like [`Storage::connect`], but nothing can be made or changed.
    pub async fn connect_to_read(url: &str, keys: Keys, random: Random, pools: Pools) -> Result<Self, StorageError> {
        let read = match url.strip_prefix("sqlite:") {
            Some(path) => sqlite::open_to_read(path, pools).await?,
            None => postgres_at(url, pools, Access::Read).await?,
        };
        Ok(Self::over((read.clone(), read), None, keys, random))
    }

    /// Whether there may be a database at `url`; false where it is a file that is missing.
    pub fn is_there(url: &str) -> bool {
        url.strip_prefix("sqlite:").is_none_or(|path| sqlite::FileId::of(path).is_ok())
    }

    fn over(
        (read, write): (DatabaseConnection, DatabaseConnection),
        file: Option<sqlite::FileId>,
        keys: Keys,
        random: Random,
    ) -> Self {
        let saves = SaveQueue::start(write.clone());
        Self {
            parts: Arc::new(Parts { read, write, file, keys, random, saves, activity_step: AtomicI64::new(60_000) }),
        }
    }

    /// Brings the schema up to date, all or nothing, and makes the root key that of the database when
    /// it has none. Several servers may do it at once; one does the work.
    ///
    /// # Errors
    /// `WrongKey` when the database belongs to another root key, `Unsupported` when only newer
    /// programs can work with it. Nothing is changed then.
    pub async fn migrate(&self) -> Result<(), StorageError> {
        let turn = self.migration_turn().await?;
        installation::check(&turn, self.keys()).await?;
        Migrator::up(&turn, None).await?;
        installation::key_claim(&turn, self.keys()).await?;
        Ok(turn.commit().await?)
    }

    /// Takes the whole schema away, with everything in it.
    pub async fn migrate_down(&self) -> Result<(), StorageError> {
        let turn = self.migration_turn().await?;
        Migrator::down(&turn, None).await?;
        Ok(turn.commit().await?)
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), StorageError> {
        execute(self.read(), "SELECT 1", []).await?;
        Ok(())
    }

    /// Closes every connection after its present work. What comes later is `Unavailable`.
    pub async fn close(&self) -> Result<(), StorageError> {
        self.read().close_by_ref().await?;
        self.write().close_by_ref().await?;
        Ok(())
    }

    /// A transaction in which nobody else migrates.
    async fn migration_turn(&self) -> Result<DatabaseTransaction, StorageError> {
        /// Any number will do, as long as every version of Lodge uses the same.
        const LOCK: i64 = 0x006c_6f64_6765;
        let turn = self.write().begin_with_options(writing()).await?;
        if self.backend() == DbBackend::Postgres {
            execute(&turn, "SELECT pg_advisory_xact_lock($1)", [LOCK.into()]).await?;
        }
        Ok(turn)
    }

    /// The activity of a session is written at most once in this time: a minute unless said
    /// otherwise. It should be a small part of the idle time.
    pub fn set_activity_step(&self, step: Duration) {
        let millis = i64::try_from(step.as_millis()).unwrap_or(i64::MAX);
        self.parts.activity_step.store(millis, Ordering::Relaxed);
    }

    pub(crate) fn activity_step(&self) -> SignedDuration {
        SignedDuration::from_millis(self.parts.activity_step.load(Ordering::Relaxed))
    }

    pub(crate) fn read(&self) -> &DatabaseConnection {
        &self.parts.read
    }

    pub(crate) fn write(&self) -> &DatabaseConnection {
        &self.parts.write
    }

    pub(crate) fn file(&self) -> Option<&sqlite::FileId> {
        self.parts.file.as_ref()
    }

    pub(crate) fn backend(&self) -> DbBackend {
        self.parts.write.get_database_backend()
    }

    pub(crate) fn keys(&self) -> &Keys {
        &self.parts.keys
    }

    pub(crate) fn random(&self) -> &Random {
        &self.parts.random
    }

    pub(crate) fn saves(&self) -> &SaveQueue {
        &self.parts.saves
    }
}

/// What is done with a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    Read,
    Write,
}

async fn postgres_at(url: &str, pools: Pools, access: Access) -> Result<DatabaseConnection, StorageError> {
    if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        return postgres::open(url, pools, access).await;
    }
    let wanted = "the database address must begin with sqlite: or postgres://";
    Err(StorageError::Unsupported(wanted.to_owned()))
}

/// The keys are not shown.
impl fmt::Debug for Storage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Storage({:?})", self.backend())
    }
}
