//! The work that nobody waits for: mail, reminders, deletion. Each piece runs again and again
//! until the server stops; a failure is logged and is no reason not to try the next time.

use std::fmt::Display;
use std::future::Future;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::timeout;
use tracing::{error, warn};

/// The jobs that run beside the server.
pub struct Jobs {
    running: JoinSet<()>,
    stop: watch::Sender<bool>,
}

impl Default for Jobs {
    fn default() -> Self {
        Self { running: JoinSet::new(), stop: watch::Sender::new(false) }
    }
}

impl Jobs {
    /// Does `work` now, and again `interval` after it has finished.
    pub fn every<F, W, E>(&mut self, name: &'static str, interval: Duration, work: W)
    where
        W: Fn() -> F + Send + 'static,
        F: Future<Output = Result<(), E>> + Send + 'static,
        E: Display + Send + 'static,
    {
        let mut stop = self.stop.subscribe();
        self.running.spawn(async move {
            loop {
                // In a task of its own, so that a panic ends one run and not the job.
                match tokio::spawn(work()).await {
                    Ok(Ok(())) => {}
                    Ok(Err(error)) => error!(job = name, %error, "a job failed and will be tried again"),
                    Err(_) => error!(job = name, "a job panicked and will be tried again"),
                }
                // An error means that nobody can stop it any more, which is a stop.
                if timeout(interval, stop.wait_for(|is_stopped| *is_stopped)).await.is_ok() {
                    break;
                }
            }
        });
    }

    /// Lets the present runs finish, for `patience` at most.
    pub async fn stop(mut self, patience: Duration) {
        self.stop.send_replace(true);
        if timeout(patience, async { while self.running.join_next().await.is_some() {} }).await.is_err() {
            warn!("some jobs had not finished in time");
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[tokio::test]
    async fn a_job_that_fails_or_panics_is_tried_again_until_the_stop() {
        let runs = Arc::new(AtomicU32::new(0));
        let mut jobs = Jobs::default();
        let counter = runs.clone();
        jobs.every("test", Duration::from_millis(1), move || {
            let run = counter.fetch_add(1, Ordering::SeqCst);
            async move {
                assert!(run != 0, "the first run panics");
                if run == 1 { Err("the second fails") } else { Ok(()) }
            }
        });
        while runs.load(Ordering::SeqCst) < 3 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        jobs.stop(Duration::from_secs(1)).await;
        let after = runs.load(Ordering::SeqCst);
        tokio::time::sleep(Duration::from_millis(20)).await;
        assert_eq!(runs.load(Ordering::SeqCst), after);
    }
}
