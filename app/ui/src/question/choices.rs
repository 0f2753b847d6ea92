use leptos::prelude::*;

use super::{Ask, frame};

/// A choice between yes and no.
pub(super) fn yes_no(ask: Ask) -> AnyView {
    let t = &ask.filling.edition.texts;
    let choices = [("yes", t.get("wizard.yes")), ("no", t.get("wizard.no"))];
    list(ask, "radio", choices.into_iter())
}

/// One of several choices.
pub(super) fn one_of(ask: Ask, choices: &'static [String]) -> AnyView {
    let choices = labelled(&ask, choices);
    list(ask, "radio", choices)
}

/// Any number of choices.
pub(super) fn several_of(ask: Ask, choices: &'static [String]) -> AnyView {
    let choices = labelled(&ask, choices);
    list(ask, "checkbox", choices)
}

fn labelled(ask: &Ask, choices: &'static [String]) -> impl Iterator<Item = (&'static str, &'static str)> + use<> {
    let wording = ask.wording();
    choices.iter().map(|choice| {
        let label = wording.choices.get(choice).unwrap_or(choice);
        (choice.as_str(), label.as_str())
    })
}

/// The first choice has the question's own id, so that a link to the question leads to it.
fn list(
    ask: Ask,
    html_type: &'static str,
    choices: impl Iterator<Item = (&'static str, &'static str)>,
) -> AnyView {
    let problem = ask.problem();
    let field = ask.field().to_owned();
    let text = ask.text();
    let items: Vec<_> = choices
        .enumerate()
        .map(|(index, (value, label))| {
            let id = if index == 0 { field.clone() } else { format!("{field}:{value}") };
            let is_chosen = text.lines().any(|line| line == value);
            view! {
                <label class="choice" for=id.clone()>
                    <input
                        type=html_type
                        id=id.clone()
                        name=field.clone()
                        value=value
                        checked=is_chosen
                        aria-invalid=frame::invalid(problem)
                    />
                    <span class="choice__text">{label}</span>
                </label>
            }
        })
        .collect();
    // Without it, a form in which nothing is ticked would say nothing about the question.
    let none = view! { <input type="hidden" name=field value="" /> };
    frame::with_legend(&ask, problem, view! { <div class="choices">{none}{items}</div> }.into_any())
}
