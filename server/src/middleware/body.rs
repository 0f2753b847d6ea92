//! Receives the whole of a request's body, within a size and a time, before anything is done.

use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_LENGTH;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::BodyExt;
use tokio::time::timeout;

/// How much a body may be, and how long it may take.
#[derive(Clone, Copy)]
pub(super) struct Allowed {
    /// In bytes.
    pub size: usize,
    pub time: Duration,
}

/// So many times the limit is read and thrown away: a browser that is still sending would
/// otherwise show a broken connection instead of the answer.
const DISCARDED_LIMITS: usize = 8;

/// 413 for a body that is too large, 408 for one that is too slow, 400 for one that breaks off.
pub(super) async fn receive(State(allowed): State<Allowed>, request: Request, next: Next) -> Response {
    if request.body().is_end_stream() {
        return next.run(request).await;
    }
    let limit = allowed.size;
    let (parts, body) = request.into_parts();
    let announced = parts.headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > limit.saturating_mul(DISCARDED_LIMITS)) {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    }
    match timeout(allowed.time, collect(body, limit)).await {
        Ok(Ok(Some(bytes))) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Ok(Ok(None)) => StatusCode::PAYLOAD_TOO_LARGE.into_response(),
        Ok(Err(_)) => StatusCode::BAD_REQUEST.into_response(),
        Err(_) => StatusCode::REQUEST_TIMEOUT.into_response(),
    }
}

/// `None` when there is more than `limit`.
async fn collect(mut body: Body, limit: usize) -> Result<Option<Bytes>, axum::Error> {
    let (mut held, mut length) = (Vec::new(), 0_usize);
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame?.into_data() else { continue };
        length = length.saturating_add(data.len());
        if length <= limit {
            held.extend_from_slice(&data);
        } else if length > limit.saturating_mul(DISCARDED_LIMITS) {
            break;
        } else {
            held = Vec::new();
        }
    }
    Ok((length <= limit).then(|| held.into()))
}
