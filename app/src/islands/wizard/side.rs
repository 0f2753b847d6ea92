//! What stands beside the questions: the list of pages, the time left, the saved state.

use domain::journey::{Place, Progress};
use leptos::prelude::*;
use ui::parts::{Icon, Step, StepList, StepMark, TimeRing};

use super::Wizard;
use super::autosave::SavedState;
use crate::paths::Path;

/// `Page 3 of 9`.
pub(super) fn count(wizard: Wizard) -> String {
    let filling = wizard.filling;
    let (number, total) = filling.page.with(|page| {
        filling.journey.with(|journey| (journey.position(page).map_or(0, |position| position + 1), journey.stops.len()))
    });
    let values = [("number", number.to_string()), ("total", total.to_string())];
    let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
    filling.edition.texts.fill("wizard.page-of", &values)
}

/// On a phone: the page, the time left and the saved state in one bar.
pub(super) fn bar(wizard: Wizard) -> AnyView {
    view! {
        <div class="wizard__bar" aria-hidden="true">
            <span>{move || count(wizard)}</span>
            <span>{move || wizard.clock.short()}</span>
            <span>{move || saved_words(wizard)}</span>
        </div>
    }
    .into_any()
}

/// The list of pages: what is done, what has problems, and where one is.
pub(super) fn pages(wizard: Wizard) -> AnyView {
    let filling = wizard.filling;
    let edition = filling.edition;
    let t = &edition.texts;
    let started = wizard.open.with_value(|open| t.fill("wizard.started", &[("day", &open.started)]));
    view! {
        <nav class="wizard__pages" aria-label=t.get("wizard.pages")>
            // Closed on a phone; on a wide screen the style sheet shows it without its summary.
            <details class="wizard__disclosure">
                <summary>{t.get("wizard.pages")}</summary>
                <div class="wizard__list">
                    <p class="wizard__service" lang=edition.form_language()>{edition.pack.texts.title.as_str()}</p>
                    <p class="wizard__started">{started}</p>
                    {move || view! { <StepList steps=steps(wizard) /> }}
                </div>
            </details>
        </nav>
    }
    .into_any()
}

fn steps(wizard: Wizard) -> Vec<Step> {
    let filling = wizard.filling;
    let t = &filling.edition.texts;
    let page = filling.page.get();
    let tried = filling.tried.get();
    let draft = wizard.open.with_value(|open| open.draft);
    let language = filling.edition.language();
    filling.journey.with(|journey| {
        let pages = journey.stops.iter().map(|stop| {
            let id = stop.page.id.as_str();
            let progress = stop.progress(tried.contains(id));
            let mark = match progress {
                _ if id == page => StepMark::Here,
                Progress::Done => StepMark::Done,
                Progress::Problem => StepMark::Problem,
                Progress::NotYet => StepMark::NotYet,
            };
            let link = || Path::Page(draft, id).within(language).to_string();
            Step {
                title: filling.edition.page(id).title.clone(),
                href: (mark != StepMark::Here && journey.is_reachable(Place::Page(id))).then(link),
                mark,
                mark_text: mark_text(wizard, mark),
            }
        });
        let fixed = |title: &str, href: Option<String>| Step {
            title: title.to_owned(),
            href,
            mark: StepMark::NotYet,
            mark_text: mark_text(wizard, StepMark::NotYet),
        };
        let review = journey.is_complete().then(|| Path::Review(draft).within(language).to_string());
        let last = [fixed(t.get("wizard.review"), review), fixed(t.get("wizard.submit"), None)];
        pages.chain(last).collect()
    })
}

fn mark_text(wizard: Wizard, mark: StepMark) -> String {
    let t = &wizard.filling.edition.texts;
    let key = match mark {
        StepMark::Done => "wizard.mark-done",
        StepMark::Here => "wizard.mark-here",
        StepMark::Problem => "wizard.mark-problem",
        StepMark::NotYet => "wizard.mark-not-yet",
    };
    t.get(key).to_owned()
}

/// The time left, the saved state and the word about buttons.
pub(super) fn cards(wizard: Wizard) -> AnyView {
    let t = &wizard.filling.edition.texts;
    let save_by = wizard.open.with_value(|open| t.fill("wizard.save-by", &[("time", &open.save_by)]));
    view! {
        <aside class="wizard__side">
            <section class="card card--time">
                {move || view! { <TimeRing fraction=wizard.clock.fraction() text=wizard.clock.short() /> }}
                <div>
                    <h2 class="card__title">{t.get("wizard.time")}</h2>
                    <p>{move || if wizard.save.is_live() { t.get("wizard.time-live").to_owned() } else { save_by.clone() }}</p>
                </div>
            </section>
            <section class="card">
                {move || saved(wizard)}
                <p>{move || t.fill("wizard.kept-until", &[("day", &wizard.save.kept_until())])}</p>
            </section>
            <section class="card card--help">
                <h2 class="card__title">{t.get("wizard.buttons-title")}</h2>
                <p>{t.get("wizard.buttons")}</p>
            </section>
            // Read out when it changes, which is seldom: only failures and the time's last minutes.
            <p class="visually-hidden" role="status">{move || spoken(wizard)}</p>
        </aside>
    }
    .into_any()
}

/// Whether what was typed is stored, always in words. It is not read out as it changes: the words
/// count the seconds.
fn saved(wizard: Wizard) -> AnyView {
    let (class, icon) = match wizard.save.state() {
        SavedState::NotYet | SavedState::Unsaved | SavedState::Saving => ("saved", Icon::Info),
        SavedState::Saved { .. } => ("saved saved--good", Icon::Check),
        SavedState::Offline | SavedState::Refused => ("saved saved--bad", Icon::Warning),
    };
    view! { <p class=class>{icon.view()}<span>{saved_words(wizard)}</span></p> }.into_any()
}

fn saved_words(wizard: Wizard) -> String {
    let t = &wizard.filling.edition.texts;
    match wizard.save.state() {
        SavedState::NotYet => t.get("wizard.saved-not-yet").to_owned(),
        SavedState::Unsaved | SavedState::Saving => t.get("wizard.saving").to_owned(),
        SavedState::Saved { seconds: None } => t.get("wizard.saved").to_owned(),
        SavedState::Saved { seconds: Some(0..10) } => t.get("wizard.saved-now").to_owned(),
        SavedState::Saved { seconds: Some(seconds @ 10..60) } => t.count("wizard.saved-seconds", seconds.into()),
        SavedState::Saved { seconds: Some(seconds) } => t.count("wizard.saved-minutes", (seconds / 60).into()),
        SavedState::Offline => t.get("wizard.not-saved").to_owned(),
        SavedState::Refused => t.get("wizard.closed").to_owned(),
    }
}

fn spoken(wizard: Wizard) -> String {
    let t = &wizard.filling.edition.texts;
    match (wizard.save.state(), wizard.clock.spoken_minutes()) {
        (SavedState::Offline, _) => t.get("wizard.not-saved").to_owned(),
        (_, Some(minutes)) => t.count("wizard.minutes-left", minutes.into()),
        _ => String::new(),
    }
}

/// What asks, some minutes before the end, whether more time is needed.
pub(super) fn dialog(wizard: Wizard) -> AnyView {
    let t = &wizard.filling.edition.texts;
    view! {
        <dialog class="dialog" id="time-dialog" aria-labelledby="time-dialog-title">
            <h2 id="time-dialog-title">{move || t.count("wizard.minutes-left", wizard.clock.minutes().into())}</h2>
            <p>{t.get("wizard.time-dialog")}</p>
            <button class="button button--primary" type="button" on:click=move |_| super::browser::more_time(wizard)>
                {t.get("wizard.more-time")}
            </button>
        </dialog>
    }
    .into_any()
}
