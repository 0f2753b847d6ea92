//! What handlers take from a request.

use std::convert::Infallible;

use axum::Form;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use backend::session::SessionToken;
use i18n::Language;

use crate::cookies::Cookie;
use crate::state::{AppState, PageSettings};

/// The language that the path's prefix chooses.
pub struct InLanguage(pub Language);

impl<S: Sync> FromRequestParts<S> for InLanguage {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(parts.extensions.get().copied().unwrap_or_default()))
    }
}

/// The session that the browser claims to have. Whether it is alive is asked with what is
/// asked for.
pub struct Session {
    pub token: SessionToken,
}

impl FromRequestParts<AppState> for Session {
    type Rejection = Response;

    /// Without a session: to the log-in, and from there back here.
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        let token = session_token(&parts.headers, &state.settings);
        token.map(|token| Self { token }).ok_or_else(|| {
            let prefix = parts.extensions.get::<Language>().copied().unwrap_or_default().prefix();
            let original = parts.extensions.get::<axum::extract::OriginalUri>();
            let path = original.map_or_else(|| parts.uri.path().to_owned(), |uri| uri.path().to_owned());
            Redirect::to(&format!("{prefix}/login?next={path}")).into_response()
        })
    }
}

/// The session, if the browser has one that is alive.
pub struct MaybeSession(pub Option<backend::session::Session>);

impl FromRequestParts<AppState> for MaybeSession {
    type Rejection = Infallible;

    /// When it cannot be found out, the page is shown as to somebody who is not logged in.
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        let Some(token) = session_token(&parts.headers, &state.settings) else { return Ok(Self(None)) };
        // A page that a person opens counts as activity.
        Ok(Self(state.accounts.session_extend(&token).await.ok().flatten()))
    }
}

/// Whether the person has said at the log-in that others use the computer.
pub struct SharedComputer(pub bool);

impl FromRequestParts<AppState> for SharedComputer {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        Ok(Self(Cookie::Shared.read(&parts.headers, state.settings.is_https()).is_some()))
    }
}

/// The fields of a posted form, in order.
pub struct Fields(pub Vec<(String, String)>);

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Response;

    /// 413 when there is too much, 400 when it is no form, is not UTF-8 or has a NUL.
    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let form = Form::<Vec<(String, String)>>::from_request(request, state).await;
        let Form(fields) = form.map_err(|rejection| {
            let status = rejection.into_response().status();
            let is_size = status == StatusCode::PAYLOAD_TOO_LARGE;
            if is_size { status.into_response() } else { StatusCode::BAD_REQUEST.into_response() }
        })?;
        let has_nul = fields.iter().any(|(name, value)| name.contains('\0') || value.contains('\0'));
        if has_nul { Err(StatusCode::BAD_REQUEST.into_response()) } else { Ok(Self(fields)) }
    }
}

pub fn session_token(headers: &HeaderMap, settings: &PageSettings) -> Option<SessionToken> {
    Cookie::Session.read(headers, settings.is_https()).map(SessionToken)
}
