//! What is the same for every mailed code, whatever waits for it.

use backend::accounts::CodeError;
use jiff::Timestamp;
use storage::Transaction;
use storage::codes::CodeTry;

use super::secrets::{CODE_DIGITS, typed_code};
use crate::fault::fault;

/// The digits that were typed; `None` when they are no code at all. That is a slip of the finger,
/// and costs no try.
pub(super) fn read(typed: &str) -> Option<String> {
    Some(typed_code(typed)).filter(|code| code.len() == CODE_DIGITS)
}

/// What to answer to a slip of the finger.
pub(super) fn slip(tries_left: u8, expires: Timestamp, now: Timestamp) -> CodeError {
    if tries_left == 0 || expires <= now { CodeError::Dead } else { CodeError::Wrong { tries_left } }
}

/// What waited for the code, if that was right, with the transaction in which it has been taken.
/// Else the try is committed, so that it counts.
pub(super) async fn accepted<T>(tx: Transaction, tried: CodeTry<T>) -> Result<(Transaction, T), CodeError> {
    match tried {
        CodeTry::Right(waiting) => Ok((tx, waiting)),
        CodeTry::Wrong { tries_left } => {
            tx.commit().await.map_err(fault)?;
            Err(if tries_left == 0 { CodeError::Dead } else { CodeError::Wrong { tries_left } })
        }
        CodeTry::Dead => Err(CodeError::Dead),
        CodeTry::NothingWaits => Err(CodeError::NothingWaits),
    }
}
