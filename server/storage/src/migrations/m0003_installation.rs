//! What the installation remembers of itself, what became of a draft's reminders, and when a message
//! was given up.

use sea_orm_migration::prelude::*;

use super::run;

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0003_installation"
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

// There is one installation: `key_fingerprint` is of the root key that everything is sealed under,
// `oldest_step` the newest step that a program has to know to work with this schema, `purged` the
// latest time at which expired things were removed, `probed` when it was last tried to write.
//
// `reminder` is the message that reminded last of a draft's deletion, and `reminder_promise` how long
// the draft stays after it, in milliseconds. Both count only while `reminded` is not 0.
const UP: &str = "
CREATE TABLE installation (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    key_fingerprint TEXT,
    oldest_step INTEGER NOT NULL,
    purged BIGINT,
    probed BIGINT NOT NULL
);
INSERT INTO installation (id, oldest_step, probed) VALUES (1, 3, 0);
ALTER TABLE applications ADD COLUMN reminder TEXT;
ALTER TABLE applications ADD COLUMN reminder_promise BIGINT NOT NULL DEFAULT 0;
ALTER TABLE messages ADD COLUMN given_up_at BIGINT;
CREATE INDEX applications_reminder ON applications (reminder);
CREATE INDEX messages_old ON messages (created) WHERE state <> 'waiting' AND length(recipient) > 0;
";

const DOWN: &str = "
DROP INDEX messages_old;
DROP INDEX applications_reminder;
ALTER TABLE messages DROP COLUMN given_up_at;
ALTER TABLE applications DROP COLUMN reminder_promise;
ALTER TABLE applications DROP COLUMN reminder;
DROP TABLE installation;
";
