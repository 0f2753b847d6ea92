//! Answers that many handlers give.

use app::paths::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use backend::drafts::DraftError;
use i18n::Language;

use crate::render;

/// 404, for what does not exist and for what is somebody else's alike.
pub fn not_found() -> Response {
    StatusCode::NOT_FOUND.into_response()
}

/// To the log-in, and from there to `next`.
pub fn log_in_first(next: Path<'_>, language: Language) -> Response {
    let (log_in, next) = (Path::LogIn.within(language), next.within(language));
    Redirect::to(&format!("{log_in}?next={next}")).into_response()
}

/// What to answer when a draft could not be opened or saved; `path` is where that was tried.
pub fn draft_error(error: DraftError, path: Path<'_>, language: Language) -> Response {
    match error {
        DraftError::NotLoggedIn => log_in_first(path, language),
        DraftError::NotFound => not_found(),
        DraftError::Submitted => match path {
            Path::Page(id, _) | Path::Review(id) | Path::Delete(id) => render::see_other(Path::Submitted(id), language),
            _ => not_found(),
        },
        DraftError::TooLarge | DraftError::TooMuch => StatusCode::PAYLOAD_TOO_LARGE.into_response(),
        DraftError::Fault(fault) => render::fault(fault),
    }
}
