//! What the wizard looks like.

use domain::journey::Place;
use leptos::prelude::*;
use ui::parts::Icon;
use ui::question::{Ask, Question};
use ui::wording::problem_text;

use super::{Wizard, browser, side};
use crate::paths::Path;

pub(super) fn wizard(wizard: Wizard) -> AnyView {
    let filling = wizard.filling;
    view! {
        <div class="wizard">
            {side::bar(wizard)}
            {side::pages(wizard)}
            <div class="wizard__form">
                {heading(wizard)}
                {summary(wizard)}
                {form(wizard)}
            </div>
            {side::cards(wizard)}
            {side::dialog(wizard)}
        </div>
    }
    .into_any()
    .attr("data-page", move || filling.page.get())
    .into_any()
}

/// `Page 3 of 9`, the title and what the page is about.
fn heading(wizard: Wizard) -> AnyView {
    let filling = wizard.filling;
    let edition = filling.edition;
    view! {
        <p class="wizard__count">{move || side::count(wizard)}</p>
        <h1 id="page-title" tabindex="-1" lang=edition.form_language() dir=edition.form_dir()>
            {move || filling.page.with(|page| edition.page(page).title.clone())}
        </h1>
        <p class="lead" lang=edition.form_language() dir=edition.form_dir()>
            {move || filling.page.with(|page| edition.page(page).lead.clone())}
        </p>
    }
    .into_any()
}

/// What is wrong on the page, with links to the controls, once Continue was tried.
fn summary(wizard: Wizard) -> AnyView {
    let filling = wizard.filling;
    let edition = filling.edition;
    let problems = Memo::new(move |_| filling.summary());
    (move || {
        let problems = problems.get();
        if problems.is_empty() {
            return None;
        }
        let title = edition.texts.count("wizard.problems", problems.len() as u64);
        let items: Vec<_> = problems
            .iter()
            .map(|each| {
                let label = edition.question(&each.key).label.as_str();
                let text = problem_text(edition, &each.key, &each.problem);
                view! { <li><a href=format!("#{}", each.control())>{label}": "{text}</a></li> }
            })
            .collect();
        Some(view! {
            <div class="summary" role="alert" id="problems" tabindex="-1">
                <h2 class="summary__title">{title}</h2>
                <ul>{items}</ul>
            </div>
        })
    })
    .into_any()
}

fn form(wizard: Wizard) -> AnyView {
    let filling = wizard.filling;
    let edition = filling.edition;
    let t = &edition.texts;
    let draft = wizard.open.with_value(|open| open.draft);
    let language = edition.language();
    let action = move || filling.page.with(|page| Path::Page(draft, page).within(language).to_string());
    view! {
        <form
            id="wizard-form"
            method="post"
            action=action
            novalidate
            autocomplete="on"
            aria-labelledby="page-title"
            inert=move || wizard.save.is_moving()
            // Tells style and tests that the browser has taken over.
            data-live=move || wizard.save.is_live().then_some("")
            on:input=move |_| browser::typed(wizard)
            on:change=move |event| browser::left(wizard, &event)
            on:submit=move |event| browser::submitted(wizard, &event)
        >
            // Enter presses the first button of a form; a row's Remove must not be that one.
            <button class="visually-hidden" name="go" value="continue" tabindex="-1" aria-hidden="true">
                {t.get("wizard.continue")}
            </button>
            <button name="go" value="time-is-up" id="time-is-up" hidden>{t.get("wizard.leave")}</button>
            {wizard.open.with_value(|open| open.from_review).then(|| view! { <input type="hidden" name="review" value="yes" /> })}
            <input type="hidden" name="revision" value=move || wizard.save.revision().0.to_string() />
            <div lang=edition.form_language() dir=edition.form_dir()>
                <For
                    each=move || filling.asked()
                    key=move |asked| (filling.page.get_untracked(), asked.field.clone())
                    children=move |asked| view! { <Question ask=Ask { asked, filling } /> }
                />
            </div>
            <div class="wizard__buttons">
                <button class="button button--primary" name="go" value="continue">
                    {t.get("wizard.continue")}
                    {Icon::Forward.view()}
                </button>
                <button class="button button--secondary" name="go" value="back" hidden=move || is_first(wizard)>
                    {Icon::Back.view()}
                    {t.get("wizard.back")}
                </button>
                <button class="button button--quiet" name="go" value="leave">{t.get("wizard.leave")}</button>
            </div>
        </form>
    }
    .into_any()
}

fn is_first(wizard: Wizard) -> bool {
    let filling = wizard.filling;
    filling.page.with(|page| filling.journey.with(|journey| journey.before(Place::Page(page)).is_none()))
}
