//! Where everything is kept: SeaORM entities, migrations and queries on SQLite and PostgreSQL.
//!
//! Rows never leave this crate. What comes out are plain values, opened and checked; what goes in
//! is sealed on the way: answers under a key of their own for each application, addresses and
//! messages under keys made from the root key. Every writer is given the time. Writes of a flow go
//! through one [`Transaction`]; the save of a draft, which happens most often, is queued and
//! committed together with others.

pub mod accounts;
pub mod anchors;
pub mod applications;
pub mod audit;
pub mod codes;
mod connect;
pub mod devices;
mod draft_starts;
mod drafts;
mod entities;
mod error;
mod installation;
mod keys;
pub mod messages;
mod migrations;
mod old_messages;
mod outbox;
pub mod pending_log_ins;
mod postgres;
mod random;
pub mod registrations;
mod retention;
mod save_queue;
mod schema;
mod seal;
pub mod sealed_saves;
pub mod sessions;
mod sql;
mod sqlite;
#[cfg(feature = "testing")]
pub mod testing;
pub mod tokens;
mod transaction;

pub use connect::{Pools, Storage};
pub use error::StorageError;
pub use keys::Keys;
pub use random::Random;
pub use schema::Schema;
pub use sql::Slice;
pub use transaction::Transaction;
