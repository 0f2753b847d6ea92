use leptos::prelude::*;

use super::{Ask, frame};

/// A country from the list of all. The options are plain HTML: two hundred and fifty of them are
/// slow to build one by one, and the browser's part leaves them as they are.
pub(super) fn country(ask: Ask) -> AnyView {
    let problem = ask.problem();
    let field = ask.field().to_owned();
    let edition = ask.filling.edition;
    let text = ask.text();
    let chosen = format!("value=\"{text}\"");
    let options = match text.as_str() {
        "" => edition.country_options.clone(),
        _ => edition.country_options.replacen(&chosen, &format!("{chosen} selected"), 1),
    };
    let html = format!("<option value=\"\">{}</option>{options}", edition.texts.get("wizard.choose"));
    let control = view! {
        <select
            class="input"
            id=field.clone()
            name=field
            autocomplete=ask.asked.question.autocomplete.clone().unwrap_or_else(|| "off".to_owned())
            aria-invalid=frame::invalid(problem)
            aria-describedby=frame::described_by(&ask, problem)
            inner_html=html
        ></select>
    };
    frame::with_label(&ask, problem, control.into_any())
}
