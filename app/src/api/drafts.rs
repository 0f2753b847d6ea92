//! Saving a draft from the browser.

use std::collections::{BTreeMap, BTreeSet};

use domain::ids::ApplicationId;
use domain::merge::{Changes, Revision};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::Json;

/// What the wizard sends: the changes since the last acknowledged save. Sending none counts as
/// activity and starts the page's time anew.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SavePage {
    pub draft: ApplicationId,
    /// The page that is open, where the person comes back to.
    pub page: String,
    pub changes: Changes,
    /// The pages where Continue was tried.
    pub tried: BTreeSet<String>,
}

/// What the server answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum SaveAnswer {
    Saved(Acknowledged),
    /// The session has ended. What was sent has not been stored.
    LoggedOut,
    /// The draft is gone or has been submitted.
    Closed,
}

/// What is stored now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Acknowledged {
    pub revision: Revision,
    /// What other windows have changed since the revision that this window had read.
    pub others: BTreeMap<String, String>,
    /// Fields that two windows have changed, with the other's text.
    pub contested: BTreeMap<String, String>,
    /// How long a page may now stay open, in seconds.
    pub seconds_left: u32,
    /// The day until which the draft is kept, in words.
    pub kept_until: String,
}

#[server(name = SaveDraft, prefix = "/api/ui", endpoint = "draft-save", input = Json, output = Json)]
pub async fn save_draft(save: SavePage) -> Result<SaveAnswer, ServerFnError> {
    let Some(session) = use_context::<backend::session::SessionToken>() else { return Ok(SaveAnswer::LoggedOut) };
    let drafts = expect_context::<std::sync::Arc<dyn backend::drafts::Drafts>>();
    let site = expect_context::<crate::site::Site>();
    let sent = save.changes.clone();
    let SavePage { draft, page, changes, tried } = save;
    let save = backend::drafts::Save { page, changes, tried, ..Default::default() };
    let saved = drafts.draft_save(&session, draft, save).await;
    site.acknowledge(saved, &sent).map_err(ServerFnError::new)
}
