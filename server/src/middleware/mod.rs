//! What happens to every request on its way in and to every response on its way out.
//!
//! From outside: language, reference and log line, error pages, panics, security headers,
//! compression, who is asking, whom it is for, cross-site check, then the request's turn: a place to
//! work, its body, a time limit. [`wrap`] puts them around the routes in this order.

mod body;
mod budget;
mod client;
mod cross_site;
mod error_pages;
mod host;
mod language;
mod log;
mod panics;
mod places;
pub mod security;
mod turns;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::predicate::SizeAbove;
use tower_http::compression::{CompressionLayer, CompressionLevel};

pub use client::ClientAddress;
pub use language::{Localised, localise};
pub use log::Reference;
pub use panics::quiet_panics;

use crate::config::Settings;
use crate::state::AppState;

/// Brotli costs a millisecond for a page at this level, and is within some percent of the best.
const QUALITY: i32 = 4;

/// Longer answers, in bytes, are compressed as quickly as can be: at the other quality a megabyte
/// takes a tenth of a second.
const LONG: u64 = 256 << 10;

/// Puts the middleware around the routes. The last layer is the outermost.
pub fn wrap(routes: Router<AppState>, app: &AppState, settings: &Settings) -> Router {
    let proxies = client::Proxies::from(settings.trusted_proxies.clone());
    let compression = CompressionLayer::new().quality(CompressionLevel::Precise(QUALITY));
    let quick = CompressionLayer::new().quality(CompressionLevel::Fastest).compress_when(SizeAbove::new(LONG));
    routes
        .layer(from_fn_with_state(turns::Turns::new(settings), turns::take))
        .layer(from_fn(cross_site::refuse_unproven))
        .layer(cross_site::layer(settings))
        .layer(from_fn(host::require_one))
        .layer(from_fn_with_state(proxies, client::identify))
        .layer(CatchPanicLayer::custom(panics::answer))
        .layer(from_fn_with_state(app.clone(), error_pages::show))
        .layer(from_fn_with_state(app.clone(), security::headers))
        .layer(quick)
        .layer(compression)
        .layer(from_fn_with_state(app.clone(), log::write))
        .with_state(app.clone())
}
