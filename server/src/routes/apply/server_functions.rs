//! Answers the wizard's server functions.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use backend::drafts::Drafts;
use leptos::prelude::provide_context;

use crate::extract::{InLanguage, session_token};
use crate::state::AppState;

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
    leptos_axum::handle_server_fns_with_context(context, request).await.into_response()
}
