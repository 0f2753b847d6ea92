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

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::body::Body;
    use axum::extract::Request;
    use axum::routing::get;
    use tower::ServiceExt;
    use tower_http::catch_panic::CatchPanicLayer;

    use super::*;

    async fn panics() {
        unreachable!("the handler panics")
    }

    #[tokio::test]
    async fn a_panic_is_answered_and_tells_nothing() {
        let router = Router::new().route("/", get(panics)).layer(CatchPanicLayer::custom(answer));
        let response = router.oneshot(Request::new(Body::empty())).await.unwrap();
        assert_eq!(response.status(), 500);
        let body = axum::body::to_bytes(response.into_body(), 1000).await.unwrap();
        assert!(body.is_empty());
    }
}
