//! Saving a draft from the browser.

use std::collections::BTreeSet;

use domain::autosave::Acknowledgement;
use domain::ids::ApplicationId;
use domain::merge::Changes;
use jiff::civil::Date;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::Json;

/// What the wizard sends: what the server is not known to have. Sending nothing counts as activity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SavePage {
    pub draft: ApplicationId,
    /// The page that is open, where the person comes back to.
    pub page: String,
    pub changes: Changes,
    /// The pages where Continue was tried.
    pub tried: BTreeSet<String>,
    /// The window's, with which this is kept even when the session has ended.
    pub ticket: String,
    /// A page was turned or more time asked for: the page's time begins anew.
    pub renews: bool,
}

/// What the server answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum SaveAnswer {
    Saved(Acknowledged),
    /// The session has ended. What was sent is kept until the holder of the draft logs in.
    Sealed,
    /// The draft is gone or has been submitted: nothing can be stored any more.
    Closed,
}

/// What is stored now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Acknowledged {
    pub answer: Acknowledgement,
    /// How long the page may stay open, in seconds.
    pub seconds_left: u32,
    /// The day until which the draft is kept.
    #[serde(with = "domain::date::iso")]
    pub kept_until: Date,
    /// Which build of the browser's part the server has.
    pub build: String,
}

#[server(name = SaveDraft, prefix = "/api/ui", endpoint = "draft-save", input = Json, output = Json)]
pub async fn save_draft(save: SavePage) -> Result<SaveAnswer, ServerFnError> {
    let session = use_context::<backend::session::SessionToken>();
    let drafts = expect_context::<std::sync::Arc<dyn backend::drafts::Drafts>>();
    let site = expect_context::<crate::site::Site>();
    let SavePage { draft, page, changes, tried, ticket, renews } = save;
    let sent = changes.clone();
    let save = backend::drafts::Save { page, changes, tried, renews, button: None };
    let saved = drafts.draft_save_or_seal(session.as_ref(), draft, &ticket, save).await;
    site.acknowledge(saved, &sent).map_err(ServerFnError::new)
}
