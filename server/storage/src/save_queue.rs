//! Saves that are committed together.
//!
//! A durable commit costs a wait for the disk. SQLite has one writer, so the saves that arrive
//! while one commit waits share the next. PostgreSQL does the same by itself for the statements
//! of several connections.

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement, TransactionTrait};
use tokio::sync::{mpsc, oneshot};

use crate::error::StorageError;
use crate::sql::writing;

/// How many saves share a commit at most.
const BATCH: usize = 64;
/// How many may wait. At a thousand saves a second the last waits for a second.
const WAITING: usize = 1024;

/// Takes saves in. On SQLite a task commits them batch by batch; it ends when the last clone of
/// the queue is gone.
pub(crate) enum SaveQueue {
    Together(mpsc::Sender<Job>),
    Directly(DatabaseConnection),
}

/// Statements that belong to one save, and who waits for it. The first decides: when it changes
/// no row, the save was refused.
pub(crate) struct Job {
    statements: Vec<Statement>,
    reply: oneshot::Sender<Result<bool, StorageError>>,
}

impl SaveQueue {
    pub fn start(write: DatabaseConnection) -> Self {
        if write.get_database_backend() == DbBackend::Postgres {
            return Self::Directly(write);
        }
        let (queue, mut jobs) = mpsc::channel(WAITING);
        tokio::spawn(async move {
            let mut batch = Vec::new();
            while jobs.recv_many(&mut batch, BATCH).await > 0 {
                commit(&write, std::mem::take(&mut batch)).await;
            }
        });
        Self::Together(queue)
    }

    /// Runs the statements of one save; answers, once it is durable, whether the first changed a
    /// row. Whether it happens when the caller stops waiting is open.
    pub async fn save(&self, statements: Vec<Statement>) -> Result<bool, StorageError> {
        match self {
            Self::Together(queue) => {
                let (reply, answer) = oneshot::channel();
                queue
                    .try_send(Job { statements, reply })
                    .map_err(|_| StorageError::Unavailable("too many saves are waiting".to_owned()))?;
                answer.await.map_err(|_| StorageError::Unavailable("the writer has stopped".to_owned()))?
            }
            Self::Directly(db) => {
                let mut changed = Vec::with_capacity(statements.len());
                for statement in statements {
                    changed.push(db.execute_raw(statement).await?.rows_affected() > 0);
                }
                Ok(changed.first().copied().unwrap_or(false))
            }
        }
    }

    pub async fn touch(&self, token_hash: &str, now: i64) -> Result<(), StorageError> {
        self.save(vec![self.touch_statement(token_hash, now)]).await.map(drop)
    }

    pub fn touch_statement(&self, token_hash: &str, now: i64) -> Statement {
        const TOUCH: &str = "UPDATE sessions SET last_activity = $1 WHERE token_hash = $2 AND last_activity < $1";
        self.statement(TOUCH, [now.into(), token_hash.into()])
    }

    pub fn renew_statement(&self, token_hash: &str, page_end: i64, now: i64) -> Statement {
        const RENEW: &str = "UPDATE sessions SET last_activity = $1, page_end = $2
            WHERE token_hash = $3 AND last_activity <= $1 AND page_end < $2";
        self.statement(RENEW, [now.into(), page_end.into(), token_hash.into()])
    }

    pub fn statement(&self, text: &str, values: impl IntoIterator<Item = sea_orm::Value>) -> Statement {
        let backend = match self {
            Self::Together(_) => DbBackend::Sqlite,
            Self::Directly(_) => DbBackend::Postgres,
        };
        Statement::from_sql_and_values(backend, text, values)
    }
}

/// Commits a batch and answers everybody in it.
async fn commit(write: &DatabaseConnection, batch: Vec<Job>) {
    let (work, replies): (Vec<_>, Vec<_>) = batch.into_iter().map(|job| (job.statements, job.reply)).unzip();
    match together(write, &work).await {
        Ok(changed) => {
            for (reply, changed) in replies.into_iter().zip(changed) {
                // Whoever stopped waiting does not need the answer.
                let _ = reply.send(Ok(changed));
            }
        }
        // One save that the database refuses must not take the others with it.
        Err(error) if work.len() > 1 && !matches!(error, StorageError::Unavailable(_)) => {
            for (reply, statements) in replies.into_iter().zip(work) {
                let alone = together(write, &[statements]).await;
                let _ = reply.send(alone.map(|changed| changed.first().copied().unwrap_or(false)));
            }
        }
        Err(error) => {
            for reply in replies {
                let _ = reply.send(Err(error.clone()));
            }
        }
    }
}

/// Runs all in one transaction; answers for each save whether its first statement changed a row.
async fn together(write: &DatabaseConnection, work: &[Vec<Statement>]) -> Result<Vec<bool>, StorageError> {
    let db = write.begin_with_options(writing()).await?;
    let mut answers = Vec::with_capacity(work.len());
    for statements in work {
        let mut first = None;
        for statement in statements {
            let changed = db.execute_raw(statement.clone()).await?.rows_affected() > 0;
            first.get_or_insert(changed);
        }
        answers.push(first.unwrap_or(false));
    }
    db.commit().await?;
    Ok(answers)
}
