//! The parts of the forms of accounts.

use i18n::Texts;
use leptos::prelude::*;
use ui::parts::{ErrorLink, ErrorSummary, TextField};

use super::Next;
use super::wording::Wrong;
use crate::islands::password_strength::{Words, password_strength};

/// What to say at the control `name`.
pub(super) fn error_at(wrong: Option<&Wrong>, name: &str) -> Option<String> {
    wrong.filter(|wrong| wrong.is_in_control && wrong.control == name).map(|wrong| wrong.text.clone())
}

/// What is wrong, at the top of the page, with a link to where.
pub(super) fn summary(t: &Texts, wrong: Option<&Wrong>) -> AnyView {
    let problem = |wrong: &Wrong| ErrorLink { control: Some(wrong.control.to_owned()), text: wrong.text.clone() };
    let problems: Vec<_> = wrong.map(problem).into_iter().collect();
    view! { <ErrorSummary title=t.get("accounts.problems") problems=problems /> }.into_any()
}

pub(super) fn email_field(t: &Texts, value: &str, hint: Option<&str>, wrong: Option<&Wrong>) -> AnyView {
    view! {
        <TextField
            id="email"
            label=t.get("accounts.email")
            hint=hint.map(str::to_owned)
            error=error_at(wrong, "email")
            error_word=t.get("wizard.error")
            html_type="email"
            autocomplete="username"
            inputmode=Some("email")
            value=value
        />
    }
    .into_any()
}

/// A password to be chosen, with the rule as its hint.
pub(super) fn new_password_field(t: &Texts, label: &str, wrong: Option<&Wrong>) -> AnyView {
    let words = Words {
        control: "password".to_owned(),
        weak: t.get("accounts.strength.weak").to_owned(),
        fair: t.get("accounts.strength.fair").to_owned(),
        strong: t.get("accounts.strength.strong").to_owned(),
    };
    view! {
        <TextField
            html_type="password"
            id="password"
            label=label
            hint=Some(t.count("accounts.register.password-hint", domain::password::MIN as u64))
            error=error_at(wrong, "password")
            error_word=t.get("wizard.error")
            autocomplete="new-password"
        />
        {password_strength(&words)}
    }
    .into_any()
}

/// Asks whether others use the computer; `is_shared` is what was said before.
pub(super) fn shared_field(t: &Texts, is_shared: bool) -> AnyView {
    view! {
        <div class="choices">
            <label class="choice" for="shared">
                <input type="checkbox" id="shared" name="shared" value="yes" checked=is_shared />
                <span class="choice__text">
                    {t.get("accounts.shared")} <small>{t.get("accounts.shared-hint")}</small>
                </span>
            </label>
        </div>
    }
    .into_any()
}

/// Carries the page to go to afterwards through a form.
pub(super) fn next_field(next: Option<&Next>) -> Option<AnyView> {
    next.map(|next| view! { <input type="hidden" name="next" value=next.as_str().to_owned() /> }.into_any())
}

/// A link that carries the page to go to afterwards.
pub(super) fn with_next(path: String, next: Option<&Next>) -> String {
    match next {
        Some(next) => format!("{path}?next={}", next.as_str()),
        None => path,
    }
}
