//! When a request's body is read and when it is worked on.
//!
//! A body may come slowly, and a place to work is dear; memory is dear too. So:
//!
//! 1. A request takes a place and is given to its route. One that has no body is answered there.
//! 2. The body is read only when its handler asks for it: a path that does not exist, and a method
//!    that it does not know, are answered without reading anything.
//! 3. While the body comes, the request has no place: a thousand slow ones keep nobody from being
//!    answered. What has come of all bodies is held within one budget, in which each address has a
//!    share ([`budget`](super::budget)).
//! 4. When it is here, the request takes a place again, and is done within a time. What the body
//!    takes of the budget is given back with the answer.

use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{MatchedPath, Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::Response;
use futures_util::StreamExt;
use futures_util::future::{Either, select};
use futures_util::stream;
use tokio::sync::oneshot;
use tokio::time::timeout;

use super::body::Bodies;
use super::client::ClientAddress;
use super::places::{Places, busy};
use crate::config::Settings;

#[derive(Clone)]
pub(super) struct Turns {
    places: Places,
    bodies: Bodies,
    /// How long a request may be worked on.
    work: Duration,
}

impl Turns {
    pub fn new(settings: &Settings) -> Self {
        Self { places: Places::new(settings), bodies: Bodies::new(settings), work: settings.request_time }
    }
}

/// 503 with `Retry-After` when there is no place, or the work takes too long. Files and the
/// probes need no place.
pub(super) async fn take(State(turns): State<Turns>, request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().cloned();
    let route = route.as_ref().map_or("", MatchedPath::as_str);
    if route.starts_with("/pkg/") || route.starts_with("/health/") {
        return next.run(request).await;
    }
    let Some(place) = turns.places.take().await else { return busy() };
    if request.body().is_end_stream() {
        return timeout(turns.work, next.run(request)).await.unwrap_or_else(|_| busy());
    }
    let from = request.extensions().get::<ClientAddress>().map(|client| client.0);
    let (parts, body) = request.into_parts();
    let headers = parts.headers.clone();
    let (lazy, asked, give) = lazy_body();
    let mut answer = std::pin::pin!(next.run(Request::from_parts(parts, lazy)));
    let has_asked = async {
        match asked.await {
            Ok(()) => {}
            // It has let go of the body and will never ask.
            Err(_) => std::future::pending().await,
        }
    };
    let has_asked = std::pin::pin!(has_asked);
    let first = timeout(turns.work, select(answer.as_mut(), has_asked)).await;
    match first {
        Ok(Either::Left((response, _))) => {
            drop(place);
            if !matches!(response.status(), StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED) {
                turns.bodies.discard(route, body).await;
            }
            return response;
        }
        Ok(Either::Right(_)) => drop(place),
        Err(_) => return busy(),
    }
    let received = match turns.bodies.receive(route, &headers, body, from).await {
        Ok(received) => received,
        Err(response) => return response,
    };
    let Some(_place) = turns.places.take().await else { return busy() };
    // Whoever does not want it any more does not take it.
    let _ = give.send(received.bytes.clone());
    timeout(turns.work, answer).await.unwrap_or_else(|_| busy())
}

/// A body that says when somebody wants to read it, and is then given.
fn lazy_body() -> (Body, oneshot::Receiver<()>, oneshot::Sender<Bytes>) {
    let (ask, asked) = oneshot::channel();
    let (give, given) = oneshot::channel();
    let content = stream::once(async move {
        // Nobody listens any more when the request is given up.
        let _ = ask.send(());
        given.await
    });
    (Body::from_stream(content.boxed()), asked, give)
}
