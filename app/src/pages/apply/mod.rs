//! Filling in, checking, printing and submitting an application.

mod answers;
pub mod delete;
mod next_steps;
pub mod not_saved;
pub mod not_started;
pub mod print;
pub mod review;
pub mod submitted;
