use maud::{Markup, PreEscaped, html};

use super::{Ask, frame};

/// A country from the list of all, which is written once and kept.
pub(super) fn country(ask: &Ask<'_>) -> Markup {
    let edition = ask.edition();
    let chosen = format!("value=\"{}\"", ask.text());
    let options = match ask.text() {
        "" => edition.country_options.clone(),
        _ => edition.country_options.replacen(&chosen, &format!("{chosen} selected"), 1),
    };
    let control = html! {
        select class="input" id=(ask.field()) name=(ask.field()) autocomplete=(ask.autocomplete())
            aria-invalid=[ask.invalid()] aria-describedby=(ask.described_by()) {
            option value="" { (edition.texts.get("wizard.choose")) }
            (PreEscaped(options))
        }
    };
    frame::with_label(ask, control)
}
