use backend::accounts::ResetError;
use i18n::Texts;
use leptos::prelude::*;

use super::field::{email_field, new_password_field, summary};
use super::login::forgotten_address;
use super::wording;
use crate::paths::Path;

/// The form that asks for the link to choose a new password.
#[derive(Clone, Debug, Default)]
pub struct Reset {
    /// As typed before.
    pub email: String,
    pub problem: Option<ResetError>,
}

impl Reset {
    pub fn view(&self, t: &'static Texts) -> AnyView {
        let wrong = self.problem.as_ref().map(|problem| wording::reset(t, problem, "email"));
        let wrong = wrong.as_ref();
        view! {
            {summary(t, wrong)}
            <h1>{t.get("accounts.reset.title")}</h1>
            <p class="lead">{t.get("accounts.reset.lead")}</p>
            <form class="stack" method="post" action=Path::Reset.within(t.language()).to_string() novalidate>
                {email_field(t, &self.email, None, wrong)}
                <div class="buttons">
                    <button class="button button--primary">{t.get("accounts.reset.button")}</button>
                </div>
            </form>
            {forgotten_address(t)}
        }
        .into_any()
    }
}

/// The answer to every request for a link, whether or not the address has an account.
///
/// It does not repeat the address, which would have to be in the URL or stored.
pub fn reset_sent(t: &'static Texts, lifetime: &str) -> AnyView {
    view! {
        <h1>{t.get("accounts.reset.sent-title")}</h1>
        <p class="lead">{t.fill("accounts.reset.sent", &[("lifetime", lifetime)])}</p>
        <p>{t.get("accounts.reset.sent-spam")}</p>
        <p><a href=Path::Reset.within(t.language()).to_string()>{t.get("accounts.reset.again")}</a></p>
    }
    .into_any()
}

/// The form behind the mailed link.
#[derive(Clone, Debug)]
pub struct ResetChoose {
    /// The secret in the link.
    pub token: String,
    pub problem: Option<ResetError>,
}

impl ResetChoose {
    pub fn view(&self, t: &'static Texts) -> AnyView {
        let wrong = self.problem.as_ref().map(|problem| wording::reset(t, problem, "password"));
        let wrong = wrong.as_ref();
        let action = Path::ResetToken(&self.token).within(t.language()).to_string();
        view! {
            {summary(t, wrong)}
            <h1>{t.get("accounts.reset.choose-title")}</h1>
            <p class="lead">{t.get("accounts.reset.choose-lead")}</p>
            <form class="stack" method="post" action=action novalidate>
                {new_password_field(t, t.get("accounts.new-password"), wrong)}
                <div class="buttons">
                    <button class="button button--primary">{t.get("accounts.reset.choose-button")}</button>
                </div>
            </form>
        }
        .into_any()
    }
}

/// The page behind a link that does not work any more.
pub fn reset_dead(t: &'static Texts) -> AnyView {
    let reset = Path::Reset.within(t.language()).to_string();
    view! {
        <h1>{t.get("accounts.reset.dead-title")}</h1>
        <p class="lead">{t.get("accounts.reset.dead")}</p>
        <div class="buttons">
            <a class="button button--primary" href=reset>{t.get("accounts.reset.dead-button")}</a>
        </div>
    }
    .into_any()
}
