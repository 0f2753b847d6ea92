//! From a failure of storage to what the pages may know of it.

use backend::fault::Fault;
use storage::StorageError;

/// Logs the cause, once, and keeps it inside.
pub(crate) fn fault(error: StorageError) -> Fault {
    match &error {
        StorageError::Unavailable(_) => {
            tracing::warn!(error = %error, "the storage is unavailable");
            Fault::Unavailable
        }
        _ => {
            tracing::error!(error = %error, "the storage failed");
            Fault::Internal
        }
    }
}
