//! What only a demo has: everybody can read every message that was written.

use app::pages::outbox::{Message as Shown, outbox};
use axum::extract::{Path as Params, State};
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde::Serialize;
use storage::StorageError;
use storage::messages::Message;
use ui::layout::Shape;

use crate::extract::{InLanguage, MaybeSession};
use crate::middleware::security::allow_own_frames;
use crate::render::{self, Page};
use crate::routes::answer::not_found;
use crate::state::AppState;

/// So many messages are told at most.
const NEWEST: u64 = 500;
/// So many are shown on the page.
const SHOWN: usize = 30;

pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/demo/outbox", get(page))
        .route("/demo/outbox.json", get(json))
        .route("/demo/outbox/{id}", get(content))
}

/// A message as tests read it.
#[derive(Serialize)]
struct Told {
    id: String,
    channel: &'static str,
    to: String,
    template: String,
    subject: String,
    text: String,
    html: String,
    /// RFC 3339, in UTC.
    created: String,
    state: &'static str,
}

impl From<Message> for Told {
    fn from(message: Message) -> Self {
        Self {
            id: message.id.to_string(),
            channel: message.channel.as_str(),
            to: message.recipient,
            template: message.template,
            subject: message.subject,
            text: message.text,
            html: message.html,
            created: message.created.to_string(),
            state: message.state.as_str(),
        }
    }
}

async fn json(State(state): State<AppState>) -> Response {
    match state.storage.messages_all(NEWEST).await {
        Ok(messages) => Json(messages.into_iter().map(Told::from).collect::<Vec<_>>()).into_response(),
        Err(error) => failed(&error),
    }
}

async fn page(
    State(state): State<AppState>,
    InLanguage(language): InLanguage,
    MaybeSession(session): MaybeSession,
) -> Response {
    let messages = match state.storage.messages_all(NEWEST).await {
        Ok(messages) => messages,
        Err(error) => return failed(&error),
    };
    let messages: Vec<_> = messages.into_iter().take(SHOWN).map(shown).collect();
    let site = state.site(language);
    let page = Page {
        site: &site,
        path: "/demo/outbox",
        title: site.texts.get("common.outbox").to_owned(),
        shape: Shape::Column,
        state: None,
        is_logged_in: session.is_some(),
    };
    let mut response = render::page(&state, page, || outbox(&site, &messages));
    allow_own_frames(response.headers_mut());
    response
}

/// The HTML of one message, for the frame in which the page shows it. Its own styles apply, and
/// nothing else: no script, and nothing from elsewhere.
async fn content(State(state): State<AppState>, Params(id): Params<String>) -> Response {
    let messages = match state.storage.messages_all(NEWEST).await {
        Ok(messages) => messages,
        Err(error) => return failed(&error),
    };
    let Some(message) = messages.into_iter().find(|message| message.id.to_string() == id) else { return not_found() };
    // Its links lead the whole window, for our pages refuse to stand in a frame.
    let html = message.html.replacen("<head>", "<head><base target=\"_top\">", 1);
    let policy = HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'");
    ([(CONTENT_SECURITY_POLICY, policy)], Html(html)).into_response()
}

fn shown(message: Message) -> Shown {
    Shown {
        id: message.id.to_string(),
        to: message.recipient,
        subject: message.subject,
        text: message.text,
        created: message.created,
    }
}

fn failed(error: &StorageError) -> Response {
    tracing::error!(%error, "the outbox cannot be read");
    StatusCode::SERVICE_UNAVAILABLE.into_response()
}
