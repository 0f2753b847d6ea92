//! Pages that say that something did not work: what happened, that nothing is lost, what to do.

use leptos::prelude::*;

use crate::paths::Path;
use crate::site::Site;

/// What kind of page to show. Somebody else's and a missing object are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// 403: the request came from another site.
    Forbidden,
    /// 404.
    NotFound,
    /// 413.
    TooLarge,
    /// 429.
    TooMany,
    /// 500.
    Internal,
    /// 503.
    Unavailable,
    /// 400 and other requests that cannot be understood.
    BadRequest,
}

pub fn error_title(site: &Site, kind: ErrorKind) -> &'static str {
    let key = match kind {
        ErrorKind::Forbidden => "error.forbidden",
        ErrorKind::NotFound => "error.not-found",
        ErrorKind::TooLarge => "error.too-large",
        ErrorKind::TooMany => "error.too-many",
        ErrorKind::Internal => "error.internal",
        ErrorKind::Unavailable => "error.unavailable",
        ErrorKind::BadRequest => "error.bad-request",
    };
    site.texts.get(key)
}

/// `reference` finds the cause in the log.
pub fn error(site: &Site, kind: ErrorKind, reference: Option<&str>) -> AnyView {
    let t = site.texts;
    let what_to_do = match kind {
        ErrorKind::Forbidden => t.get("error.forbidden-do"),
        ErrorKind::NotFound => t.get("error.not-found-do"),
        ErrorKind::TooLarge => t.get("error.too-large-do"),
        ErrorKind::TooMany => t.get("error.too-many-do"),
        ErrorKind::Internal => t.get("error.internal-do"),
        ErrorKind::Unavailable => t.get("error.unavailable-do"),
        ErrorKind::BadRequest => t.get("error.bad-request-do"),
    };
    let reference = reference.map(|reference| {
        view! { <p>{t.get("error.reference")}" "<strong><bdi>{reference.to_owned()}</bdi></strong></p> }
    });
    view! {
        <h1>{error_title(site, kind)}</h1>
        <p class="lead">{what_to_do}</p>
        {reference}
        <p><a href=Path::My.within(site.language).to_string()>{t.get("error.to-my-page")}</a></p>
    }
    .into_any()
}
