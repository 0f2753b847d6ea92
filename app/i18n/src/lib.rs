//! The texts of the interface, and how each language writes dates, numbers and lists.
//!
//! The translations are files under `texts/`, a folder per language. The server has them all
//! built in; the browser gets those of the wizard, in one language, with the form.

mod direction;
#[cfg(any(feature = "embedded", test))]
mod embedded;
pub mod format;
mod language;
mod plural;
mod texts;

pub use language::Language;
pub use texts::Texts;
