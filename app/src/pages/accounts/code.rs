use backend::accounts::CodeError;
use i18n::Texts;
use leptos::prelude::*;
use ui::parts::{Notice, TextField, Tone};

use super::field::{error_at, next_field, shared_field, summary};
use super::{Next, wording};
use crate::paths::Path;

/// What the mailed code is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeFor {
    /// A new account.
    Registration,
    /// A log-in after many wrong passwords.
    LogIn,
}

/// The page on which the mailed code is entered.
#[derive(Clone, Debug)]
pub struct Code {
    pub purpose: CodeFor,
    /// Where the code was sent.
    pub email: String,
    /// How long it is good, in words.
    pub lifetime: String,
    /// A new code has just been asked for.
    pub is_resent: bool,
    /// The page to go to afterwards.
    pub next: Option<Next>,
    /// Whether the person has said that others use the computer.
    pub is_shared: bool,
    pub problem: Option<CodeError>,
}

impl CodeFor {
    pub fn path(self) -> Path<'static> {
        match self {
            Self::Registration => Path::RegisterCode,
            Self::LogIn => Path::LogInCode,
        }
    }
}

impl Code {
    pub fn view(&self, t: &'static Texts) -> AnyView {
        let wrong = self.problem.as_ref().map(|problem| wording::code(t, problem));
        let wrong = wrong.as_ref();
        let resent = self.is_resent.then(|| {
            view! { <Notice tone=Tone::Good><p role="status">{t.get("accounts.code.resent")}</p></Notice> }
        });
        let why =
            (self.purpose == CodeFor::LogIn).then(|| view! { <p class="lead">{t.get("accounts.login-code.why")}</p> });
        let button = match self.purpose {
            CodeFor::Registration => t.get("accounts.code.button"),
            CodeFor::LogIn => t.get("accounts.login.button"),
        };
        view! {
            {summary(t, wrong)}
            {resent}
            <h1>{t.get("accounts.code.title")}</h1>
            {why}
            <p class="lead">{t.fill("accounts.code.sent", &[("email", &self.email)])}</p>
            <form class="stack" method="post" action=self.purpose.path().within(t.language()).to_string() novalidate>
                {next_field(self.next.as_ref())}
                <TextField
                    id="code"
                    label=t.get("accounts.code.label")
                    hint=Some(t.fill("accounts.code.valid", &[("lifetime", &self.lifetime)]))
                    error=error_at(wrong, "code")
                    error_word=t.get("wizard.error")
                    inputmode=Some("numeric")
                    autocomplete="one-time-code"
                    class="input input--pin"
                />
                {shared_field(t, self.is_shared)}
                <div class="buttons">
                    <button class="button button--primary">{button}</button>
                </div>
            </form>
            {self.help(t)}
        }
        .into_any()
    }

    /// What to do when no mail comes.
    fn help(&self, t: &'static Texts) -> AnyView {
        let to = |path: Path<'_>| path.within(t.language()).to_string();
        let address = (self.purpose == CodeFor::Registration).then(|| {
            view! {
                <li>
                    {t.get("accounts.code.help-address")} " "
                    <a href=format!("{}?correct", to(Path::Register))>{t.get("accounts.code.correct")}</a>
                </li>
            }
        });
        view! {
            <section class="card"><h2 class="card__title">{t.get("accounts.code.help-title")}</h2>
                <ul>
                    <li>{t.get("accounts.code.help-spam")}</li>
                    {address}
                    <li>{t.get("accounts.code.help-again")}</li>
                </ul>
                <form method="post" action=to(self.purpose.path())>
                    {next_field(self.next.as_ref())}
                    <button class="button button--secondary" name="go" value="resend">{t.get("accounts.code.resend")}</button>
                </form>
            </section>
        }
        .into_any()
    }
}

/// The page when nothing waits for a code in this browser.
pub fn nothing_waits(t: &'static Texts, purpose: CodeFor) -> AnyView {
    let to = |path: Path<'_>| path.within(t.language()).to_string();
    let link = |class: &'static str, path, text| view! { <a class=class href=to(path)>{t.get(text)}</a> }.into_any();
    let (text, buttons) = match purpose {
        CodeFor::Registration => (
            t.get("accounts.code.none"),
            vec![
                link("button button--primary", Path::Register, "accounts.register-link"),
                link("button button--secondary", Path::LogIn, "accounts.log-in-link"),
            ],
        ),
        CodeFor::LogIn => (
            t.get("accounts.login-code.none"),
            vec![link("button button--primary", Path::LogIn, "accounts.log-in-link")],
        ),
    };
    view! {
        <h1>{t.get("accounts.code.none-title")}</h1>
        <p class="lead">{text}</p>
        <div class="buttons">{buttons}</div>
    }
    .into_any()
}
