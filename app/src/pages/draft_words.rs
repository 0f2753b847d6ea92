//! A draft in words, so that it can be told from others.

use backend::applications::DraftEntry;
use domain::journey::{Asked, Journey, Place};
use domain::shown::{Shown, shown};
use ui::edition::Edition;
use ui::wording::answer_text;

use crate::site::Site;

/// The most characters of one answer in a title.
const ANSWER_LIMIT: usize = 60;

/// What a list says of a draft.
pub(super) struct DraftWords {
    /// The service with when the draft was started: tells its links from those of others.
    pub name: String,
    /// The answers that tell it apart, like a name and a day; empty while there are none.
    pub title: String,
    /// How far it has come; empty where that is not known.
    pub progress: String,
}

/// `edition` is the draft's form in the language of the page; without it, what is typed cannot be read.
pub(super) fn draft_words(site: &Site, edition: Option<&'static Edition>, draft: &DraftEntry) -> DraftWords {
    let service = edition.map_or(draft.service.as_str(), |edition| edition.pack.texts.title.as_str());
    let started = site.time_text(draft.started);
    let name = site.texts.fill("my.draft-name", &[("service", service), ("time", &started)]);
    let Some((edition, answers)) = edition.zip(draft.answers.as_ref()) else {
        return DraftWords { name, title: String::new(), progress: String::new() };
    };
    let journey = Journey::of(&edition.pack.form, answers, site.today());
    let shown_of = |asked: &Asked<'_>| shown(asked, answers, site.today());
    DraftWords {
        name,
        title: title(edition, &journey, shown_of),
        progress: progress(site, edition, &journey, &draft.page),
    }
}

/// The answers to the questions that the form names. Texts that follow each other, like given names
/// and a surname, are one part.
fn title(edition: &Edition, journey: &Journey<'_>, shown_of: impl Fn(&Asked<'_>) -> Shown) -> String {
    let mut title = String::new();
    let mut is_after_text = false;
    for question in &edition.pack.form.draft_title {
        let asked = journey.stops.iter().flat_map(|stop| &stop.asked).find(|asked| asked.field == *question);
        let Some((asked, shown)) = asked.map(|asked| (asked, shown_of(asked))) else { continue };
        let Some(text) = answer_text(edition, &asked.key, &shown) else { continue };
        let is_text = matches!(shown, Shown::Text(_));
        title.push_str(match (title.is_empty(), is_text && is_after_text) {
            (true, _) => "",
            (false, true) => " ",
            (false, false) => " · ",
        });
        title.push_str(&shortened(&text));
        is_after_text = is_text;
    }
    title
}

fn shortened(text: &str) -> String {
    let line = text.lines().collect::<Vec<_>>().join(", ");
    match line.char_indices().nth(ANSWER_LIMIT) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

/// `Page 3 of 10: Your passport`, for the page where the person goes on.
fn progress(site: &Site, edition: &Edition, journey: &Journey<'_>, left: &str) -> String {
    let t = site.texts;
    match journey.resume(left) {
        _ if journey.is_complete() => t.get("my.draft-complete").to_owned(),
        Place::Review => String::new(),
        Place::Page(id) => {
            let number = journey.position(id).map_or(0, |position| position + 1).to_string();
            let total = journey.stops.len().to_string();
            let page = edition.page(id).title.as_str();
            t.fill("my.draft-page", &[("number", &number), ("total", &total), ("page", page)])
        }
    }
}
