//! A question in `form.toml`.

use crate::log::Log;
use crate::read::condition::when;
use crate::read::field::Fields;
use crate::read::kind::{belongs_to, kind};
use crate::read::written::WrittenQuestion;

/// Reads the question in `fields`.
pub fn question(mut fields: Fields<'_>, log: &mut Log) -> WrittenQuestion {
    let span = fields.span;
    let id = fields.needed("id", "id = \"passport.number\"", log).and_then(|it| it.text(log));
    let optional = fields.optional("optional").and_then(|it| it.truth(log)).unwrap_or(false);
    let when = fields.optional("when").and_then(|it| when(it, log));
    let autocomplete = fields.optional("autocomplete").and_then(|it| it.text(log));
    let name = fields.needed("kind", "kind = \"text\"", log).and_then(|it| it.text(log));
    let mut question = WrittenQuestion {
        id,
        kind: None,
        optional,
        when,
        autocomplete,
        choices: Vec::new(),
        questions: Vec::new(),
        limits: Default::default(),
        span,
    };
    // Without its kind, nothing can be said about the keys that are left.
    let Some(name) = name else { return question };
    if kind(&name, &mut fields, &mut question, log) {
        fields.end_with(log, |key| {
            let help = belongs_to(key).map(|kinds| format!("leave it out; `{key}` belongs to {kinds}"))?;
            Some((format!("a question of the kind `{}` has no `{key}`", name.value), help))
        });
    }
    question
}
