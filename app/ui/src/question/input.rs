use domain::form::Kind;
use maud::{Markup, html};

use super::{Ask, frame};

/// How the one-line input of a kind of question behaves: the HTML type, the keyboard, the class.
/// Never the type `number`, which drops what it cannot read.
fn look(kind: &Kind) -> (&'static str, Option<&'static str>, &'static str) {
    match kind {
        Kind::Email => ("email", Some("email"), "input"),
        Kind::Phone => ("tel", Some("tel"), "input input--medium"),
        Kind::Number { .. } => ("text", Some("numeric"), "input input--short"),
        Kind::Money { .. } => ("text", Some("decimal"), "input input--short"),
        Kind::PassportNumber => ("text", None, "input input--medium input--code"),
        Kind::IdentityNumber => ("text", Some("numeric"), "input input--medium"),
        _ => ("text", None, "input"),
    }
}

/// A question answered in one line.
pub(super) fn input(ask: &Ask<'_>, kind: &'static Kind) -> Markup {
    let (html_type, inputmode, class) = look(kind);
    let capitals = match kind {
        // Letters in them are capitals, and a phone's keyboard may as well begin with those.
        Kind::PassportNumber | Kind::IdentityNumber => Some("characters"),
        Kind::Email => Some("off"),
        _ => None,
    };
    let control = html! {
        input class=(class) type=(html_type) id=(ask.field()) name=(ask.field()) value=(ask.text())
            inputmode=[inputmode] autocomplete=(ask.autocomplete()) autocapitalize=[capitals]
            spellcheck=[capitals.map(|_| "false")] aria-invalid=[ask.invalid()]
            aria-describedby=(ask.described_by());
    };
    let control = match kind {
        Kind::Money { currency } => html! {
            div class="money" { (control) span class="money__currency" { (currency) } }
        },
        _ => control,
    };
    frame::with_label(ask, control)
}
