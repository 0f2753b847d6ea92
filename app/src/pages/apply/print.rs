//! The application made for paper.

use backend::drafts::Draft;
use domain::journey::Journey;
use leptos::prelude::*;
use ui::edition::Edition;
use ui::layout::PrintSheet;

use super::answers::{Read, all};
use super::next_steps::next_steps;
use crate::paths::Path;
use crate::site::Site;

pub fn print(site: &Site, edition: &'static Edition, draft: &Draft) -> AnyView {
    let t = &edition.texts;
    let answers = &draft.stored.answers;
    let journey = Journey::of(&edition.pack.form, answers, site.today());
    let (back, status, reference) = match &draft.submitted {
        Some(submitted) => {
            let status = t.fill("wizard.print-submitted", &[("time", &site.time_text(submitted.at))]);
            let number = t.fill("wizard.print-number", &[("number", &submitted.number.to_string())]);
            (Path::Submitted(draft.id), status, number)
        }
        None => {
            let number = t.fill("wizard.print-draft-number", &[("number", &short_number(draft))]);
            (Path::Review(draft.id), t.get("wizard.print-draft").to_owned(), number)
        }
    };
    let next = draft.submitted.as_ref().and_then(|_| next_steps(edition)).map(|steps| {
        view! { <section class="stack"><h2>{t.get("wizard.next-title")}</h2>{steps}</section> }
    });
    let content = all(&Read { site, edition, answers }, &journey, None);
    view! {
        <div class="notice no-print">
            <p>{t.get("wizard.print-how")}</p>
            <p><a href=back.within(site.language).to_string()>{t.get("wizard.print-back")}</a></p>
        </div>
        <PrintSheet
            service=edition.pack.texts.title.as_str()
            reference=reference
            date=site.day_text(site.now)
            status=status
        >
            <h1>{t.get("wizard.print-title")}</h1>
            {content}
            {next}
        </PrintSheet>
    }
    .into_any()
}

/// Enough of a draft's id to tell two printouts apart; it opens nothing.
fn short_number(draft: &Draft) -> String {
    draft.id.to_string().chars().take(8).collect()
}
