//! Storage through its public API, every test on a SQLite file and on PostgreSQL.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod accounts;
mod anchors;
mod audit;
mod crashes;
mod draft_starts;
mod drafts;
mod faults;
mod installation;
mod messages;
mod migrations;
mod old_messages;
mod pending_log_ins;
mod registrations;
mod retention;
mod sealing;
mod submission;
mod support;
mod tls;
