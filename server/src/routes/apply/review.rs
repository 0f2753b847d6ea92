//! Checking, printing and submitting.

use app::pages::apply;
use app::paths::Path;
use axum::extract::{Path as Params, State};
use axum::response::Response;
use backend::applications::SubmitError;
use domain::ids::ApplicationId;
use domain::journey::Place;
use domain::merge::Revision;
use i18n::Language;
use ui::layout::Shape;

use super::open::{Opened, open, open_draft};
use super::page::{to, to_open};
use crate::extract::{Fields, InLanguage, Session};
use crate::render::{self, Page, see_other};
use crate::routes::answer::{draft_error, not_found};
use crate::state::AppState;

pub async fn review(
    State(state): State<AppState>,
    InLanguage(language): InLanguage,
    Params(id): Params<String>,
    session: Session,
) -> Response {
    let opened = match open_draft(&state, &session, &id, language, Path::Review).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    let journey = opened.journey(&state, language);
    let Opened { draft, form } = opened;
    // Nobody can review two texts for one question.
    if let Some(page) = journey.contested(&draft.stored) {
        return to_open(Place::Page(page), &draft, language);
    }
    if !journey.is_complete() {
        return to_open(journey.frontier(), &draft, language);
    }
    let edition = form.edition;
    let site = state.site(language);
    let path = Path::Review(draft.id).to_string();
    let page = Page {
        site: &site,
        path: &path,
        title: edition.texts.get("wizard.review-title").to_owned(),
        shape: Shape::Wizard,
        state: Some("ready"),
        is_logged_in: true,
    };
    render::page(&state, page, || apply::review::review(&site, edition, &draft))
}

/// Submits, or goes back to the last page.
pub async fn decide(
    State(state): State<AppState>,
    InLanguage(language): InLanguage,
    Params(id): Params<String>,
    session: Session,
    Fields(fields): Fields,
) -> Response {
    let text = |name: &str| fields.iter().find(|(each, _)| each == name).map_or("", |(_, value)| value.as_str());
    match text("go") {
        "submit" => submit(&state, &session, &id, text("revision").parse().ok().map(Revision), language).await,
        "leave" => crate::routes::accounts::log_out_and_say(&state, &session.token, language, None).await,
        _ => back(&state, &session, &id, language).await,
    }
}

async fn submit(
    state: &AppState,
    session: &Session,
    id: &str,
    reviewed: Option<Revision>,
    language: Language,
) -> Response {
    let Ok(id) = id.parse::<ApplicationId>() else { return not_found() };
    match state.applications.application_submit(&session.token, id, reviewed).await {
        Ok(_) => see_other(Path::Submitted(id), language),
        // The review shows what is stored now, or leads to the page that is not right any more.
        Err(SubmitError::NotComplete) => see_other(Path::Review(id), language),
        Err(SubmitError::Draft(error)) => draft_error(error, Path::Review(id), language),
    }
}

async fn back(state: &AppState, session: &Session, id: &str, language: Language) -> Response {
    let opened = match open(state, session, id, language, Path::Review).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    let journey = opened.journey(state, language);
    to(journey.before(Place::Review).map_or(Place::Review, Place::Page), opened.draft.id, language)
}

pub async fn print(
    State(state): State<AppState>,
    InLanguage(language): InLanguage,
    Params(id): Params<String>,
    session: Session,
) -> Response {
    let Opened { draft, form } = match open(&state, &session, &id, language, Path::Print).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    let edition = form.edition;
    let site = state.site(language);
    let path = Path::Print(draft.id).to_string();
    let page = Page {
        site: &site,
        path: &path,
        title: format!("{} – {}", edition.texts.get("wizard.print-title"), edition.pack.texts.title),
        shape: Shape::Wide,
        state: Some(if draft.submitted.is_some() { "submitted" } else { "draft" }),
        is_logged_in: true,
    };
    render::page(&state, page, || apply::print::print(&site, edition, &draft))
}

pub async fn submitted(
    State(state): State<AppState>,
    InLanguage(language): InLanguage,
    Params(id): Params<String>,
    session: Session,
) -> Response {
    let Opened { draft, form } = match open(&state, &session, &id, language, Path::Submitted).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    let edition = form.edition;
    let Some(submitted) = draft.submitted.clone() else { return see_other(Path::Review(draft.id), language) };
    let site = state.site(language);
    let path = Path::Submitted(draft.id).to_string();
    let page = Page {
        site: &site,
        path: &path,
        title: edition.texts.get("wizard.submitted-title").to_owned(),
        shape: Shape::Column,
        state: Some("submitted"),
        is_logged_in: true,
    };
    render::page(&state, page, || apply::submitted::submitted(&site, edition, &draft, &submitted))
}
