//! Headers that tell the browser what not to do.

use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

use crate::state::AppState;

/// For a page without scripts.
const NO_SCRIPTS: &str = "default-src 'none'; script-src 'none'; style-src 'self'; img-src 'self' data:; \
     font-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; \
     frame-ancestors 'none'";

/// On every response, unless it has said otherwise.
const ALWAYS: [(HeaderName, &str); 5] = [
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // Not `no-referrer`: with it, browsers send `Origin: null` with our own forms.
    (REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "browsing-topics=(), camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
];

/// The Content-Security-Policy of a page whose scripts carry `nonce`, for a handler to set. A
/// page whose handler sets none gets one that allows no scripts.
pub fn policy_with_scripts(nonce: &str) -> Option<HeaderValue> {
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' data:; font-src 'self'; manifest-src 'self'; connect-src 'self'; form-action 'self'; \
         base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
    );
    HeaderValue::try_from(policy).ok()
}

/// The page of `headers` may show others of ours in frames.
pub fn allow_own_frames(headers: &mut HeaderMap) {
    let policy = headers.get(CONTENT_SECURITY_POLICY).and_then(|policy| policy.to_str().ok()).unwrap_or(NO_SCRIPTS);
    if let Ok(policy) = HeaderValue::try_from(format!("{policy}; frame-src 'self'")) {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
}

pub(super) async fn headers(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        set(headers, name, value);
    }
    set(headers, CONTENT_SECURITY_POLICY, NO_SCRIPTS);
    // Pages are personal; what may be kept says so itself.
    set(headers, CACHE_CONTROL, "no-store");
    if app.settings.is_https() {
        set(headers, STRICT_TRANSPORT_SECURITY, "max-age=63072000");
    }
    response
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers.entry(name).or_insert(HeaderValue::from_static(value));
}
