//! Refuses what another site makes a browser send.
//!
//! Cookies are `SameSite=Lax` and forms carry no tokens: this check, in front of every route, is
//! what keeps other sites from acting in a person's name.

use axum::extract::Request;
use axum::http::header::{CONTENT_TYPE, ORIGIN};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tower_http::csrf::CsrfLayer;

use crate::config::Settings;

/// `Sec-Fetch-Site` says, or else `Origin`, that the request comes from our own pages.
pub(super) fn layer(settings: &Settings) -> CsrfLayer {
    let origin = settings.public_url.as_str();
    // A public URL has been read as scheme and authority, which is what an origin is. Were it
    // refused, only the check against the Host header would remain, which is stricter.
    CsrfLayer::new().add_trusted_origin(origin).unwrap_or_default()
}

/// The layer above lets pass what has neither header, for programs; our forms are only for
/// browsers, and every browser sends one of them with a POST. It also refuses bodies of a kind
/// that our pages never send: `text/plain` is how another site writes JSON without asking.
pub(super) async fn refuse_unproven(request: Request, next: Next) -> Response {
    let is_safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if is_safe || (has_proof(request.headers()) && is_our_kind(request.headers())) {
        next.run(request).await
    } else {
        StatusCode::FORBIDDEN.into_response()
    }
}

fn has_proof(headers: &HeaderMap) -> bool {
    let is_there = |name: &str| headers.get(name).is_some_and(|value| !value.is_empty());
    is_there("sec-fetch-site") || is_there(ORIGIN.as_str())
}

fn is_our_kind(headers: &HeaderMap) -> bool {
    let Some(kind) = headers.get(CONTENT_TYPE) else { return true };
    let kind = kind.to_str().unwrap_or_default().split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    matches!(kind.as_str(), "application/x-www-form-urlencoded" | "multipart/form-data" | "application/json")
}
