//! From a page to a response.

use std::sync::Arc;
use std::time::Duration;

use app::paths::Path;
use app::shell::{Document, Island, Scripts, html};
use app::site::Site;
use axum::http::header::{CONTENT_SECURITY_POLICY, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{AppendHeaders, Html, IntoResponse, Redirect, Response};
use backend::fault::Fault;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hydration_context::SsrSharedContext;
use i18n::Language;
use leptos::prelude::{AnyView, Owner};
use ui::layout::Shape;

use crate::middleware::security::policy_with_scripts;
use crate::state::AppState;

/// When to try again while a part of the service cannot be reached.
const TRY_AGAIN: Duration = Duration::from_secs(5);

/// A page, before the document is put around it.
pub struct Page<'a> {
    pub site: &'a Site,
    /// The path without its language.
    pub path: &'a str,
    pub title: String,
    pub shape: Shape,
    pub state: Option<&'static str>,
    pub is_logged_in: bool,
}

/// Renders a page of which nothing lives on in the browser.
pub fn page(state: &AppState, page: Page<'_>, content: impl FnOnce() -> AnyView) -> Response {
    respond(state, page, None, content)
}

/// Renders a page with a field for a new password.
pub fn new_password(state: &AppState, page: Page<'_>, content: impl FnOnce() -> AnyView) -> Response {
    respond(state, page, Some(Island::PasswordStrength), content)
}

/// Renders a page with the wizard, which loads its form from the path `pack`.
pub fn wizard(state: &AppState, page: Page<'_>, pack: &str, content: impl FnOnce() -> AnyView) -> Response {
    respond(state, page, Some(Island::Wizard { pack: pack.to_owned() }), content)
}

/// The response's policy allows just the scripts that the page has.
fn respond(state: &AppState, page: Page<'_>, island: Option<Island>, content: impl FnOnce() -> AnyView) -> Response {
    let Page { site, path, title, shape, state: data_state, is_logged_in } = page;
    let scripts = (is_logged_in || island.is_some()).then(|| Scripts { nonce: new_nonce(state), island });
    let policy = scripts.as_ref().and_then(|scripts| policy_with_scripts(&scripts.nonce));
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    let body = owner.with(|| {
        let document = Document {
            site,
            assets: &state.assets,
            path,
            title,
            shape,
            state: data_state,
            is_logged_in,
            scripts,
            content: content(),
        };
        html(document)
    });
    owner.unset_with_forced_cleanup();
    let mut response = Html(body).into_response();
    response.headers_mut().extend(policy.map(|policy| (CONTENT_SECURITY_POLICY, policy)));
    response
}

/// A nonce for the scripts of one response: 128 random bits.
fn new_nonce(state: &AppState) -> String {
    URL_SAFE_NO_PAD.encode(state.random.bytes::<16>())
}

/// 303, so that the browser fetches the page anew whatever it had sent.
pub fn see_other(path: Path<'_>, language: Language) -> Response {
    Redirect::to(&path.within(language).to_string()).into_response()
}

/// The status of a fault; the middleware makes a page of it.
pub fn fault(fault: Fault) -> Response {
    let (status, wait) = match fault {
        Fault::Busy(wait) => (StatusCode::SERVICE_UNAVAILABLE, Some(wait)),
        Fault::TooMany(wait) => (StatusCode::TOO_MANY_REQUESTS, Some(wait)),
        Fault::Unavailable => (StatusCode::SERVICE_UNAVAILABLE, Some(TRY_AGAIN)),
        Fault::Internal => (StatusCode::INTERNAL_SERVER_ERROR, None),
    };
    let wait = wait.map(|wait| (RETRY_AFTER, HeaderValue::from(wait.as_secs().max(1))));
    (status, AppendHeaders(wait)).into_response()
}
