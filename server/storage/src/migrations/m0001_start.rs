//! Accounts, sessions, applications, messages and the audit log.

use sea_orm::DbBackend;
use sea_orm_migration::prelude::*;

use super::run;

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0001_start"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, ACCOUNTS).await?;
        run(manager, APPLICATIONS).await?;
        run(manager, AUDIT).await?;
        match manager.get_database_backend() {
            DbBackend::Postgres => run(manager, LOCKS_ON_POSTGRES).await,
            _ => run(manager, LOCKS_ON_SQLITE).await,
        }
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, DOWN).await?;
        if manager.get_database_backend() == DbBackend::Postgres {
            run(manager, "DROP FUNCTION lodge_locked()").await?;
        }
        Ok(())
    }
}

// Times are Unix milliseconds, ids 32 hexadecimal digits, hashes of secrets 64.

const ACCOUNTS: &str = "
CREATE TABLE accounts (
    id TEXT PRIMARY KEY,
    email BLOB NOT NULL,
    email_hash TEXT NOT NULL UNIQUE,
    password_hash TEXT NOT NULL,
    language TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    wrong_tries INTEGER NOT NULL,
    created BIGINT NOT NULL
);
CREATE TABLE sessions (
    token_hash TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
    epoch INTEGER NOT NULL,
    created BIGINT NOT NULL,
    last_activity BIGINT NOT NULL,
    absolute_end BIGINT NOT NULL
);
CREATE INDEX sessions_account ON sessions (account);
CREATE TABLE devices (
    device_hash TEXT NOT NULL,
    account TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
    created BIGINT NOT NULL,
    PRIMARY KEY (device_hash, account)
);
CREATE INDEX devices_account ON devices (account);
CREATE TABLE registrations (
    pending_hash TEXT PRIMARY KEY,
    email BLOB NOT NULL,
    password_hash TEXT NOT NULL,
    language TEXT NOT NULL,
    existing BOOLEAN NOT NULL,
    code_mac BLOB NOT NULL,
    code_expires BIGINT NOT NULL,
    tries_left INTEGER NOT NULL CHECK (tries_left >= 0),
    created BIGINT NOT NULL
);
CREATE INDEX registrations_code_expires ON registrations (code_expires);
";

const APPLICATIONS: &str = "
CREATE TABLE applications (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES accounts,
    service TEXT NOT NULL,
    version INTEGER NOT NULL,
    language TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'submitted')),
    row_version INTEGER NOT NULL,
    page TEXT NOT NULL,
    answers BLOB NOT NULL,
    data_key BLOB NOT NULL,
    started BIGINT NOT NULL,
    saved BIGINT NOT NULL,
    kept_until BIGINT NOT NULL,
    reminded INTEGER NOT NULL,
    submitted_at BIGINT,
    verification_number TEXT UNIQUE,
    fee_state TEXT CHECK (fee_state IN ('none', 'to-be-invoiced')),
    CHECK ((state = 'submitted') = (submitted_at IS NOT NULL)),
    CHECK ((state = 'submitted') = (verification_number IS NOT NULL)),
    CHECK ((state = 'submitted') = (fee_state IS NOT NULL))
);
CREATE INDEX applications_account ON applications (account);
CREATE INDEX applications_kept_until ON applications (kept_until) WHERE state = 'draft';
CREATE TABLE tokens (
    token_hash TEXT PRIMARY KEY,
    purpose TEXT NOT NULL CHECK (purpose IN ('reset', 'resume')),
    account TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
    application TEXT REFERENCES applications ON DELETE CASCADE,
    created BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX tokens_account ON tokens (account);
CREATE INDEX tokens_application ON tokens (application);
CREATE TABLE messages (
    id TEXT PRIMARY KEY,
    message_id TEXT NOT NULL,
    account TEXT REFERENCES accounts ON DELETE CASCADE,
    application TEXT,
    channel TEXT NOT NULL CHECK (channel IN ('mail', 'sms')),
    template TEXT NOT NULL,
    recipient BLOB NOT NULL,
    subject BLOB NOT NULL,
    body BLOB,
    language TEXT NOT NULL,
    created BIGINT NOT NULL,
    due BIGINT NOT NULL,
    attempts INTEGER NOT NULL,
    lease_until BIGINT,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'failed')),
    dedupe_key TEXT UNIQUE,
    sent_at BIGINT
);
CREATE INDEX messages_account ON messages (account);
CREATE INDEX messages_application ON messages (application);
CREATE INDEX messages_due ON messages (due) WHERE state = 'waiting';
CREATE INDEX messages_created ON messages (created);
";

// The head remembers the last row, so that a removed end is noticed, and gives writers a row to
// take turns at.
const AUDIT: &str = "
CREATE TABLE audit (
    seq BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    mac BLOB NOT NULL
);
CREATE TABLE audit_head (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    seq BIGINT NOT NULL,
    mac BLOB NOT NULL
);
";

const LOCKS_ON_SQLITE: &str = "
INSERT INTO audit_head (id, seq, mac) VALUES (1, 0, x'');
CREATE TRIGGER applications_no_update BEFORE UPDATE ON applications WHEN OLD.state = 'submitted'
BEGIN SELECT RAISE(ABORT, 'a submitted application is locked'); END;
CREATE TRIGGER applications_no_delete BEFORE DELETE ON applications WHEN OLD.state = 'submitted'
BEGIN SELECT RAISE(ABORT, 'a submitted application is locked'); END;
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is locked'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is locked'); END;
";

const LOCKS_ON_POSTGRES: &str = "
INSERT INTO audit_head (id, seq, mac) VALUES (1, 0, '');
CREATE FUNCTION lodge_locked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is locked', TG_TABLE_NAME; END $$;
CREATE TRIGGER applications_no_update BEFORE UPDATE OR DELETE ON applications
FOR EACH ROW WHEN (OLD.state = 'submitted') EXECUTE FUNCTION lodge_locked();
CREATE TRIGGER applications_no_truncate BEFORE TRUNCATE ON applications
FOR EACH STATEMENT EXECUTE FUNCTION lodge_locked();
CREATE TRIGGER audit_no_update BEFORE UPDATE OR DELETE ON audit
FOR EACH ROW EXECUTE FUNCTION lodge_locked();
CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit
FOR EACH STATEMENT EXECUTE FUNCTION lodge_locked();
";

const DOWN: &str = "
DROP TABLE audit_head;
DROP TABLE audit;
DROP TABLE messages;
DROP TABLE tokens;
DROP TABLE applications;
DROP TABLE registrations;
DROP TABLE devices;
DROP TABLE sessions;
DROP TABLE accounts;
";
