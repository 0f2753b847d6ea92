use domain::control::choice_id;
use maud::{Markup, html};

use super::{Ask, frame};

/// A choice between yes and no.
pub(super) fn yes_no(ask: &Ask<'_>) -> Markup {
    let t = &ask.edition().texts;
    list(ask, "radio", &[("yes", t.get("wizard.yes")), ("no", t.get("wizard.no"))])
}

/// One of several choices.
pub(super) fn one_of(ask: &Ask<'_>, choices: &[String]) -> Markup {
    list(ask, "radio", &labelled(ask, choices))
}

/// Any number of choices.
pub(super) fn several_of(ask: &Ask<'_>, choices: &[String]) -> Markup {
    list(ask, "checkbox", &labelled(ask, choices))
}

fn labelled<'c>(ask: &Ask<'_>, choices: &'c [String]) -> Vec<(&'c str, &'c str)> {
    let label = |choice: &'c String| ask.wording().choices.get(choice).unwrap_or(choice).as_str();
    choices.iter().map(|choice| (choice.as_str(), label(choice))).collect()
}

fn list(ask: &Ask<'_>, html_type: &str, choices: &[(&str, &str)]) -> Markup {
    let field = ask.field();
    let id = |index: usize, value: &str| choice_id(field, index, value);
    let controls = html! {
        div class="choices" {
            // Without it, a form in which nothing is ticked would say nothing about the question.
            input type="hidden" name=(field) value="";
            @for (index, (value, label)) in choices.iter().enumerate() {
                label class="choice" for=(id(index, value)) {
                    input type=(html_type) id=(id(index, value)) name=(field) value=(value)
                        checked[ask.text().lines().any(|line| line == *value)] aria-invalid=[ask.invalid()];
                    span class="choice__text" { (label) }
                }
            }
        }
    };
    frame::with_legend(ask, "question", controls)
}
