//! The forms as the browser loads them.

use axum::Router;
use axum::extract::{Path as Params, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::routes::answer::not_found;
use crate::state::AppState;

pub fn routes() -> Router<AppState> {
    Router::new().route("/pkg/forms/{name}", get(pack))
}

/// The name holds a hash of the content, so it may be kept for ever.
async fn pack(State(state): State<AppState>, Params(name): Params<String>) -> Response {
    let found = state.editions.published().find(|published| published.path.ends_with(&format!("/{name}")));
    let Some(published) = found else { return not_found() };
    let headers = [(CONTENT_TYPE, "application/json"), (CACHE_CONTROL, "public, max-age=31536000, immutable")];
    (headers, published.json.clone()).into_response()
}
