//! What a form that can be read must also fulfil. Each rule is a function of its own.

mod autocomplete;
mod conditions;
mod draft_title;
mod identity;
mod limit_texts;
mod limits;
mod names;
mod nearest;
mod never;
mod outline;
mod satisfiable;
mod texts;

use crate::log::Log;
use crate::read::{WrittenForm, WrittenTexts};

pub use nearest::advice;

/// The texts of one language, with the mistakes in their file.
pub struct LanguageFile {
    /// The file's name, e.g. `en.toml`.
    pub name: String,
    /// `None` when the file is not TOML.
    pub texts: Option<WrittenTexts>,
    pub log: Log,
}

/// Holds `form` and its texts against every rule. `service` and `version` are the names of the
/// folders it stands in.
pub fn check(form: &WrittenForm, (service, version): (&str, &str), languages: &mut [LanguageFile], log: &mut Log) {
    let outline = outline::Outline::of(form);
    identity::check(form, service, version, log);
    names::check(form, log);
    conditions::check(form, &outline, log);
    limits::check(form, log);
    draft_title::check(form, &outline, log);
    autocomplete::check(&outline, log);
    // A contradiction can be told only of a form whose conditions mean something.
    if let Some(form) = log.is_empty().then(|| form.form()).flatten() {
        never::check(&form, &outline, log);
    }
    texts::check(form, &outline, languages, log);
}
