//! Two windows and two devices: nothing that was typed is overwritten silently.

use std::collections::{BTreeMap, BTreeSet};

#[expect(dead_code, reason = "shared with the tests over generated forms")]
mod generated;
#[expect(dead_code, reason = "shared with the tests of autosaving")]
mod windows;

use domain::answers::Answers;
use domain::form::{Form, Kind};
use domain::merge::{Changes, Fingerprint, Origin, Removal, Revision, Stored, WindowId};
use generated::{form, group, page, question};
use proptest::prelude::*;
use windows::kept;

fn no_groups() -> Form {
    form(Vec::new())
}

fn save(stored: &mut Stored, base: Revision, fields: &[(&str, &str)]) {
    let fields = fields.iter().map(|(field, text)| ((*field).to_owned(), (*text).to_owned())).collect();
    stored.merge(&Changes { base, fields, ..Changes::default() }, &no_groups());
}

fn first() -> Stored {
    let mut stored = Stored::default();
    save(&mut stored, Revision(0), &[("name", "Anna"), ("city", "Umeå")]);
    stored
}

#[test]
fn a_window_that_does_not_show_what_another_wrote_does_not_overwrite_it() {
    let mut stored = first();
    let base = stored.revision;
    save(&mut stored, base, &[("city", "Luleå")]);
    let read = [("city".to_owned(), vec![Fingerprint::of("Umeå")])].into();
    stored.merge(
        &Changes {
            base: stored.revision,
            fields: [("city".to_owned(), "Piteå".to_owned())].into(),
            read,
            ..Changes::default()
        },
        &no_groups(),
    );
    assert_eq!(kept(&stored, &no_groups(), "city"), ["Piteå", "Luleå"]);
}

/// The form of a page as it stands, sent the `number`th time; the page was made at revision 0.
fn send(stored: &mut Stored, window: u64, number: u32, city: &str) {
    let origin = Some(Origin { window: WindowId(window), number });
    let fields = [("city".to_owned(), city.to_owned())].into();
    stored.merge(&Changes { origin, fields, ..Changes::default() }, &no_groups());
}

#[test]
fn a_page_that_is_sent_several_times_as_it_stands_does_not_quarrel_with_itself() {
    let mut stored = Stored::default();
    ["Um", "Umeå", ""].iter().zip(1..).for_each(|(city, number)| send(&mut stored, 1, number, city));
    assert_eq!(kept(&stored, &no_groups(), "city"), [""]);
}

#[test]
fn a_page_that_was_sent_earlier_and_arrives_later_changes_nothing() {
    let mut stored = Stored::default();
    send(&mut stored, 1, 2, "Umeå");
    send(&mut stored, 1, 1, "Um");
    assert_eq!(kept(&stored, &no_groups(), "city"), ["Umeå"]);
}

#[test]
fn a_page_that_is_sent_again_after_another_window_wrote_there_keeps_both_texts() {
    let mut stored = Stored::default();
    send(&mut stored, 1, 1, "Um");
    send(&mut stored, 2, 1, "Luleå");
    send(&mut stored, 1, 2, "Umeå");
    assert_eq!(stored.answers.text("city"), "Umeå");
    assert_eq!(stored.contested()["city"], "Luleå");
}

#[test]
fn a_ticket_names_its_window() {
    assert_eq!(WindowId::of_ticket("00000000000000ff.0123"), Some(WindowId(255)));
    assert_eq!(WindowId::of_ticket("none"), None);
}

#[test]
fn different_questions_from_two_windows_both_survive() {
    let mut stored = first();
    let read = stored.revision;
    save(&mut stored, read, &[("name", "Anna Maria"), ("city", "Umeå")]);
    save(&mut stored, read, &[("name", "Anna"), ("city", "Luleå")]);
    assert_eq!((stored.answers.text("name"), stored.answers.text("city")), ("Anna Maria", "Luleå"));
    assert!(stored.contested().is_empty());
}

#[test]
fn the_same_question_from_two_windows_keeps_both_texts() {
    let mut stored = first();
    let read = stored.revision;
    save(&mut stored, read, &[("city", "Luleå")]);
    save(&mut stored, read, &[("city", "Piteå")]);
    assert_eq!(stored.answers.text("city"), "Piteå");
    assert_eq!(stored.contested().get("city").map(String::as_str), Some("Luleå"));
}

#[test]
fn the_same_question_from_three_windows_keeps_all_texts() {
    let mut stored = first();
    let read = stored.revision;
    for city in ["Luleå", "Piteå", "Boden"] {
        save(&mut stored, read, &[("city", city)]);
    }
    assert_eq!(kept(&stored, &no_groups(), "city"), ["Boden", "Piteå", "Luleå"]);
}

#[test]
fn a_question_that_a_window_did_not_touch_keeps_what_another_wrote_in_several_saves() {
    let mut stored = first();
    let read = stored.revision;
    for city in ["L", "Lu", "Luleå"] {
        let own = stored.revision;
        save(&mut stored, own, &[("city", city)]);
    }
    save(&mut stored, read, &[("name", "Anna Maria"), ("city", "Umeå")]);
    assert_eq!((stored.answers.text("name"), stored.answers.text("city")), ("Anna Maria", "Luleå"));
    assert!(stored.contested().is_empty());
}

#[test]
fn a_window_that_fell_far_behind_is_asked_rather_than_trusted() {
    let mut stored = first();
    let read = stored.revision;
    for count in 0..500 {
        let own = stored.revision;
        save(&mut stored, own, &[("city", &format!("Luleå {count}"))]);
    }
    save(&mut stored, read, &[("city", "Umeå")]);
    assert!(kept(&stored, &no_groups(), "city").contains(&"Luleå 499".to_owned()));
    let size = serde_json::to_string(&stored).expect("JSON").len();
    assert!(size < 20_000, "500 saves of one field take {size} bytes");
}

#[test]
fn an_empty_field_can_be_contested_too() {
    let mut stored = first();
    let read = stored.revision;
    save(&mut stored, read, &[("city", "")]);
    save(&mut stored, read, &[("city", "Piteå")]);
    assert_eq!(kept(&stored, &no_groups(), "city"), ["Piteå", ""]);
}

#[test]
fn the_same_text_from_two_windows_is_no_conflict() {
    let mut stored = first();
    let read = stored.revision;
    save(&mut stored, read, &[("city", "A\u{30A}re\r\n")]);
    save(&mut stored, read, &[("city", "Åre\n")]);
    assert!(stored.contested().is_empty());
}

#[test]
fn a_save_without_news_keeps_the_revision() {
    let mut stored = first();
    let read = stored.revision;
    save(&mut stored, read, &[("name", "Anna"), ("city", "Umeå")]);
    assert_eq!(stored.revision, read);
}

#[test]
fn a_choice_settles_the_question_once() {
    let mut stored = first();
    let read = stored.revision;
    save(&mut stored, read, &[("city", "Luleå")]);
    save(&mut stored, read, &[("city", "Piteå")]);
    let seen = stored.revision;
    stored.settle("city", seen, &no_groups());
    save(&mut stored, seen, &[("city", "Luleå")]);
    assert_eq!(kept(&stored, &no_groups(), "city"), ["Luleå"]);
}

#[test]
fn a_choice_does_not_let_go_what_was_written_after_it_was_offered() {
    let mut stored = first();
    let read = stored.revision;
    save(&mut stored, read, &[("city", "Luleå")]);
    save(&mut stored, read, &[("city", "Piteå")]);
    let seen = stored.revision;
    save(&mut stored, seen, &[("city", "Boden")]);
    stored.settle("city", seen, &no_groups());
    assert_eq!(kept(&stored, &no_groups(), "city"), ["Boden", "Luleå"]);
}

#[test]
fn a_window_is_told_what_others_have_written_since_it_read() {
    let mut stored = first();
    let read = stored.revision;
    save(&mut stored, read, &[("city", "Luleå")]);
    let elsewhere = |base, fields: &[(&str, &str)]| {
        let fields = fields.iter().map(|(field, text)| ((*field).to_owned(), (*text).to_owned())).collect();
        stored.changed_elsewhere(&Changes { base, fields, ..Changes::default() })
    };
    let luleå: BTreeMap<_, _> = [("city".to_owned(), "Luleå".to_owned())].into();
    assert_eq!(elsewhere(read, &[("name", "Anna")]), luleå);
    assert_eq!(elsewhere(read, &[("city", "Umeå")]), luleå);
    assert_eq!(elsewhere(read, &[("city", "Lulea\u{30A}")]), BTreeMap::new());
    assert_eq!(elsewhere(stored.revision, &[]), BTreeMap::new());
}

#[test]
fn rows_that_two_windows_add_both_stay_and_a_removed_row_goes_with_its_texts() {
    let mut stored = first();
    stored.add_row("children", "k1");
    stored.add_row("children", "k2");
    let read = stored.revision;
    save(&mut stored, read, &[("children.k1.name", "Bo"), ("children.k2.name", "Siv")]);
    assert_eq!(stored.answers.rows("children").collect::<Vec<_>>(), ["k1", "k2"]);
    let base = stored.revision;
    stored.merge(
        &Changes { base, removed: vec![Removal { row: "children.k1".to_owned(), shown: base }], ..Changes::default() },
        &no_groups(),
    );
    assert!(stored.revision > base);
    assert_eq!(stored.answers.rows("children").collect::<Vec<_>>(), ["k2"]);
    assert_eq!((stored.answers.text("children.k1.name"), stored.answers.text("children.k2.name")), ("", "Siv"));
}

#[test]
fn rows_that_two_windows_add_by_themselves_both_stay_without_a_question() {
    let form = form(vec![page("a", vec![group("children", vec![question("name", Kind::Text { max: 9 })], 0, 9)])]);
    let mut stored = Stored::default();
    let one = |rows: &str| [("children".to_owned(), rows.to_owned())].into();
    stored.merge(&Changes { fields: one("k1"), ..Changes::default() }, &form);
    let base = stored.revision;
    stored.merge(&Changes { base, fields: one("k1\nk2"), ..Changes::default() }, &form);
    let sent = Changes { base, fields: one("k1\nk3"), ..Changes::default() };
    stored.merge(&sent, &form);
    assert_eq!(stored.answers.rows("children").collect::<Vec<_>>(), ["k1", "k2", "k3"]);
    assert!(stored.contested().is_empty());
    assert_eq!(stored.changed_elsewhere(&sent), one("k1\nk2\nk3"));
}

#[test]
fn what_is_stored_is_read_back_the_same() {
    let mut stored = first();
    let read = stored.revision;
    save(&mut stored, read, &[("city", "Luleå")]);
    save(&mut stored, read, &[("city", "Piteå")]);
    let json = serde_json::to_string(&stored).expect("JSON");
    assert_eq!(serde_json::from_str::<Stored>(&json).expect("JSON"), stored);
}

const FIELDS: [&str; 3] = ["a", "b", "c"];

/// What happens in one of four windows. Each holds a page of three fields.
#[derive(Clone, Debug)]
enum Act {
    /// The page is loaded.
    Load(usize),
    /// One field is changed and the whole page posted; the answer loads it again.
    Post(usize, usize),
    /// One field is changed and saved alone. The window stays as it is and, at the worst, shows
    /// nothing of what others wrote meanwhile.
    Autosave(usize, usize),
}

/// Windows 0 and 1 run no script, 2 and 3 save by themselves.
fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = (0usize..4, 0..FIELDS.len(), 0u8..4).prop_map(|(window, field, what)| match (what, window) {
        (0, _) => Act::Load(window),
        (_, 0 | 1) => Act::Post(window, field),
        _ => Act::Autosave(window, field),
    });
    prop::collection::vec(act, 1..40)
}

#[derive(Clone, Default)]
struct Window {
    base: Revision,
    shows: Answers,
}

impl Window {
    fn load(stored: &Stored) -> Self {
        Self { base: stored.revision, shows: stored.answers.clone() }
    }

    fn post(&mut self, stored: &mut Stored, field: &str, text: &str) {
        self.shows.set(field, text);
        let fields = FIELDS.map(|field| (field.to_owned(), self.shows.text(field).to_owned())).into();
        stored.merge(&Changes { base: self.base, fields, ..Changes::default() }, &no_groups());
        *self = Self::load(stored);
    }

    fn autosave(&mut self, stored: &mut Stored, field: &str, text: &str) {
        let read = [(field.to_owned(), vec![Fingerprint::of(self.shows.text(field))])].into();
        self.shows.set(field, text);
        stored.merge(
            &Changes {
                base: self.base,
                fields: [(field.to_owned(), text.to_owned())].into(),
                read,
                ..Changes::default()
            },
            &no_groups(),
        );
        self.base = stored.revision;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    /// A text goes only when somebody who had it before their eyes wrote another in its place.
    #[test]
    fn no_interleaving_of_windows_loses_an_answer(acts in acts()) {
        let mut stored = Stored::default();
        let mut windows = vec![Window::default(); 4];
        let mut alive: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        for (count, act) in acts.into_iter().enumerate() {
            let text = format!("text {count}");
            if let Act::Post(at, field) | Act::Autosave(at, field) = act {
                let texts = alive.entry(FIELDS[field]).or_default();
                texts.remove(windows[at].shows.text(FIELDS[field]));
                texts.insert(text.clone());
            }
            match act {
                Act::Load(at) => windows[at] = Window::load(&stored),
                Act::Post(at, field) => windows[at].post(&mut stored, FIELDS[field], &text),
                Act::Autosave(at, field) => windows[at].autosave(&mut stored, FIELDS[field], &text),
            }
            for (field, texts) in &alive {
                let kept = kept(&stored, &no_groups(), field);
                for text in texts {
                    prop_assert!(kept.contains(text), "`{}` is gone from {}: {:?}", text, field, kept);
                }
            }
        }
    }

    #[test]
    fn one_changed_answer_never_loses_another(
        before in prop::collection::btree_map("[a-e]", ".{0,5}", 0..5),
        field in "[a-e]",
        text in ".{0,5}",
    ) {
        let mut stored = Stored::default();
        stored.merge(&Changes { fields: before, ..Changes::default() }, &no_groups());
        let old = stored.answers.clone();
        stored.merge(&Changes { base: stored.revision, fields: [(field.clone(), text)].into(), ..Changes::default() }, &no_groups());
        for (other, text) in old.iter().filter(|(other, _)| *other != field) {
            prop_assert_eq!(stored.answers.text(other), text);
        }
    }
}
