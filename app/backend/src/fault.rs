//! What can go wrong without anybody having done anything wrong.

use std::time::Duration;

use thiserror::Error;

/// A failure that the person can do nothing about but try again. The cause is logged where it
/// happened; what crosses to the page names nothing of the inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Fault {
    /// More to do than there is room for: 503 with `Retry-After`.
    #[error("busy, try again in {0:?}")]
    Busy(Duration),
    /// Too many tries: 429 with `Retry-After`.
    #[error("too many tries, the next is possible in {0:?}")]
    TooMany(Duration),
    /// The database or another part cannot be reached: 503.
    #[error("a part of the service cannot be reached")]
    Unavailable,
    /// A mistake of ours: 500.
    #[error("internal error")]
    Internal,
}
