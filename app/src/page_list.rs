//! The list of pages of a draft: what is done, what has problems, and where one is.

use std::collections::BTreeSet;

use domain::ids::ApplicationId;
use domain::journey::{Journey, Place, Progress};
use i18n::format;
use jiff::civil::Date;
use maud::{Markup, html};
use ui::edition::Edition;
use ui::parts::{Step, StepMark, step_list};

use crate::paths::Path;

/// The list with what stands over it.
pub(crate) fn page_list(edition: &Edition, started: Date, steps: &[Step]) -> Markup {
    let t = &edition.texts;
    html! {
        nav class="wizard__pages" aria-label=(t.get("wizard.pages")) {
            // Closed on a phone; on a wide screen the style sheet shows it without its summary.
            details class="wizard__disclosure" {
                summary { (t.get("wizard.pages")) }
                div class="wizard__list" {
                    p class="wizard__service" lang=[edition.form_language()] { (edition.pack.texts.title) }
                    p class="wizard__started" { (t.fill("wizard.started", &[("day", &format::date(started, edition.language()))])) }
                    div id="steps" { (step_list(steps)) }
                }
            }
        }
    }
}

/// Every page that is asked, then the review and submitting. `tried` are the pages where Continue
/// was tried, `here` is the page that is open.
pub(crate) fn steps(
    edition: &Edition,
    journey: &Journey<'_>,
    tried: &BTreeSet<String>,
    draft: ApplicationId,
    here: Place<'_>,
) -> Vec<Step> {
    let t = &edition.texts;
    let step = |title: &str, place: Place<'_>, progress: Progress, path: Path<'_>| {
        let mark = match progress {
            _ if place == here => StepMark::Here,
            Progress::Done => StepMark::Done,
            Progress::Problem => StepMark::Problem,
            Progress::NotYet => StepMark::NotYet,
        };
        let is_open = place != here && journey.is_reachable(place);
        let href = is_open.then(|| path.within(edition.language()).to_string());
        Step { title: title.to_owned(), href, mark, mark_text: mark_text(edition, mark) }
    };
    let pages = journey.stops.iter().map(|stop| {
        let id = stop.page.id.as_str();
        step(&edition.page(id).title, Place::Page(id), stop.progress(tried.contains(id)), Path::Page(draft, id))
    });
    let review = step(t.get("wizard.review"), Place::Review, Progress::NotYet, Path::Review(draft));
    let submit = Step {
        title: t.get("wizard.submit").to_owned(),
        href: None,
        mark: StepMark::NotYet,
        mark_text: mark_text(edition, StepMark::NotYet),
    };
    pages.chain([review, submit]).collect()
}

fn mark_text(edition: &Edition, mark: StepMark) -> String {
    let key = match mark {
        StepMark::Done => "wizard.mark-done",
        StepMark::Here => "wizard.mark-here",
        StepMark::Problem => "wizard.mark-problem",
        StepMark::NotYet => "wizard.mark-not-yet",
    };
    edition.texts.get(key).to_owned()
}
