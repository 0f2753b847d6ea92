//! Whether the server can do its work: whether something can be stored.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use ports::Clock;
use storage::{Storage, StorageError};
use tokio::sync::watch;
use tokio::time::{Instant, timeout_at};

/// So often the database is written to at most, however many ask. What was found counts for as long.
const EVERY: Duration = Duration::from_secs(1);
/// A write that takes longer is none that people could wait for; who asks is told within a second.
const PATIENCE: Duration = Duration::from_millis(700);

type Outcome = Result<(), StorageError>;

/// Tries now and then to write, for everybody who asks whether the server is ready.
pub struct Readiness {
    storage: Storage,
    clock: Arc<dyn Clock>,
    probe: Mutex<Option<Probe>>,
}

/// One try; its outcome comes once the database has answered.
#[derive(Clone)]
struct Probe {
    started: Instant,
    outcome: watch::Receiver<Option<Outcome>>,
}

impl Readiness {
    pub fn new(storage: Storage, clock: Arc<dyn Clock>) -> Self {
        Self { storage, clock, probe: Mutex::new(None) }
    }

    /// Whether something could be stored within the last moments.
    ///
    /// # Errors
    /// Why not. It comes within a second, even when the database does not answer at all.
    pub async fn check(&self) -> Outcome {
        let Probe { started, mut outcome } = self.latest();
        match timeout_at(started + PATIENCE, outcome.wait_for(Option::is_some)).await {
            Ok(Ok(found)) => found.clone().unwrap_or(Ok(())),
            _ => Err(StorageError::Unavailable(format!("it did not store anything within {PATIENCE:?}"))),
        }
    }

    /// The last try; a new one when that is old. One that has no answer yet is not joined by another,
    /// or a database that hangs would be given more and more to do.
    fn latest(&self) -> Probe {
        let mut latest = self.probe.lock().unwrap_or_else(PoisonError::into_inner);
        match &*latest {
            Some(probe) if probe.is_running() || probe.started.elapsed() < EVERY => probe.clone(),
            _ => latest.insert(self.start()).clone(),
        }
    }

    fn start(&self) -> Probe {
        let (sender, outcome) = watch::channel(None);
        let (storage, now) = (self.storage.clone(), self.clock.now());
        tokio::spawn(async move {
            let done = storage.probe(now).await;
            if let Err(error) = &done {
                tracing::warn!(%error, "nothing can be stored");
            }
            sender.send_replace(Some(done));
        });
        Probe { started: Instant::now(), outcome }
    }
}

impl Probe {
    /// Also false when the try has ended without an outcome.
    fn is_running(&self) -> bool {
        self.outcome.borrow().is_none() && self.outcome.has_changed().is_ok()
    }
}
