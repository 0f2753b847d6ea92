//! What the handlers of accounts share.

use app::pages::accounts::Next;
use app::paths::Path;
use app::site::Site;
use axum::extract::FromRequestParts;
use axum::http::header::{RETRY_AFTER, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use backend::accounts::LoggedIn;
use backend::fault::Fault;
use backend::session::{Client, DeviceToken};
use i18n::Language;
use i18n::Texts;
use leptos::prelude::AnyView;
use ui::layout::Shape;

use crate::cookies::Cookie;
use crate::extract::session_token;
use crate::middleware::ClientAddress;
use crate::render::{self, Page};
use crate::state::AppState;

/// Where the request comes from and in which browser it was made.
pub struct From(pub Client);

impl FromRequestParts<AppState> for From {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, StatusCode> {
        let ClientAddress(address) = ClientAddress::from_request_parts(parts, state).await?;
        let device = Cookie::Device.read(&parts.headers, state.settings.is_https()).map(DeviceToken);
        Ok(Self(Client { address, device, session: session_token(&parts.headers, &state.settings) }))
    }
}

/// The text in a field; empty when it was not sent.
pub fn text<'f>(fields: &'f [(String, String)], name: &str) -> &'f str {
    fields.iter().find(|(each, _)| each == name).map_or("", |(_, value)| value)
}

/// Whether the person says that others use the computer.
pub fn is_shared(fields: &[(String, String)]) -> bool {
    !text(fields, "shared").is_empty()
}

pub fn next(fields: &[(String, String)]) -> Option<Next> {
    Next::parse(text(fields, "next"))
}

/// A page for somebody who is not logged in.
pub fn page(
    state: &AppState,
    language: Language,
    path: Path<'_>,
    title: &str,
    content: impl FnOnce(&'static Texts) -> AnyView,
) -> Response {
    let site = state.site(language);
    render::page(state, about(&site, &path.to_string(), title), || content(site.texts))
}

/// As [`page`], with a field for a new password.
pub fn new_password_page(
    state: &AppState,
    language: Language,
    path: Path<'_>,
    title: &str,
    content: impl FnOnce(&'static Texts) -> AnyView,
) -> Response {
    let site = state.site(language);
    render::new_password(state, about(&site, &path.to_string(), title), || content(site.texts))
}

/// The title of a page with a form. What is wrong on it comes first: it is what is read out first.
pub fn title(language: Language, key: &str, is_wrong: bool) -> String {
    let t = Texts::of(language);
    if is_wrong { format!("{} {}", t.get("wizard.error"), t.get(key)) } else { t.get(key).to_owned() }
}

fn about<'a>(site: &'a Site, path: &'a str, title: &str) -> Page<'a> {
    Page { site, path, title: title.to_owned(), shape: Shape::Column, state: None, is_logged_in: false }
}

/// The page again, with a status that says that nothing has been done.
pub fn refused(status: StatusCode, page: Response) -> Response {
    (status, page).into_response()
}

/// The page again, after a fault.
pub fn faulty(fault: Fault, page: Response) -> Response {
    let bare = render::fault(fault);
    let wait: Option<HeaderValue> = bare.headers().get(RETRY_AFTER).cloned();
    let mut response = (bare.status(), page).into_response();
    response.headers_mut().extend(wait.map(|wait| (RETRY_AFTER, wait)));
    response
}

/// 303 to the page that was asked for, or else to My page, with the cookies of a new session. A
/// shared computer, as `fields` may say, remembers nothing of the account.
pub fn entered(state: &AppState, language: Language, fields: &[(String, String)], entered: &LoggedIn) -> Response {
    let is_https = state.settings.is_https();
    let (device, shared) = if is_shared(fields) {
        (Cookie::Device.clear(is_https), Cookie::Shared.set("yes", is_https))
    } else {
        (Cookie::Device.set(&entered.device.0, is_https), Cookie::Shared.clear(is_https))
    };
    let session = Cookie::Session.set(&entered.session.0, is_https);
    let waited = [Cookie::Pending, Cookie::PendingLogIn].map(|cookie| cookie.clear(is_https));
    let cookies = [session, device, shared].into_iter().chain(waited);
    let mut response = go_on(language, next(fields).as_ref());
    cookies.flatten().for_each(|cookie| add(response.headers_mut(), cookie));
    response
}

/// 303 to the page that was asked for, or else to My page.
pub fn go_on(language: Language, next: Option<&Next>) -> Response {
    match next {
        Some(next) => Redirect::to(next.as_str()).into_response(),
        None => render::see_other(Path::My, language),
    }
}

/// 303 to a page of accounts with a query of ours.
pub fn see(path: Path<'_>, language: Language, query: &[(&str, &str)]) -> Response {
    let query: Vec<String> = query
        .iter()
        .map(|(name, value)| if value.is_empty() { (*name).to_owned() } else { format!("{name}={value}") })
        .collect();
    let path = path.within(language);
    if query.is_empty() {
        Redirect::to(&path.to_string()).into_response()
    } else {
        Redirect::to(&format!("{path}?{}", query.join("&"))).into_response()
    }
}

pub fn add(headers: &mut HeaderMap, cookie: HeaderValue) {
    headers.append(SET_COOKIE, cookie);
}
