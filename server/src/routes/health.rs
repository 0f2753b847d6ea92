//! Probes for whoever watches over the server.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;

use crate::state::AppState;

pub fn routes() -> Router<AppState> {
    Router::new().route("/health/live", get(live)).route("/health/ready", get(ready))
}

/// The program runs.
async fn live() -> &'static str {
    "live\n"
}

/// The program can do its work: something can be stored.
async fn ready(State(app): State<AppState>) -> (StatusCode, String) {
    match app.readiness.check().await {
        Ok(()) => (StatusCode::OK, "ready\n".to_owned()),
        Err(error) => (StatusCode::SERVICE_UNAVAILABLE, format!("nothing can be stored: {error}\n")),
    }
}
