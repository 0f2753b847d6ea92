//! Turns bare refusals and failures into pages that say what to do, in the person's language.

use app::pages::error::{ErrorKind, error, error_title};
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use i18n::Language;
use ui::layout::Shape;

use super::log::Reference;
use crate::render::{self, Page};
use crate::state::AppState;

/// Replaces every error that has no page of its own. Programs that want no HTML get what there is.
pub(super) async fn show(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let wants_page = wants_html(request.headers()) && !request.uri().path().starts_with("/health/");
    let language = request.extensions().get::<Language>().copied().unwrap_or_default();
    let reference = request.extensions().get::<Reference>().cloned();
    let response = next.run(request).await;
    let status = response.status();
    if !wants_page || !(status.is_client_error() || status.is_server_error()) || has_own_page(response.headers()) {
        return response;
    }
    let mut page = page(&app, language, status, reference.as_ref());
    let mut headers = response.into_parts().0.headers;
    headers.remove(CONTENT_LENGTH);
    headers.remove(CONTENT_TYPE);
    page.headers_mut().extend(headers);
    *page.status_mut() = status;
    page
}

fn page(app: &AppState, language: Language, status: StatusCode, reference: Option<&Reference>) -> Response {
    let kind = kind(status);
    let site = app.site(language);
    // Only a fault of ours needs to be found in the log.
    let reference = reference.filter(|_| status.is_server_error()).map(ToString::to_string);
    let page = Page {
        site: &site,
        path: "/",
        title: error_title(&site, kind).to_owned(),
        shape: Shape::Column,
        state: None,
        is_logged_in: false,
    };
    render::page(app, page, || error(&site, kind, reference.as_deref()))
}

fn kind(status: StatusCode) -> ErrorKind {
    match status {
        StatusCode::FORBIDDEN => ErrorKind::Forbidden,
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => ErrorKind::NotFound,
        StatusCode::PAYLOAD_TOO_LARGE => ErrorKind::TooLarge,
        StatusCode::TOO_MANY_REQUESTS => ErrorKind::TooMany,
        StatusCode::SERVICE_UNAVAILABLE => ErrorKind::Unavailable,
        _ if status.is_server_error() => ErrorKind::Internal,
        _ => ErrorKind::BadRequest,
    }
}

fn has_own_page(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
    kind.starts_with(b"text/html") || kind.starts_with(b"application/json")
}

/// Browsers name `text/html` when they go to a page; the islands ask for other things.
fn wants_html(headers: &HeaderMap) -> bool {
    let accept = headers.get(ACCEPT).map_or("*/*", |value| value.to_str().unwrap_or_default());
    accept.contains("text/html") || accept.contains("*/*")
}
