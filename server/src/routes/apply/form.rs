//! A posted page of the wizard.

use std::collections::{BTreeMap, BTreeSet};

use app::arrival::{Arrival, is_name};
use app::islands::wizard::to_language;
use backend::drafts::Save;
use domain::merge::{Changes, Origin, Removal, Revision, WindowId};
use domain::question_button::QuestionButton;
use i18n::Language;

/// What a page posts, read.
pub struct Posted {
    pub save: Save,
    pub go: Go,
    /// The window's, with which the save is kept even without a session.
    pub ticket: String,
    /// How the page was arrived at, as far as it stays so.
    pub arrival: Arrival,
    /// The groups that the form had; `None` when it does not say, and then it may not be whole.
    groups: Option<Vec<String>>,
    /// The value of the button.
    pressed: String,
}

impl Posted {
    /// The fields with which a form would post the same again.
    pub fn fields(&self) -> Vec<(String, String)> {
        let Changes { origin, base, fields, removed, returned, .. } = &self.save.changes;
        let own = [("go", self.pressed.clone()), ("revision", base.0.to_string()), ("ticket", self.ticket.clone())];
        let review = self.arrival.review.clone().map(|question| ("review", question));
        let own = own.into_iter().chain(review).map(|(name, value)| (name.to_owned(), value));
        let removed = removed.iter().map(|removal| ("removed".to_owned(), removal.row.clone()));
        let returned = returned.iter().map(|row| ("returned".to_owned(), row.clone()));
        let shown = self.arrival.removed.iter().map(|row| ("_removed".to_owned(), row.clone()));
        let groups = self.groups.iter().map(|groups| ("_asked".to_owned(), groups.join("\n")));
        let number = origin.map(|origin| ("_number".to_owned(), origin.number.to_string()));
        own.chain(number).chain(removed).chain(returned).chain(shown).chain(groups).chain(fields.clone()).collect()
    }

    /// The names of the controls that the form had; `None` when it may not be whole.
    pub fn controls(&self) -> Option<BTreeSet<String>> {
        let groups = self.groups.as_ref()?;
        Some(self.save.changes.fields.keys().chain(groups).cloned().collect())
    }
}

/// Which button was pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Go {
    Continue,
    Back,
    /// Save and log out.
    Leave,
    /// The page's time is up: save and log out.
    TimeIsUp,
    /// The same page in another language.
    Language(Language),
    /// Stay on the page, as after a button beside a question.
    Stay,
    /// Save in the background; nobody looks at the answer.
    Save,
}

/// Reads the fields of a form. Several of the same name are one text of several lines; the empty
/// one before tick boxes says that the question was asked.
pub fn read(page: &str, fields: Vec<(String, String)>) -> Posted {
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    for (name, value) in fields {
        let text = texts.entry(name).or_default();
        if !text.is_empty() && !value.is_empty() {
            text.push('\n');
        }
        text.push_str(&value);
    }
    let pressed = texts.remove("go").unwrap_or_default();
    let base = texts.remove("revision").and_then(|revision| revision.parse().ok()).unwrap_or_default();
    let review = texts.remove("review").map(|question| if is_name(&question) { question } else { String::new() });
    let lines = |text: String| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let shown = texts.remove("_removed").map(lines).unwrap_or_default();
    let groups = texts.remove("_asked").map(lines);
    let arrival = Arrival { review, removed: shown, ..Arrival::default() };
    let returned = texts.remove("returned").map(lines).unwrap_or_default();
    let removed = texts.remove("removed").unwrap_or_default();
    let removed = removed.lines().map(|row| Removal { row: row.to_owned(), shown: Revision(base) }).collect();
    let ticket = texts.remove("ticket").unwrap_or_default();
    let button = QuestionButton::read(&pressed);
    let go = if button.is_some() { Go::Stay } else { go(&pressed) };
    let number = texts.remove("_number").and_then(|number| number.parse().ok()).filter(|number| *number > 0);
    let origin = WindowId::of_ticket(&ticket).zip(number).map(|(window, number)| Origin { window, number });
    let changes = Changes { origin, base: Revision(base), fields: texts, removed, returned, ..Changes::default() };
    let tried = (go == Go::Continue).then(|| page.to_owned()).into_iter().collect();
    let save = Save { page: page.to_owned(), changes, tried, button, renews: false };
    Posted { save, go, ticket, arrival, groups, pressed }
}

fn go(pressed: &str) -> Go {
    match pressed {
        "back" => Go::Back,
        "leave" => Go::Leave,
        "time-is-up" => Go::TimeIsUp,
        "save" => Go::Save,
        _ => Language::ALL.into_iter().find(|each| to_language(*each) == pressed).map_or(Go::Continue, Go::Language),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn posted(fields: &[(&str, &str)]) -> Posted {
        read("trip", fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn ticked_boxes_become_one_answer_and_none_an_empty_one() {
        let both = posted(&[("why", ""), ("why", "family"), ("why", "work")]);
        assert_eq!(both.save.changes.fields["why"], "family\nwork");
        assert_eq!(posted(&[("why", "")]).save.changes.fields["why"], "");
    }

    #[test]
    fn only_a_form_that_says_that_it_is_whole_tells_what_it_had() {
        assert_eq!(posted(&[("why", "")]).controls(), None);
        let whole = posted(&[("_asked", ""), ("why", ""), ("_asked", "visits"), ("visits.k1.day", "")]);
        assert_eq!(whole.controls().unwrap().into_iter().collect::<Vec<_>>(), ["visits", "visits.k1.day", "why"]);
        let again = read("trip", whole.fields());
        assert_eq!(again.controls(), whole.controls(), "though it is sent again");
    }

    #[test]
    fn a_page_with_the_guard_in_it_counts_what_it_sends() {
        let counted = posted(&[("ticket", "00000000000000ff.0123"), ("_number", "2")]);
        assert_eq!(counted.save.changes.origin, Some(Origin { window: WindowId(0xff), number: 2 }));
        assert!(counted.fields().contains(&("_number".to_owned(), "2".to_owned())));
        let plain = posted(&[("ticket", "00000000000000ff.0123"), ("_number", "0")]);
        assert_eq!(plain.save.changes.origin, None, "without script nothing is counted");
    }

    #[test]
    fn another_language_is_a_way_to_go() {
        assert_eq!(posted(&[("go", "language:ar")]).go, Go::Language(Language::Ar));
        assert_eq!(posted(&[("go", "language:xx")]).go, Go::Continue);
    }

    #[test]
    fn pressing_enter_continues() {
        assert_eq!(posted(&[]).go, Go::Continue);
        assert!(posted(&[]).save.tried.contains("trip"));
    }

    #[test]
    fn a_button_beside_a_question_stays_on_the_page() {
        let removed = posted(&[("go", "remove:companions.children.k3")]);
        assert_eq!(removed.go, Go::Stay);
        assert_eq!(removed.save.button, Some(QuestionButton::RemoveRow("companions.children.k3".to_owned())));
        assert!(removed.save.tried.is_empty());
    }
}
