use leptos::prelude::*;

use super::{Ask, frame};

/// A date in three short inputs, which every phone and every language can fill in.
pub(super) fn date(ask: Ask) -> AnyView {
    let problem = ask.problem();
    let t = &ask.filling.edition.texts;
    let parts = view! {
        <div class="date">
            {part(&ask, problem, "day", t.get("wizard.day"))}
            {part(&ask, problem, "month", t.get("wizard.month"))}
            {part(&ask, problem, "year", t.get("wizard.year"))}
        </div>
    };
    frame::with_legend(&ask, problem, parts.into_any())
}

fn part(ask: &Ask, problem: Memo<Option<String>>, part: &'static str, label: &'static str) -> AnyView {
    let id = format!("{}-{part}", ask.field());
    let class = if part == "year" { "input input--year" } else { "input input--day" };
    let is_birthday = ask.asked.question.autocomplete.as_deref() == Some("bday");
    view! {
        <div class="date__part">
            <label for=id.clone()>{label}</label>
            <input
                class=class
                type="text"
                inputmode="numeric"
                id=id.clone()
                name=id.clone()
                value=ask.filling.text(&id)
                autocomplete=if is_birthday { format!("bday-{part}") } else { "off".to_owned() }
                aria-invalid=frame::invalid(problem)
                aria-describedby=frame::described_by(ask, problem)
            />
        </div>
    }
    .into_any()
}
