use leptos::prelude::*;
use ui::edition::Edition;

/// What comes after submitting, step by step, as the form tells it; nothing when it does not.
pub(super) fn next_steps(edition: &'static Edition) -> Option<AnyView> {
    let steps = &edition.pack.texts.submitted.next_steps;
    let items: Vec<_> = steps.iter().map(|step| view! { <li>{step.as_str()}</li> }).collect();
    (!items.is_empty())
        .then(|| view! { <ol lang=edition.form_language() dir=edition.form_dir()>{items}</ol> }.into_any())
}
