//! The time.

use jiff::Timestamp;

/// Tells the time. Everything that depends on time asks this, never the database or the system.
pub trait Clock: Send + Sync {
    fn now(&self) -> Timestamp;
}
