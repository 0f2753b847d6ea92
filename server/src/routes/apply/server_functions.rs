//! Answers the wizard's server functions.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use backend::drafts::Drafts;
use leptos::prelude::provide_context;
use leptos::server_fn::error::SERVER_FN_ERROR_HEADER;

use crate::extract::{InLanguage, session_token};
use crate::state::AppState;

/// In bytes.
const LONGEST_ERROR: usize = 64 * 1024;

/// Puts who asks and what may be asked into the context, and lets leptos do the rest.
pub async fn answer(
    State(state): State<AppState>,
    InLanguage(language): InLanguage,
    request: Request<Body>,
) -> Response {
    let (parts, body) = request.into_parts();
    let token = session_token(&parts.headers, &state.settings);
    let body = Bytes::from_request(Request::new(body), &state).await.unwrap_or_default();
    if !is_text(&body) {
        return StatusCode::BAD_REQUEST.into_response();
    }
    let request = Request::from_parts(parts, Body::from(body));
    let site = state.site(language);
    let drafts: Arc<dyn Drafts> = Arc::clone(&state.drafts);
    let context = move || {
        provide_context(site.clone());
        provide_context(Arc::clone(&drafts));
        if let Some(token) = token.clone() {
            provide_context(token);
        }
    };
    let answer = leptos_axum::handle_server_fns_with_context(context, request).await.into_response();
    if answer.headers().contains_key(SERVER_FN_ERROR_HEADER) { with_status(answer).await } else { answer }
}

/// Whether JSON is UTF-8 and holds no NUL, in which way ever it is written: what a form may not hold
/// a program may not send either.
fn is_text(json: &[u8]) -> bool {
    let mut rest = json;
    while let Some(escape) = rest.iter().position(|byte| *byte == b'\\') {
        if rest[escape..].starts_with(br"\u0000") {
            return false;
        }
        // An escaped backslash begins no escape of its own.
        rest = rest.get(escape + 2..).unwrap_or_default();
    }
    !json.contains(&0) && str::from_utf8(json).is_ok()
}

/// leptos answers 500 whatever went wrong. What we could not do now is 503, and what was not
/// understood is the other side's mistake.
async fn with_status(answer: Response) -> Response {
    let (mut parts, body) = answer.into_parts();
    let text = axum::body::to_bytes(body, LONGEST_ERROR).await.unwrap_or_default();
    let is_ours = text.starts_with(b"ServerError|");
    parts.status = if is_ours { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::BAD_REQUEST };
    Response::from_parts(parts, Body::from(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nul_is_no_text_however_it_is_written() {
        for json in [&b"\0"[..], br#""a\u0000b""#, br#""\\\u0000""#, b"\"\xff\""] {
            assert!(!is_text(json), "{}", json.escape_ascii());
        }
        for json in [&b""[..], br#""\\u0000""#, br#""\n\u0001""#, "\"å\"".as_bytes(), b"\\"] {
            assert!(is_text(json), "{}", json.escape_ascii());
        }
    }
}
