//! A bounded number of requests is worked on at the same time.
//!
//! Beyond that a request waits shortly and is then told to come again: better for everybody than
//! a queue in which all wait longer than they are willing to.

use std::sync::Arc;
use std::time::Duration;

use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use crate::config::Settings;

#[derive(Clone)]
pub(super) struct Places {
    free: Arc<Semaphore>,
    wait: Duration,
}

impl Places {
    pub fn new(settings: &Settings) -> Self {
        // u32 always fits in usize on the machines that we build for.
        let count = usize::try_from(settings.requests_at_once.get()).unwrap_or(usize::MAX);
        let free = Arc::new(Semaphore::new(count.min(Semaphore::MAX_PERMITS)));
        Self { free, wait: settings.request_wait }
    }

    /// A place until it is dropped; `None` when none became free in time.
    pub async fn take(&self) -> Option<OwnedSemaphorePermit> {
        timeout(self.wait, self.free.clone().acquire_owned()).await.ok()?.ok()
    }
}

/// 503 with `Retry-After`.
pub(super) fn busy() -> Response {
    (StatusCode::SERVICE_UNAVAILABLE, [(RETRY_AFTER, HeaderValue::from_static("5"))]).into_response()
}
