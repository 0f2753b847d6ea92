//! Starting a draft, coming back to it, and deleting it.

use app::pages::apply;
use app::paths::Path;
use app::site::Site;
use axum::extract::{Path as Params, State};
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Response};
use backend::drafts::StartError;
use domain::answers::Answers;
use domain::ids::ApplicationId;
use domain::journey::Journey;
use i18n::Language;
use leptos::prelude::AnyView;
use ui::layout::Shape;

use super::open::{Opened, open_draft};
use super::page::{to, to_open};
use crate::extract::{InLanguage, Session};
use crate::render::{self, Page, see_other};
use crate::routes::answer::{draft_error, log_in_first, not_found};
use crate::state::AppState;

/// Starts a draft of the service and opens its first page.
pub async fn start(
    State(state): State<AppState>,
    InLanguage(language): InLanguage,
    Params(service): Params<String>,
    session: Result<Session, Response>,
) -> Response {
    // A post cannot be gone back to after the log-in; the page that it came from can.
    let Ok(session) = session else { return log_in_first(Path::Service(&service), language) };
    match state.drafts.draft_start(&session.token, &service, language.tag()).await {
        Ok(id) => to_first_page(&state, id, &service, language),
        Err(StartError::TooMany(count)) => {
            let page = not_started(&state, &service, language, "my.too-many.title", |site, service| {
                apply::not_started::too_many(site, service, count)
            });
            (StatusCode::CONFLICT, page).into_response()
        }
        Err(StartError::TooOften(wait)) => {
            let page = not_started(&state, &service, language, "my.too-often.title", |site, service| {
                apply::not_started::too_often(site, service, wait)
            });
            let wait = HeaderValue::from(wait.as_secs().max(1));
            (StatusCode::TOO_MANY_REQUESTS, AppendHeaders([(RETRY_AFTER, wait)]), page).into_response()
        }
        Err(StartError::Draft(error)) => draft_error(error, Path::Service(&service), language),
    }
}

fn not_started(
    state: &AppState,
    service: &str,
    language: Language,
    title: &str,
    content: impl FnOnce(&Site, &str) -> AnyView,
) -> Response {
    let Some(edition) = state.editions.newest(service, language) else { return not_found() };
    let site = state.site(language);
    let path = Path::Service(service).to_string();
    let page = Page {
        site: &site,
        path: &path,
        title: site.texts.get(title).to_owned(),
        shape: Shape::Column,
        state: None,
        is_logged_in: true,
    };
    render::page(state, page, || content(&site, &edition.pack.texts.title))
}

fn to_first_page(state: &AppState, id: ApplicationId, service: &str, language: Language) -> Response {
    let Some(edition) = state.editions.newest(service, language) else { return not_found() };
    let journey = Journey::of(&edition.pack.form, &Answers::default(), state.site(language).today());
    to(journey.resume(""), id, language)
}

/// Opens the page that the person left, or the first that is not right before it.
pub async fn go_on(
    State(state): State<AppState>,
    InLanguage(language): InLanguage,
    Params(id): Params<String>,
    session: Session,
) -> Response {
    let opened = match open_draft(&state, &session, &id, language, Path::Continue).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    let journey = opened.journey(&state, language);
    to_open(journey.resume(&opened.draft.page), &opened.draft, language)
}

/// The link of the mail. It opens nothing by itself: the draft asks for the log-in.
pub async fn resume(
    State(state): State<AppState>,
    InLanguage(language): InLanguage,
    Params(token): Params<String>,
) -> Response {
    match state.drafts.draft_resume(&token).await {
        Ok(Some(id)) => see_other(Path::Continue(id), language),
        Ok(None) => not_found(),
        Err(fault) => render::fault(fault),
    }
}

pub async fn ask_delete(
    State(state): State<AppState>,
    InLanguage(language): InLanguage,
    Params(id): Params<String>,
    session: Session,
) -> Response {
    let Opened { draft, form } = match open_draft(&state, &session, &id, language, Path::Delete).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    let edition = form.edition;
    let site = state.site(language);
    let path = Path::Delete(draft.id).to_string();
    let page = Page {
        site: &site,
        path: &path,
        title: edition.texts.get("wizard.delete-now").to_owned(),
        shape: Shape::Column,
        state: Some("draft"),
        is_logged_in: true,
    };
    render::page(&state, page, || apply::delete::delete(&site, edition, &draft))
}

pub async fn delete(
    State(state): State<AppState>,
    InLanguage(language): InLanguage,
    Params(id): Params<String>,
    session: Session,
) -> Response {
    let Ok(id) = id.parse::<ApplicationId>() else { return not_found() };
    match state.drafts.draft_delete(&session.token, id).await {
        Ok(()) => see_other(Path::My, language),
        Err(error) => draft_error(error, Path::Delete(id), language),
    }
}
