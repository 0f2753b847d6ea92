use maud::{Markup, PreEscaped, html};

use super::{Ask, frame};
use crate::edition::Edition;

/// Where the list of all countries goes, with the code of the chosen one. No text that somebody has
/// typed can look like it, for there `<` is escaped.
const PLACE: [&str; 2] = ["<!--countries ", "-->"];

/// A country from the list of all. The list is long and a page may have it many times, so it is
/// put in at the end, by [`with_countries`].
pub(super) fn country(ask: &Ask<'_>) -> Markup {
    let edition = ask.edition();
    let chosen = edition.pack.countries.iter().find(|(code, _)| code == ask.text()).map_or("", |(code, _)| code);
    let control = html! {
        select class="input" id=(ask.field()) name=(ask.field()) autocomplete=(ask.autocomplete())
            aria-invalid=[ask.invalid()] aria-describedby=(ask.described_by()) {
            option value="" { (edition.texts.get("wizard.choose")) }
            (PreEscaped(PLACE.join(chosen)))
        }
    };
    frame::with_label(ask, control)
}

/// The HTML of questions with the countries in their lists.
pub fn with_countries(edition: &Edition, html: &Markup) -> String {
    let options = &edition.country_options;
    let lists = html.0.matches(PLACE[0]).count();
    let mut whole = String::with_capacity(html.0.len() + lists * (options.len() + " selected".len()));
    let mut rest = html.0.as_str();
    while let Some((before, after)) = rest.split_once(PLACE[0]) {
        let (chosen, after) = after.split_once(PLACE[1]).unwrap_or((after, ""));
        let value = format!("value=\"{chosen}\"");
        let (start, end) = options.split_at(options.find(&value).map_or(0, |at| at + value.len()));
        whole.extend([before, start, if start.is_empty() { "" } else { " selected" }, end]);
        rest = after;
    }
    whole + rest
}
