use backend::accounts::LogInError;
use i18n::Texts;
use leptos::prelude::*;
use ui::parts::{Notice, TextField, Tone};

use super::field::{email_field, next_field, shared_field, summary, with_next};
use super::{Next, wording};
use crate::paths::Path;

/// The log-in page.
#[derive(Clone, Debug, Default)]
pub struct LogIn {
    /// As typed before.
    pub email: String,
    /// The page to go to afterwards.
    pub next: Option<Next>,
    /// What led here.
    pub after: Option<After>,
    /// How long what was written after the end of a session is kept, in words.
    pub sealed_lifetime: String,
    /// Whether the person has said that others use the computer.
    pub is_shared: bool,
    pub problem: Option<LogInError>,
}

/// What a person did just before they came to log in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum After {
    LoggingOut,
    /// Logging out in every browser.
    LoggingOutEverywhere,
    /// The session ended by itself.
    Timeout,
    /// The session had ended before something was saved, which is kept for the next log-in.
    Sealed,
    /// A new password was chosen.
    Reset,
    /// The mail said that there is an account already.
    Registering,
}

impl After {
    const ALL: [Self; 6] =
        [Self::LoggingOut, Self::LoggingOutEverywhere, Self::Timeout, Self::Sealed, Self::Reset, Self::Registering];

    /// From the value of `after` in the query.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|after| after.name() == name)
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::LoggingOut => "logout",
            Self::LoggingOutEverywhere => "logout-everywhere",
            Self::Timeout => "timeout",
            Self::Sealed => "sealed",
            Self::Reset => "reset",
            Self::Registering => "registering",
        }
    }

    fn view(self, t: &'static Texts, sealed_lifetime: &str) -> AnyView {
        let (tone, text) = match self {
            Self::LoggingOut => (Tone::Good, t.get("accounts.login.done").to_owned()),
            Self::LoggingOutEverywhere => (Tone::Good, t.get("accounts.login.done-everywhere").to_owned()),
            Self::Timeout => (Tone::Info, t.get("accounts.login.ended").to_owned()),
            Self::Sealed => (Tone::Good, t.fill("accounts.login.sealed", &[("lifetime", sealed_lifetime)])),
            Self::Reset => (Tone::Good, t.get("accounts.login.changed").to_owned()),
            Self::Registering => (Tone::Info, t.get("accounts.login.has-account").to_owned()),
        };
        view! { <Notice tone=tone><p role="status">{text}</p></Notice> }.into_any()
    }
}

impl LogIn {
    pub fn view(&self, t: &'static Texts) -> AnyView {
        let wrong = self.problem.as_ref().map(|problem| wording::log_in(t, problem));
        let wrong = wrong.as_ref();
        let next = self.next.as_ref();
        let lead = (next.is_some() && self.after.is_none())
            .then(|| view! { <p class="lead">{t.get("accounts.login.lead-next")}</p> });
        view! {
            {summary(t, wrong)}
            {self.after.map(|after| after.view(t, &self.sealed_lifetime))}
            <h1>{t.get("accounts.login.title")}</h1>
            {lead}
            <form class="stack" method="post" action=Path::LogIn.within(t.language()).to_string() novalidate>
                {next_field(next)}
                {email_field(t, &self.email, None, wrong)}
                <TextField
                    id="password"
                    label=t.get("accounts.password")
                    html_type="password"
                    autocomplete="current-password"
                />
                {shared_field(t, self.is_shared)}
                <p>{t.get("accounts.login.terms")}</p>
                <p>{t.get("accounts.login.data")}</p>
                <div class="buttons">
                    <button class="button button--primary">{t.get("accounts.login.button")}</button>
                </div>
            </form>
            {ways_out(t, next)}
        }
        .into_any()
    }
}

/// For those who cannot log in.
fn ways_out(t: &'static Texts, next: Option<&Next>) -> AnyView {
    let to = |path: Path<'_>| path.within(t.language()).to_string();
    view! {
        <p><a href=to(Path::Reset)>{t.get("accounts.login.forgotten")}</a></p>
        <p>
            {t.get("accounts.login.no-account")} " "
            <a href=with_next(to(Path::Register), next)>{t.get("accounts.register-link")}</a>
        </p>
        {forgotten_address(t)}
    }
    .into_any()
}

/// An address cannot be looked up; what to do instead.
pub(super) fn forgotten_address(t: &'static Texts) -> AnyView {
    view! {
        <details>
            <summary>{t.get("accounts.login.username-title")}</summary>
            <p>{t.get("accounts.login.username")}</p>
        </details>
    }
    .into_any()
}
