use domain::form::Kind;
use leptos::prelude::*;

use super::{Ask, frame};

/// How the one-line input of a kind of question behaves.
struct Look {
    /// The HTML type; never `number`, which drops what it cannot read.
    html_type: &'static str,
    inputmode: Option<&'static str>,
    class: &'static str,
}

fn look(kind: &Kind) -> Look {
    let look = |html_type, inputmode, class| Look { html_type, inputmode, class };
    match kind {
        Kind::Email => look("email", Some("email"), "input"),
        Kind::Phone => look("tel", Some("tel"), "input input--medium"),
        Kind::Number { .. } => look("text", Some("numeric"), "input input--short"),
        Kind::Money { .. } => look("text", Some("decimal"), "input input--short"),
        Kind::PassportNumber => look("text", None, "input input--medium input--code"),
        Kind::IdentityNumber => look("text", Some("numeric"), "input input--medium"),
        _ => look("text", None, "input"),
    }
}

/// A question answered in one line.
pub(super) fn input(ask: Ask, kind: &'static Kind) -> AnyView {
    let problem = ask.problem();
    let field = ask.field().to_owned();
    let Look { html_type, inputmode, class } = look(kind);
    let is_code = matches!(kind, Kind::PassportNumber | Kind::IdentityNumber | Kind::Email);
    let control = view! {
        <input
            class=class
            type=html_type
            id=field.clone()
            name=field
            value=ask.text()
            inputmode=inputmode
            autocomplete=ask.asked.question.autocomplete.clone().unwrap_or_else(|| "off".to_owned())
            autocapitalize=is_code.then_some("off")
            spellcheck=is_code.then_some("false")
            aria-invalid=frame::invalid(problem)
            aria-describedby=frame::described_by(&ask, problem)
        />
    };
    let control = match kind {
        Kind::Money { currency } => view! {
            <div class="money">{control}<span class="money__currency">{currency.as_str()}</span></div>
        }
        .into_any(),
        _ => control.into_any(),
    };
    frame::with_label(&ask, problem, control)
}
