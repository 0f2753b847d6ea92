//! Taking turns at a draft.

use domain::ids::ApplicationId;
use tokio::sync::{Mutex, MutexGuard};

/// Drafts that share a turn hardly matter when there are many of these.
const COUNT: usize = 512;

/// Lets the saves of one draft come one after the other within this server. They would be right
/// without: each is stored only if no other came first. But many windows that save at once would
/// keep each other from it.
pub struct Turns(Vec<Mutex<()>>);

impl Default for Turns {
    fn default() -> Self {
        Self((0..COUNT).map(|_| Mutex::default()).collect())
    }
}

impl Turns {
    /// Waits until it is the turn of a save of this draft; the turn ends with the answer.
    pub async fn take(&self, id: ApplicationId) -> MutexGuard<'_, ()> {
        // The ids are random, so any part of them spreads well.
        let index = usize::try_from(id.0 % COUNT as u128).unwrap_or(0);
        self.0[index].lock().await
    }
}
