use maud::{Markup, html};

use super::{Ask, frame};

/// A date in three short inputs, which every phone and every language can fill in.
pub(super) fn date(ask: &Ask<'_>) -> Markup {
    let t = &ask.edition().texts;
    let parts = html! {
        div class="date" {
            (part(ask, "day", t.get("wizard.day")))
            (part(ask, "month", t.get("wizard.month")))
            (part(ask, "year", t.get("wizard.year")))
        }
    };
    frame::with_legend(ask, "question", parts)
}

fn part(ask: &Ask<'_>, part: &str, label: &str) -> Markup {
    let id = format!("{}-{part}", ask.field());
    let class = if part == "year" { "input input--year" } else { "input input--day" };
    let autocomplete = if ask.autocomplete() == "bday" { format!("bday-{part}") } else { "off".to_owned() };
    html! {
        div class="date__part" {
            label for=(id) { (label) }
            input class=(class) type="text" inputmode="numeric" id=(id) name=(id)
                value=(ask.filling.answers.text(&id)) autocomplete=(autocomplete) aria-invalid=[ask.invalid()]
                aria-describedby=(ask.described_by());
        }
    }
}
