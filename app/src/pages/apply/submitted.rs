//! The confirmation that an application has arrived.

use backend::drafts::{Draft, Submitted};
use domain::state::FeeState;
use leptos::prelude::*;
use ui::edition::Edition;
use ui::parts::Icon;

use super::next_steps::next_steps;
use crate::paths::Path;
use crate::site::Site;

pub fn submitted(site: &Site, edition: &'static Edition, draft: &Draft, submitted: &Submitted) -> AnyView {
    let t = &edition.texts;
    let to = |path: Path<'_>| path.within(site.language).to_string();
    let fee = (submitted.fee == FeeState::ToBeInvoiced).then(|| view! { <p>{t.get("wizard.fee-invoiced")}</p> });
    view! {
        <div class="receipt">
            {Icon::Check.view()}
            <h1>{t.get("wizard.submitted-title")}</h1>
            <p>{t.get("wizard.number")}</p>
            <p class="figure" id="verification-number">{submitted.number.to_string()}</p>
            <p>{t.fill("wizard.submitted-at", &[("time", &site.time_text(submitted.at))])}</p>
        </div>
        <p>{t.fill("wizard.receipt-mailed", &[("email", &draft.session.email)])}</p>
        {fee}
        <h2>{t.get("wizard.next-title")}</h2>
        {next_steps(edition)}
        <p>{t.get("wizard.next-locked")}</p>
        <p>{t.fill("wizard.next-supplement", &[("number", &submitted.number.to_string())])}</p>
        <div class="buttons">
            <a class="button button--secondary" href=to(Path::Print(draft.id))>{t.get("wizard.print-application")}</a>
            <a class="button button--primary" href=to(Path::My)>{t.get("wizard.to-my-page")}</a>
        </div>
    }
    .into_any()
}
