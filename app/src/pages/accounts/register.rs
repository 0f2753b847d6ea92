use backend::accounts::RegisterError;
use i18n::Texts;
use leptos::prelude::*;

use super::field::{email_field, new_password_field, next_field, summary, with_next};
use super::{Next, wording};
use crate::paths::Path;

/// The form that begins an account.
#[derive(Clone, Debug, Default)]
pub struct Register {
    /// As typed before, or to be corrected.
    pub email: String,
    /// The page to go to afterwards.
    pub next: Option<Next>,
    pub problem: Option<RegisterError>,
}

impl Register {
    pub fn view(&self, t: &'static Texts) -> AnyView {
        let wrong = self.problem.as_ref().map(|problem| wording::register(t, problem));
        let wrong = wrong.as_ref();
        let next = self.next.as_ref();
        let to = |path: Path<'_>| path.within(t.language()).to_string();
        view! {
            {summary(t, wrong)}
            <h1>{t.get("accounts.register.title")}</h1>
            <p class="lead">{t.get("accounts.register.lead")}</p>
            <form class="stack" method="post" action=to(Path::Register) novalidate>
                {next_field(next)}
                {email_field(t, &self.email, Some(t.get("accounts.register.email-hint")), wrong)}
                {new_password_field(t, t.get("accounts.password"), wrong)}
                <div class="buttons">
                    <button class="button button--primary">{t.get("accounts.register.button")}</button>
                </div>
            </form>
            <p>
                {t.get("accounts.register.has-account")} " "
                <a href=with_next(to(Path::LogIn), next)>{t.get("accounts.log-in-link")}</a>
            </p>
        }
        .into_any()
    }
}
