//! Storage through its public API, every test on a SQLite file and on PostgreSQL.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod accounts;
mod audit;
mod crashes;
mod drafts;
mod faults;
mod messages;
mod migrations;
mod registrations;
mod retention;
mod sealing;
mod submission;
mod support;
mod tls;
