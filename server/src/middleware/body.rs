//! Receives the whole of a request's body, within a size, a time and the budget of all bodies.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use http_body_util::BodyExt;
use tokio::time::timeout;

use super::budget::{Budget, Held};
use super::places::busy;
use crate::config::Settings;

/// What bodies may be.
#[derive(Clone)]
pub(super) struct Bodies {
    /// In bytes.
    size: usize,
    fields: usize,
    time: Duration,
    /// How long one that nobody wants is listened to.
    patience: Duration,
    budget: Arc<Budget>,
}

/// A body that is here, with the memory that it takes until it is answered.
pub(super) struct Received {
    pub bytes: Bytes,
    _held: Held,
}

/// Only the pages of a form are long. The other forms hold an address and a password.
const SHORT: usize = 64 << 10;
/// So many times the limit is read and thrown away: a browser that is still sending would
/// otherwise show a broken connection instead of the answer.
const DISCARDED_LIMITS: usize = 8;
/// A save in JSON has so many values for each field, besides its text: its name there and among the
/// fingerprints, and some of these.
const VALUES_PER_FIELD: usize = 5;

impl Bodies {
    pub fn new(settings: &Settings) -> Self {
        Self {
            size: settings.body_limit.0,
            fields: usize::try_from(settings.body_fields.get()).unwrap_or(usize::MAX),
            time: settings.body_time,
            patience: settings.request_wait,
            budget: Arc::new(Budget::new(settings)),
        }
    }

    /// Reads the body of a request to `route`. The error is what to answer: 413 for one that is too
    /// large or has too many fields, 408 for one that is too slow, 400 for one that breaks off, 503
    /// when bodies take too much memory just now.
    pub async fn receive(
        &self,
        route: &str,
        headers: &HeaderMap,
        body: Body,
        from: Option<IpAddr>,
    ) -> Result<Received, Response> {
        let limit = self.limit(route);
        let announced = headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
        if announced.is_some_and(|length| length > limit.saturating_mul(DISCARDED_LIMITS)) {
            return Err(StatusCode::PAYLOAD_TOO_LARGE.into_response());
        }
        let Ok(received) = timeout(self.time, self.collect(body, limit, from)).await else {
            return Err(StatusCode::REQUEST_TIMEOUT.into_response());
        };
        let received = received?;
        let is_json = headers.get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
        let is_few = match is_json {
            true => json_values(&received.bytes) <= self.fields.saturating_mul(VALUES_PER_FIELD),
            false => received.bytes.iter().filter(|byte| **byte == b'&').count() < self.fields,
        };
        if is_few { Ok(received) } else { Err(StatusCode::PAYLOAD_TOO_LARGE.into_response()) }
    }

    /// Reads what nobody has asked for, and throws it away: see [`DISCARDED_LIMITS`].
    pub async fn discard(&self, route: &str, mut body: Body) {
        let mut left = self.limit(route);
        let reading = async {
            while let Some(Ok(frame)) = body.frame().await {
                left = left.saturating_sub(frame.data_ref().map_or(0, Bytes::len));
                if left == 0 {
                    break;
                }
            }
        };
        let _ = timeout(self.patience, reading).await;
    }

    fn limit(&self, route: &str) -> usize {
        let is_long = route.starts_with("/apply/") || route.starts_with("/api/");
        if is_long { self.size } else { self.size.min(SHORT) }
    }

    async fn collect(&self, mut body: Body, limit: usize, from: Option<IpAddr>) -> Result<Received, Response> {
        let mut held = self.budget.open(from);
        // Nearly every body is here with its head, and comes as one frame.
        let hint = usize::try_from(body.size_hint().lower()).unwrap_or(0).min(SHORT);
        let (mut bytes, mut length, mut has_room) = (Vec::new(), 0_usize, true);
        while let Some(frame) = body.frame().await {
            let frame = frame.map_err(|_| StatusCode::BAD_REQUEST.into_response())?;
            let Ok(data) = frame.into_data() else { continue };
            length = length.saturating_add(data.len());
            if length > limit.saturating_mul(DISCARDED_LIMITS) {
                break;
            }
            has_room = has_room && length <= limit && self.budget.grow(&mut held, data.len()).await;
            if has_room {
                bytes.reserve(hint.saturating_sub(bytes.len()).max(data.len()));
                bytes.extend_from_slice(&data);
            } else {
                bytes = Vec::new();
                held.let_go();
            }
        }
        match has_room {
            true => Ok(Received { bytes: bytes.into(), _held: held }),
            false if length > limit => Err(StatusCode::PAYLOAD_TOO_LARGE.into_response()),
            false => Err(busy()),
        }
    }
}

/// How many values a text in JSON has at most: one more than the commas outside of its strings.
fn json_values(json: &[u8]) -> usize {
    let (mut values, mut is_in_string, mut is_escaped) = (1, false, false);
    for byte in json {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = is_in_string,
            b'"' => is_in_string = !is_in_string,
            b',' if !is_in_string => values += 1,
            _ => {}
        }
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_that_somebody_typed_make_no_values() {
        assert_eq!(json_values(br#"{"a":"1,2\",3","b":[1,2,3]}"#), 4);
        assert_eq!(json_values(br#"["\\",1]"#), 2);
    }
}
