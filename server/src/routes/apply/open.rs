//! An application that a request names, with the form that it follows.

use app::paths::Path;
use axum::response::Response;
use backend::drafts::Draft;
use domain::ids::ApplicationId;
use domain::journey::Journey;
use i18n::Language;

use crate::editions::Published;
use crate::extract::Session;
use crate::render::see_other;
use crate::routes::answer::{draft_error, not_found};
use crate::state::AppState;

pub(super) struct Opened<'s> {
    pub draft: Draft,
    pub form: &'s Published,
}

impl Opened<'_> {
    /// Where the application stands today.
    pub fn journey(&self, state: &AppState, language: Language) -> Journey<'static> {
        Journey::of(&self.form.edition.pack.form, &self.draft.stored.answers, state.site(language).today())
    }
}

/// Opens the application with the id `id`; `path` is the page that asks for it, to come back to
/// after a log-in. The error is what to answer.
pub(super) async fn open<'s, 'p>(
    state: &'s AppState,
    session: &Session,
    id: &str,
    language: Language,
    path: impl FnOnce(ApplicationId) -> Path<'p>,
) -> Result<Opened<'s>, Response> {
    let id: ApplicationId = id.parse().map_err(|_| not_found())?;
    let opened = state.drafts.draft_open(&session.token, id).await;
    let draft = opened.map_err(|error| draft_error(error, path(id), language))?;
    with_form(state, draft, language).ok_or_else(not_found)
}

/// As [`open`], but what has been submitted leads to the page that says so.
pub(super) async fn open_draft<'s, 'p>(
    state: &'s AppState,
    session: &Session,
    id: &str,
    language: Language,
    path: impl FnOnce(ApplicationId) -> Path<'p>,
) -> Result<Opened<'s>, Response> {
    let opened = open(state, session, id, language, path).await?;
    match opened.draft.submitted {
        Some(_) => Err(see_other(Path::Submitted(opened.draft.id), language)),
        None => Ok(opened),
    }
}

pub(super) fn with_form(state: &AppState, draft: Draft, language: Language) -> Option<Opened<'_>> {
    let form = state.editions.get(&draft.service, draft.version, language)?;
    Some(Opened { draft, form })
}
