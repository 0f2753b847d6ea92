//! The front page, the start pages of services, and My page.

use app::pages;
use app::pages::service::Visitor;
use app::paths::Path;
use axum::Router;
use axum::extract::{Path as Params, Query, State};
use axum::response::Response;
use axum::routing::get;
use backend::applications::DraftEntry;
use ui::layout::Shape;

use crate::extract::{InLanguage, MaybeSession, Session};
use crate::render::{self, Page};
use crate::routes::answer::{log_in_first, not_found};
use crate::state::AppState;

pub fn routes() -> Router<AppState> {
    Router::new().route("/", get(home)).route("/services/{service}", get(service)).route("/my", get(my))
}

async fn home(
    State(state): State<AppState>,
    InLanguage(language): InLanguage,
    MaybeSession(session): MaybeSession,
) -> Response {
    let site = state.site(language);
    let services = state.editions.services(language);
    let is_logged_in = session.is_some();
    let page = Page {
        site: &site,
        path: "/",
        title: site.texts.get("service.home-title").to_owned(),
        shape: Shape::Bare,
        state: None,
        is_logged_in,
    };
    render::page(&state, page, || pages::home::home(&site, &services, is_logged_in))
}

/// Looking creates no draft.
async fn service(
    State(state): State<AppState>,
    InLanguage(language): InLanguage,
    MaybeSession(session): MaybeSession,
    token: Result<Session, Response>,
    Params(service): Params<String>,
) -> Response {
    let Some(edition) = state.editions.newest(&service, language) else { return not_found() };
    let site = state.site(language);
    let languages = state.editions.languages(edition);
    let path = Path::Service(&service).to_string();
    let is_logged_in = session.is_some();
    let visitor = match token {
        Ok(session) if is_logged_in => {
            // The page is of use without them, too; why they cannot be read is in the log.
            let drafts = state.applications.drafts_of_service(&session.token, &service).await.unwrap_or_default();
            let form = |draft: &DraftEntry| state.editions.edition(&draft.service, draft.version, language);
            Visitor::LoggedIn(
                drafts
                    .into_iter()
                    .map(|draft| {
                        let form = form(&draft);
                        (draft, form)
                    })
                    .collect(),
            )
        }
        _ => Visitor::Unknown,
    };
    let page = Page {
        site: &site,
        path: &path,
        title: edition.pack.texts.title.clone(),
        shape: Shape::Column,
        state: None,
        is_logged_in,
    };
    render::page(&state, page, || pages::service::service(&site, edition, &languages, &visitor))
}

async fn my(
    State(state): State<AppState>,
    InLanguage(language): InLanguage,
    session: Session,
    Query(query): Query<Vec<(String, String)>>,
) -> Response {
    let my = match state.applications.my_page(&session.token, pages::my::asked(&query)).await {
        Ok(Some(my)) => my,
        Ok(None) => return log_in_first(Path::My, language),
        Err(fault) => return render::fault(fault),
    };
    let site = state.site(language);
    let page = Page {
        site: &site,
        path: "/my",
        title: site.texts.get("my.title").to_owned(),
        shape: Shape::Column,
        state: None,
        is_logged_in: true,
    };
    let edition = |service: &str, version| state.editions.edition(service, version, language);
    render::page(&state, page, || pages::my::my(&site, &my, edition))
}
