//! Rows of a repeating group, and dates, in two windows: what was typed in a row is not lost because
//! another window takes it out; one that was taken out knowingly does not come back; and no date is
//! put together from two.

use std::collections::BTreeMap;

use domain::answers::FIELD_LIMIT;
use domain::autosave::{Acknowledgement, Window};
use domain::form::{Form, Kind};
use domain::merge::{Changes, Origin, Removal, Stored, WindowId};

#[expect(dead_code, reason = "shared with the tests over generated forms")]
mod generated;
use generated::{form, group, page, question};

const BO: [(&str, &str); 3] = [("children", "k1"), ("children.k1.name", "Bo"), ("children.k1.city", "Umeå")];

fn children() -> Form {
    let text = |id: &str| question(id, Kind::Text { max: 9 });
    let born = question("born", Kind::Date { earliest: None, latest: None });
    form(vec![page("a", vec![group("children", vec![text("name"), text("city")], 0, 9), text("phone"), born])])
}

/// A draft with one row.
fn with_bo() -> Stored {
    let mut stored = Stored::default();
    post(&mut stored, &BO, &[]);
    stored
}

fn owned(fields: &[(&str, &str)]) -> BTreeMap<String, String> {
    fields.iter().map(|(field, text)| ((*field).to_owned(), (*text).to_owned())).collect()
}

/// A plain form, which has read all there is.
fn post(stored: &mut Stored, fields: &[(&str, &str)], removed: &[&str]) {
    let removed = removed.iter().map(|row| Removal { row: (*row).to_owned(), shown: stored.revision }).collect();
    stored.merge(&Changes { base: stored.revision, fields: owned(fields), removed, ..Changes::default() }, &children());
}

fn open(id: u64, stored: &Stored) -> Window {
    Window::open(
        Origin { window: WindowId(id), number: 0 },
        stored.answers.clone(),
        stored.revision,
        stored.contested(),
    )
}

fn save(window: &mut Window, stored: &mut Stored) -> Changes {
    let sent = window.changes(&children());
    stored.merge(&sent, &children());
    window.acknowledge(&sent, Acknowledgement::of(stored, &sent), &children());
    sent
}

fn all(stored: &Stored) -> Vec<(&str, &str)> {
    stored.answers.iter().collect()
}

fn sorted(mut fields: Vec<(&'static str, &'static str)>) -> Vec<(&'static str, &'static str)> {
    fields.sort_unstable();
    fields
}

#[test]
fn a_row_that_one_window_takes_out_is_gone_in_the_other() {
    let mut stored = with_bo();
    let (mut one, mut other) = (open(1, &stored), open(2, &stored));
    one.remove_row("children.k1");
    save(&mut one, &mut stored);
    other.answers.set("phone", "1");
    save(&mut other, &mut stored);
    assert_eq!(all(&stored), [("phone", "1")]);
    assert_eq!(other.answers, stored.answers);
}

#[test]
fn a_row_that_was_taken_out_does_not_come_back_with_a_row_that_another_window_adds() {
    let mut stored = with_bo();
    let (mut one, mut other) = (open(1, &stored), open(2, &stored));
    one.remove_row("children.k1");
    save(&mut one, &mut stored);
    other.answers.add_row("children.k2");
    save(&mut other, &mut stored);
    assert_eq!(all(&stored), [("children", "k2")]);
    assert_eq!(other.answers, stored.answers);
}

#[test]
fn a_row_with_a_text_that_was_not_shown_where_it_is_taken_out_stays_and_is_shown() {
    let mut stored = with_bo();
    let (mut one, mut other) = (open(1, &stored), open(2, &stored));
    other.answers.set("children.k1.city", "Boden");
    save(&mut other, &mut stored);
    one.remove_row("children.k1");
    save(&mut one, &mut stored);
    assert_eq!(all(&stored), sorted(vec![BO[0], BO[1], ("children.k1.city", "Boden")]));
    assert_eq!(one.answers, stored.answers);
    one.remove_row("children.k1");
    save(&mut one, &mut stored);
    assert!(stored.answers.is_empty());
}

#[test]
fn what_is_typed_in_a_row_that_was_taken_out_elsewhere_brings_the_whole_row_back() {
    let mut stored = with_bo();
    let (mut one, mut other) = (open(1, &stored), open(2, &stored));
    one.remove_row("children.k1");
    save(&mut one, &mut stored);
    other.answers.set("children.k1.city", "Boden");
    save(&mut other, &mut stored);
    assert_eq!(all(&stored), sorted(vec![BO[0], BO[1], ("children.k1.city", "Boden")]));
    assert_eq!(other.answers, stored.answers);
    save(&mut one, &mut stored);
    assert_eq!(one.answers, stored.answers);
}

#[test]
fn a_row_does_not_vanish_under_the_hands_of_who_is_typing_in_it() {
    let mut stored = with_bo();
    let (mut one, mut other) = (open(1, &stored), open(2, &stored));
    one.remove_row("children.k1");
    save(&mut one, &mut stored);
    let sent = other.changes(&children());
    stored.merge(&sent, &children());
    other.answers.set("children.k1.city", "Boden");
    other.acknowledge(&sent, Acknowledgement::of(&stored, &sent), &children());
    let shown: Vec<_> = other.answers.iter().collect();
    assert_eq!(shown, sorted(vec![BO[0], BO[1], ("children.k1.city", "Boden")]));
    save(&mut other, &mut stored);
    assert_eq!(all(&stored), sorted(vec![BO[0], BO[1], ("children.k1.city", "Boden")]));
}

#[test]
fn an_old_plain_page_brings_no_row_back_unless_something_was_typed_in_it() {
    for (city, is_back) in [("Umeå", false), ("", false), ("Boden", true)] {
        let mut stored = with_bo();
        let base = stored.revision;
        post(&mut stored, &[], &["children.k1"]);
        let fields = owned(&[("children.k1.name", "Bo"), ("children.k1.city", city)]);
        stored.merge(&Changes { base, fields, ..Changes::default() }, &children());
        let back = if is_back { sorted(vec![BO[0], BO[1], ("children.k1.city", city)]) } else { Vec::new() };
        assert_eq!(all(&stored), back, "with {city:?}");
    }
}

#[test]
fn what_is_typed_on_a_plain_page_goes_with_the_row_that_its_button_takes_out() {
    let mut stored = with_bo();
    post(&mut stored, &[("children.k1.name", "Bosse"), ("phone", "1")], &["children.k1"]);
    assert_eq!(all(&stored), [("phone", "1")]);
}

#[test]
fn rows_that_come_and_go_do_not_make_a_draft_grow_without_end() {
    let mut stored = Stored::default();
    for count in 0..2_000 {
        let row = format!("children.k{count}");
        post(&mut stored, &[("children", &format!("k{count}")), (&format!("{row}.name"), "Bo")], &[]);
        post(&mut stored, &[], &[&row]);
    }
    let size = serde_json::to_string(&stored).expect("JSON").len();
    assert!(size < 50_000, "2,000 rows that were taken out take {size} bytes");
}

#[test]
fn a_save_that_arrives_after_a_later_one_of_its_window_changes_nothing() {
    let mut stored = Stored::default();
    let mut window = open(1, &stored);
    window.answers.set("phone", "12");
    let early = window.changes(&children());
    window.answers.set("phone", "");
    save(&mut window, &mut stored);
    stored.merge(&early, &children());
    assert_eq!(stored.answers.text("phone"), "");
    assert!(stored.contested().is_empty());
}

#[test]
fn who_takes_back_what_they_typed_is_shown_what_another_window_wrote_there() {
    let mut stored = Stored::default();
    let (mut one, mut other) = (open(1, &stored), open(2, &stored));
    other.answers.set("phone", "12");
    save(&mut other, &mut stored);
    let sent = one.changes(&children());
    one.answers.set("phone", "3");
    stored.merge(&sent, &children());
    one.acknowledge(&sent, Acknowledgement::of(&stored, &sent), &children());
    one.answers.set("phone", "");
    save(&mut one, &mut stored);
    assert_eq!(one.answers.text("phone"), "12");
}

#[test]
fn who_meets_a_row_that_was_taken_out_and_written_in_chooses_whether_it_stays() {
    let row = || -> BTreeMap<String, String> { owned(&[("children.k1", "")]) };
    let mut stored = with_bo();
    let mut other = open(2, &stored);
    post(&mut stored, &[], &["children.k1"]);
    other.answers.set("children.k1.city", "Boden");
    save(&mut other, &mut stored);
    assert_eq!((stored.contested(), &other.contested), (row(), &row()));
    let mut kept = stored.clone();
    kept.settle("children.k1", kept.revision, &children());
    assert!(kept.contested().is_empty() && kept.answers.has_row("children.k1"));
    post(&mut stored, &[], &["children.k1"]);
    assert!(stored.contested().is_empty() && stored.answers.is_empty());
}

#[test]
fn of_a_date_that_two_windows_change_both_are_kept_whole() {
    let mut stored = Stored::default();
    post(&mut stored, &[("born-day", "7"), ("born-month", "3"), ("born-year", "1991")], &[]);
    let (mut one, mut other) = (open(1, &stored), open(2, &stored));
    one.answers.set("born-day", "12");
    save(&mut one, &mut stored);
    other.answers.set("born-month", "4");
    save(&mut other, &mut stored);
    assert_eq!(all(&stored), [("born-day", "7"), ("born-month", "4"), ("born-year", "1991")]);
    assert_eq!(stored.contested(), owned(&[("born-day", "12"), ("born-month", "3"), ("born-year", "1991")]));
    other.answers.set("born-year", "2000");
    save(&mut other, &mut stored);
    let chosen = stored.settle("born", stored.revision, &children());
    assert_eq!(chosen, owned(&[("born-day", "12"), ("born-month", "3"), ("born-year", "1991")]));
    assert!(stored.contested().is_empty());
}

#[test]
fn a_date_that_is_being_typed_gets_no_part_of_another() {
    let mut stored = Stored::default();
    let (mut one, mut other) = (open(1, &stored), open(2, &stored));
    ["born-day", "born-month", "born-year"].iter().for_each(|part| one.answers.set(part, "3"));
    save(&mut one, &mut stored);
    let sent = other.changes(&children());
    other.answers.set("born-day", "7");
    stored.merge(&sent, &children());
    other.acknowledge(&sent, Acknowledgement::of(&stored, &sent), &children());
    save(&mut other, &mut stored);
    assert_eq!(all(&stored), [("born-day", "7")]);
    assert_eq!(stored.contested(), owned(&[("born-day", "3"), ("born-month", "3"), ("born-year", "3")]));
}

#[test]
fn a_text_that_comes_while_its_row_is_being_taken_out_is_asked_about() {
    let mut stored = Stored::default();
    post(&mut stored, &[("children", "k1")], &[]);
    let (mut one, mut other) = (open(1, &stored), open(2, &stored));
    other.answers.set("children.k1.name", "Siv");
    save(&mut other, &mut stored);
    let sent = one.changes(&children());
    stored.merge(&sent, &children());
    one.remove_row("children.k1");
    one.acknowledge(&sent, Acknowledgement::of(&stored, &sent), &children());
    save(&mut one, &mut stored);
    assert_eq!(all(&stored), [("children", "k1"), ("children.k1.name", "Siv")]);
    assert_eq!((&one.answers, one.contested.len()), (&stored.answers, 1));
}

#[test]
fn a_late_answer_to_a_save_that_was_overtaken_takes_nothing_back() {
    let mut stored = Stored::default();
    let mut window = open(1, &stored);
    window.answers.set("phone", "1");
    let early = window.changes(&children());
    window.answers.set("phone", "2");
    save(&mut window, &mut stored);
    window.answers.set("phone", "1");
    stored.merge(&early, &children());
    window.acknowledge(&early, Acknowledgement::of(&stored, &early), &children());
    assert_eq!(window.answers.text("phone"), "1");
    save(&mut window, &mut stored);
    assert_eq!((stored.answers.text("phone"), stored.contested().len()), ("1", 0));
}

#[test]
fn a_text_too_long_to_send_keeps_its_row_on_the_page_and_is_not_tried_again_and_again() {
    let mut stored = with_bo();
    let (mut one, mut other) = (open(1, &stored), open(2, &stored));
    other.answers.set("children.k1.city", &"å".repeat(FIELD_LIMIT + 1));
    one.remove_row("children.k1");
    save(&mut one, &mut stored);
    other.answers.set("phone", "1");
    save(&mut other, &mut stored);
    let sent = save(&mut other, &mut stored);
    assert!(other.answers.has_row("children.k1") && other.has_too_long());
    assert!(!other.has_more_than(&sent), "{:?} after {sent:?}", other.sendable());
    other.answers.set("children.k1.city", "Boden");
    save(&mut other, &mut stored);
    assert_eq!(stored.answers.text("children.k1.city"), "Boden");
}

#[test]
fn a_text_that_has_become_too_long_to_send_goes_as_it_was_while_it_waits_for_an_answer() {
    let mut stored = Stored::default();
    let mut window = open(1, &stored);
    window.answers.set("phone", "1");
    window.changes(&children());
    window.answers.set("phone", &"1".repeat(FIELD_LIMIT + 1));
    let sent = save(&mut window, &mut stored);
    assert_eq!(sent.fields, owned(&[("phone", "1")]));
    assert!(window.sendable().is_empty() && window.has_too_long(), "what is longer is in its box");
}

#[test]
fn a_choice_is_let_go_only_between_the_texts_that_were_shown() {
    let mut stored = Stored::default();
    let base = stored.revision;
    for phone in ["1", "2"] {
        stored.merge(&Changes { base, fields: owned(&[("phone", phone)]), ..Changes::default() }, &children());
    }
    let seen = stored.revision;
    stored.merge(&Changes { base, fields: owned(&[("phone", "3")]), ..Changes::default() }, &children());
    assert!(stored.settle("phone", seen, &children()).is_empty());
    assert_eq!(stored.settle("phone", stored.revision, &children()), owned(&[("phone", "2")]));
    assert_eq!(stored.settle("phone", stored.revision, &children()), owned(&[("phone", "1")]));
}

#[test]
fn the_row_that_a_group_opens_with_is_stored_once_something_is_typed_in_it() {
    let mut stored = Stored::default();
    let name = |text| ("children.1.name", text);
    post(&mut stored, &[name(""), ("children.1.city", "")], &[]);
    assert!(stored.answers.is_empty() && stored.revision.0 == 0, "looking at it stores nothing");
    post(&mut stored, &[name("Bo"), ("children.1.city", "")], &[]);
    assert_eq!(all(&stored), [("children", "1"), ("children.1.name", "Bo")]);
}

#[test]
fn two_windows_that_type_in_the_row_that_a_group_opens_with_lose_nothing() {
    let mut stored = Stored::default();
    let (mut one, mut other) = (open(1, &stored), open(2, &stored));
    for (window, field, text) in [(&mut one, "children.1.name", "Bo"), (&mut other, "children.1.city", "Boden")] {
        window.answers.set(field, text);
        window.answers.add_row("children.1");
        save(window, &mut stored);
    }
    assert_eq!(all(&stored), [("children", "1"), ("children.1.city", "Boden"), ("children.1.name", "Bo")]);
    save(&mut one, &mut stored);
    assert_eq!(one.answers, stored.answers);
}
