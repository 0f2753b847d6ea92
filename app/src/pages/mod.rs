//! Pages, a folder for each area. A page is a function of what it shows; it asks for nothing.

pub mod accounts;
pub mod apply;
mod draft_words;
pub mod error;
pub mod home;
pub mod my;
pub mod outbox;
pub mod service;
