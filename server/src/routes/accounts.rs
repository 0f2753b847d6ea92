//! Creating an account, logging in and out, and choosing a new password.

mod code;
mod forms;
mod log_in;
mod register;
mod reset;

use axum::Router;
use axum::routing::{get, post};

use crate::state::AppState;

pub use log_in::log_out_and_say;

pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/register", get(register::form).post(register::begin))
        .route("/register/code", get(code::register_form).post(code::register))
        .route("/login", get(log_in::form).post(log_in::log_in))
        .route("/login/code", get(code::log_in_form).post(code::log_in))
        .route("/logout", post(log_in::log_out))
        .route("/logout/everywhere", post(log_in::log_out_everywhere))
        .route("/reset", get(reset::form).post(reset::request))
        .route("/reset/{token}", get(reset::choose_form).post(reset::choose))
}
