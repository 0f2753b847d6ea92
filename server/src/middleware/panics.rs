//! A panic ends one request, not the server, and tells nobody but the log.

use std::any::Any;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use tracing::error;

/// The answer to a request whose handler panicked; the error page is put on outside.
pub(super) fn answer(_: Box<dyn Any + Send>) -> Response {
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

/// From now on a panic is logged by its place alone: its message may hold what a person typed.
pub fn quiet_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or("unknown".to_owned(), ToString::to_string);
        error!(panic.place = place, "panicked");
    }));
}
