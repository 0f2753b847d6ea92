//! Refuses requests that do not say, once, whom they are for.

use axum::extract::Request;
use axum::http::header::HOST;
use axum::http::{StatusCode, Version};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// 400 without a `Host` or with more than one (RFC 9112, section 3.2): programs that stand in front
/// of the server could otherwise take the request to be for somebody else than it does.
pub(super) async fn require_one(request: Request, next: Next) -> Response {
    if is_clear(&request) { next.run(request).await } else { StatusCode::BAD_REQUEST.into_response() }
}

/// HTTP/2 names the host in the request's target; HTTP/1.0 need not name it.
fn is_clear(request: &Request) -> bool {
    let named = request.headers().get_all(HOST).iter().count();
    match request.version() {
        Version::HTTP_09 | Version::HTTP_10 => named <= 1,
        Version::HTTP_11 => named == 1,
        _ => named <= 1 && (named == 1 || request.uri().authority().is_some()),
    }
}
