//! A page of a draft.

use app::pages::apply::wizard::wizard;
use app::paths::Path;
use app::shell::Scripts;
use axum::extract::{Path as Params, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use backend::drafts::Draft;
use domain::ids::ApplicationId;
use domain::journey::{Journey, Place};
use i18n::Language;
use ui::layout::Shape;

use super::form::{Go, read};
use crate::extract::{Fields, InLanguage, Session};
use crate::render::{self, Page, see_other};
use crate::routes::answer::{draft_error, not_found};
use crate::state::AppState;

/// Shows a page; one that may not be opened yet leads to the first that is not right.
pub async fn show(
    State(state): State<AppState>,
    InLanguage(language): InLanguage,
    Params((id, page)): Params<(String, String)>,
    RawQuery(query): RawQuery,
    session: Session,
) -> Response {
    let Ok(id) = id.parse::<ApplicationId>() else { return not_found() };
    let draft = match state.drafts.draft_open(&session.token, id).await {
        Ok(draft) => draft,
        Err(error) => return draft_error(error, Path::Page(id, &page), language),
    };
    if draft.submitted.is_some() {
        return see_other(Path::Submitted(id), language);
    }
    let Some(published) = state.editions.get(&draft.service, draft.version, language) else { return not_found() };
    let edition = published.edition;
    let site = state.site(language);
    if edition.pack.form.page(&page).is_none() {
        return not_found();
    }
    let journey = Journey::of(&edition.pack.form, &draft.stored.answers, site.today());
    if !journey.is_reachable(Place::Page(&page)) {
        return to(journey.frontier(), id, language);
    }
    let open = site.open_page(&draft, &page, query.as_deref() == Some("review"));
    let path = Path::Page(id, &page).to_string();
    let about = Page {
        site: &site,
        path: &path,
        title: format!("{} – {}", edition.page(&page).title, edition.pack.texts.title),
        shape: Shape::Bare,
        state: Some(if journey.is_complete() { "ready" } else { "draft" }),
        is_logged_in: true,
    };
    let scripts = Scripts { nonce: render::new_nonce(&state), pack: published.path.clone() };
    render::wizard(&state, about, edition, scripts, || wizard(open))
}

/// Saves what was typed, whatever it is, and goes where the button says.
pub async fn save(
    State(state): State<AppState>,
    InLanguage(language): InLanguage,
    Params((id, page)): Params<(String, String)>,
    session: Session,
    Fields(fields): Fields,
) -> Response {
    let Ok(id) = id.parse::<ApplicationId>() else { return not_found() };
    let posted = read(&page, fields);
    let draft = match state.drafts.draft_save(&session.token, id, posted.save).await {
        Ok(draft) => draft,
        Err(error) => return draft_error(error, Path::Page(id, &page), language),
    };
    match posted.go {
        Go::Save => StatusCode::NO_CONTENT.into_response(),
        Go::Stay => see_other(Path::Page(id, &page), language),
        Go::Leave => crate::routes::accounts::log_out_and_say(&state, &session.token, language, None).await,
        Go::TimeIsUp => {
            let next = Path::Page(id, &page).within(language).to_string();
            crate::routes::accounts::log_out_and_say(&state, &session.token, language, Some(&next)).await
        }
        Go::Back | Go::Continue => go(&state, &draft, &page, posted.go, posted.from_review, language),
    }
}

/// Where Back or Continue leads. A page that is not right stays, and shows what is wrong because
/// the draft says that Continue was tried there.
fn go(state: &AppState, draft: &Draft, page: &str, go: Go, from_review: bool, language: Language) -> Response {
    let Some(published) = state.editions.get(&draft.service, draft.version, language) else { return not_found() };
    let today = state.site(language).today();
    let journey = Journey::of(&published.edition.pack.form, &draft.stored.answers, today);
    let stay = if journey.position(page).is_some() { Place::Page(page) } else { journey.frontier() };
    let place = match go {
        Go::Back => journey.before(Place::Page(page)).map_or(stay, Place::Page),
        _ => journey.go_on(page, from_review).unwrap_or(stay),
    };
    match place {
        Place::Page(id) if id == page && from_review => {
            let path = Path::Page(draft.id, id).within(language);
            axum::response::Redirect::to(&format!("{path}?review")).into_response()
        }
        place => to(place, draft.id, language),
    }
}

pub(super) fn to(place: Place<'_>, id: ApplicationId, language: Language) -> Response {
    match place {
        Place::Page(page) => see_other(Path::Page(id, page), language),
        Place::Review => see_other(Path::Review(id), language),
    }
}
