//! Reads form definitions and their texts, finds every mistake in them, and keeps them by
//! service and version.
//!
//! A form is a folder `service/version` with `form.toml` and one file of texts for each
//! language. [`read`] turns files into what they say together with where they say it, [`check`]
//! holds that against the rules, and [`Library`] is what comes out when there is no mistake.
//! How to write a form is told in `docs/adding-a-form.md`.

mod check;
mod library;
mod log;
mod mistake;
mod read;
mod report;
mod source;
mod summary;

pub use library::Library;
pub use mistake::{Mistake, Mistakes, Pointer};
pub use summary::{Edition, Summary, check};
