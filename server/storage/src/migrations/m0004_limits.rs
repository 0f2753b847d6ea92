//! Codes at the log-in, how often drafts are started, mail that cannot wait, and lists in pages.

use sea_orm_migration::prelude::*;

use super::run;

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0004_limits"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, UP).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, DOWN).await
    }
}

// The indexes hold what the lists of My page and the outbox are filtered and sorted by, so that a
// page of them costs the same however long they are.
const UP: &str = "
CREATE TABLE pending_log_ins (
    pending_hash TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
    epoch INTEGER NOT NULL,
    language TEXT NOT NULL,
    code_mac BLOB NOT NULL,
    code_expires BIGINT NOT NULL,
    tries_left INTEGER NOT NULL CHECK (tries_left >= 0),
    created BIGINT NOT NULL
);
CREATE INDEX pending_log_ins_account ON pending_log_ins (account);
CREATE INDEX pending_log_ins_code_expires ON pending_log_ins (code_expires);
ALTER TABLE accounts ADD COLUMN starts_used_until BIGINT NOT NULL DEFAULT 0;
DROP INDEX applications_account;
CREATE INDEX applications_account ON applications (account, state, started, id);
ALTER TABLE messages ADD COLUMN priority INTEGER NOT NULL DEFAULT 1;
UPDATE messages SET priority = 0 WHERE state = 'waiting' AND template IN ('code', 'already-registered', 'reset');
DROP INDEX messages_account;
CREATE INDEX messages_account ON messages (account, created, id);
DROP INDEX messages_due;
CREATE INDEX messages_due ON messages (priority, due, id) WHERE state = 'waiting';
";

const DOWN: &str = "
DROP INDEX messages_due;
CREATE INDEX messages_due ON messages (due) WHERE state = 'waiting';
DROP INDEX messages_account;
CREATE INDEX messages_account ON messages (account);
ALTER TABLE messages DROP COLUMN priority;
DROP INDEX applications_account;
CREATE INDEX applications_account ON applications (account);
ALTER TABLE accounts DROP COLUMN starts_used_until;
DROP TABLE pending_log_ins;
";
