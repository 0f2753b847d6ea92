//! Filling in, checking, printing and submitting an application.

mod form;
mod open;
mod page;
mod review;
mod server_functions;
mod start;

use axum::Router;
use axum::routing::{get, post};

use crate::state::AppState;

/// The pages, under each language's prefix.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/apply/{id}", get(start::go_on).post(start::start))
        .route("/apply/{id}/review", get(review::review).post(review::decide))
        .route("/apply/{id}/print", get(review::print))
        .route("/apply/{id}/submitted", get(review::submitted))
        .route("/apply/{id}/delete", get(start::ask_delete).post(start::delete))
        .route("/apply/{id}/{page}", get(page::show).post(page::save))
        .route("/resume/{token}", get(start::resume))
}

/// What the wizard asks from the browser, under no prefix.
pub fn api() -> Router<AppState> {
    Router::new().route("/api/ui/draft-save", post(server_functions::answer))
}
