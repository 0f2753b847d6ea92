//! Random bytes, passed in so that tests can foresee them.

use std::io;
use std::sync::Arc;

use crate::error::StorageError;

/// Fills a buffer with random bytes fit for keys.
pub type Random = Arc<dyn Fn(&mut [u8]) -> io::Result<()> + Send + Sync>;

pub(crate) fn random_bytes<const N: usize>(random: &Random) -> Result<[u8; N], StorageError> {
    let mut bytes = [0; N];
    random(&mut bytes).map_err(|error| StorageError::Randomness(Arc::new(error)))?;
    Ok(bytes)
}
