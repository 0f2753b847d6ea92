//! What answers each path. Handlers are thin: who asks, one call on a backend trait, a page.

pub mod accounts;
pub mod answer;
mod apply;
pub mod demo;
pub mod health;
mod packs;
mod pages;

use axum::Router;

use crate::state::AppState;

/// Every route but the built files, the probes and the demo's own.
pub fn all() -> Router<AppState> {
    Router::new()
        .merge(pages::routes())
        .merge(accounts::routes())
        .merge(apply::routes())
        .merge(apply::api())
        .merge(packs::routes())
}
