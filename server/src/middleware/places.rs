//! A bounded number of requests is worked on at the same time, each within a time limit.
//!
//! Beyond that a request waits shortly and is then told to come again: better for everybody than
//! a queue in which all wait longer than they are willing to.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{MatchedPath, Request, State};
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use crate::config::Settings;

#[derive(Clone)]
pub(super) struct Places {
    free: Arc<Semaphore>,
    wait: Duration,
    work: Duration,
}

impl Places {
    pub fn new(settings: &Settings) -> Self {
        // u32 always fits in usize on the machines that we build for.
        let count = usize::try_from(settings.requests_at_once.get()).unwrap_or(usize::MAX);
        let free = Arc::new(Semaphore::new(count.min(Semaphore::MAX_PERMITS)));
        Self { free, wait: settings.request_wait, work: settings.request_time }
    }
}

/// 503 with `Retry-After` when there is no place, or the work takes too long. Files and the sign
/// of life need no place.
pub(super) async fn take(State(places): State<Places>, request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
    if route.starts_with("/pkg/") || route == "/health/live" {
        return next.run(request).await;
    }
    match timeout(places.wait, places.free.acquire()).await {
        Ok(Ok(_place)) => timeout(places.work, next.run(request)).await.unwrap_or_else(|_| busy()),
        _ => busy(),
    }
}

fn busy() -> Response {
    (StatusCode::SERVICE_UNAVAILABLE, [(RETRY_AFTER, HeaderValue::from_static("5"))]).into_response()
}
