//! Answers the wizard's server functions.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
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
    let token = session_token(request.headers(), &state.settings);
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

/// leptos answers 500 whatever went wrong. What we could not do now is 503, and what was not
/// understood is the other side's mistake.
async fn with_status(answer: Response) -> Response {
    let (mut parts, body) = answer.into_parts();
    let text = axum::body::to_bytes(body, LONGEST_ERROR).await.unwrap_or_default();
    let is_ours = text.starts_with(b"ServerError|");
    parts.status = if is_ours { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::BAD_REQUEST };
    Response::from_parts(parts, Body::from(text))
}
