//! Check the application, then submit it.

use backend::drafts::Draft;
use domain::journey::{Asked, Journey, Place};
use leptos::prelude::*;
use ui::edition::Edition;
use ui::layout::FORM;
use ui::parts::Icon;

use super::answers::{Read, all};
use crate::arrival::Arrival;
use crate::page_list::{page_list, steps};
use crate::pages::service::fee_text;
use crate::paths::Path;
use crate::site::Site;

pub fn review(site: &Site, edition: &'static Edition, draft: &Draft) -> AnyView {
    let t = &edition.texts;
    let answers = &draft.stored.answers;
    let journey = Journey::of(&edition.pack.form, answers, site.today());
    let to = |path: Path<'_>| path.within(site.language).to_string();
    let change = |page: &str, asked: &Asked<'static>| {
        let arrival = Arrival { review: Some(asked.field.clone()), at: asked.control(answers), ..Arrival::default() };
        arrival.address(&to(Path::Page(draft.id, page)))
    };
    let steps = steps(edition, &journey, &draft.tried, draft.id, Place::Review);
    let list = page_list(edition, site.day(draft.started), &steps).0;
    view! {
        <div class="wizard">
            <div class="wizard__left" inner_html=list></div>
            <div class="wizard__form" id=FORM tabindex="-1">
                <h1>{t.get("wizard.review-title")}</h1>
                <p class="lead">{t.get("wizard.review-lead")}</p>
                <div class="buttons">
                    <a class="button button--secondary" href=to(Path::Print(draft.id))>
                        {Icon::Printer.view()}
                        {t.get("wizard.print-preview")}
                    </a>
                </div>
                {all(&Read { site, edition, answers }, &journey, Some(&change))}
                {fee(edition, &journey)}
                <form method="post" action=to(Path::Review(draft.id))>
                    <p>{t.get("wizard.submit-lead")}</p>
                    <div class="wizard__buttons">
                        <input type="hidden" name="revision" value=draft.stored.revision.0 />
                        <button class="button button--primary" name="go" value="submit">{t.get("wizard.submit-now")}</button>
                        <button class="button button--secondary" name="go" value="back">
                            {Icon::Back.view()}
                            {t.get("wizard.back")}
                        </button>
                        <button class="button button--quiet" name="go" value="leave">{t.get("wizard.leave")}</button>
                    </div>
                </form>
            </div>
        </div>
    }
    .into_any()
}

/// What it costs and how it is paid.
fn fee(edition: &'static Edition, journey: &Journey<'static>) -> AnyView {
    let t = &edition.texts;
    let (amount, how) = match journey.fee {
        Some(fee) => (fee_text(t, fee), t.get("wizard.fee-invoiced")),
        None => (t.get("wizard.fee-none").to_owned(), ""),
    };
    let note = edition.pack.texts.submitted.fee_note.as_str();
    let note = (!note.is_empty() && journey.fee.is_some())
        .then(|| view! { <p lang=edition.form_language() dir=edition.form_dir()>{note}</p> });
    view! {
        <section class="card">
            <h2 class="card__title">{t.get("wizard.fee")}</h2>
            <p class="figure">{amount}</p>
            {note}
            <p>{how}</p>
        </section>
    }
    .into_any()
}
