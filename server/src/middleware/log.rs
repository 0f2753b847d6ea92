//! One line for each request, without personal data, under a reference that a person can read out.

use std::fmt;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use tracing::{Instrument, info, info_span};

use crate::state::AppState;

/// Names one request in the log and on an error page: eight letters and digits that are not
/// mistaken for each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference(String);

impl Reference {
    fn new(bytes: [u8; 8]) -> Self {
        const SIGNS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
        let sign = |byte: &u8| char::from(SIGNS[usize::from(byte % 32)]);
        let (first, last) = bytes.split_at(4);
        Self(first.iter().map(sign).chain(['-']).chain(last.iter().map(sign)).collect())
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Writes method, route, status and time; the route as its template, for paths hold identifiers.
pub(super) async fn write(State(app): State<AppState>, mut request: Request, next: Next) -> Response {
    let reference = Reference::new(app.random.bytes());
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or("-".to_owned(), |path| path.as_str().to_owned());
    let span = info_span!("request", reference = %reference);
    request.extensions_mut().insert(reference);
    // Measured by the monotonic clock, which says nothing of the time of day.
    let begun = Instant::now();
    let response = next.run(request).instrument(span.clone()).await;
    let ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    span.in_scope(|| {
        info!(http.method = %method, http.route = route, http.status = response.status().as_u16(), http.ms = ms, "answered");
    });
    response
}
