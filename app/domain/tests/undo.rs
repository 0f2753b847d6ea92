//! A row that was taken out is put back whole and at its place, whether the window does it or the
//! server, and whatever another window does meanwhile.

use std::collections::BTreeMap;

use domain::autosave::{Acknowledgement, Window};
use domain::form::{Form, Kind};
use domain::merge::{Changes, Origin, Removal, Stored, WindowId};
use proptest::prelude::*;

#[expect(dead_code, reason = "shared with the tests over generated forms")]
mod generated;
use generated::{form, group, page, question};

fn children() -> Form {
    let text = |id: &str| question(id, Kind::Text { max: 9 });
    form(vec![page("a", vec![group("children", vec![text("name"), text("city")], 0, 9)])])
}

fn owned(fields: &[(&str, &str)]) -> BTreeMap<String, String> {
    fields.iter().map(|(field, text)| ((*field).to_owned(), (*text).to_owned())).collect()
}

fn post(stored: &mut Stored, fields: BTreeMap<String, String>, removed: &[&str]) {
    let removed = removed.iter().map(|row| Removal { row: (*row).to_owned(), shown: stored.revision }).collect();
    stored.merge(&Changes { base: stored.revision, fields, removed, ..Changes::default() }, &children());
}

/// A draft with so many rows, each with a name.
fn with_rows(count: usize) -> Stored {
    let ids: Vec<String> = (1..=count).map(|number| format!("k{number}")).collect();
    let names = ids.iter().map(|id| (format!("children.{id}.name"), format!("Child {id}")));
    let mut stored = Stored::default();
    post(&mut stored, names.chain([("children".to_owned(), ids.join("\n"))]).collect(), &[]);
    stored
}

fn open(id: u64, stored: &Stored) -> Window {
    Window::open(
        Origin { window: WindowId(id), number: 0 },
        stored.answers.clone(),
        stored.revision,
        stored.contested(),
    )
}

fn save(window: &mut Window, stored: &mut Stored) {
    let sent = window.changes(&children());
    stored.merge(&sent, &children());
    window.acknowledge(&sent, Acknowledgement::of(stored, &sent), &children());
}

#[test]
fn the_server_puts_a_row_back_whole_and_at_its_place() {
    let whole = with_rows(3);
    let mut stored = whole.clone();
    post(&mut stored, owned(&[]), &["children.k2"]);
    assert_eq!((stored.answers.text("children"), stored.answers.text("children.k2.name")), ("k1\nk3", ""));
    assert_eq!(stored.taken_out()[0].number, 2);
    stored.put_row_back("children.k2");
    assert_eq!(stored.answers, whole.answers);
    assert!(stored.taken_out().is_empty() && stored.contested().is_empty());
}

#[test]
fn what_was_typed_on_a_plain_page_as_its_button_took_the_row_out_comes_back_too() {
    let mut stored = with_rows(2);
    post(&mut stored, owned(&[("children.k2.name", "Bo"), ("children.k2.city", "Umeå")]), &["children.k2"]);
    assert_eq!(stored.answers.text("children"), "k1");
    stored.put_row_back("children.k2");
    assert_eq!((stored.answers.text("children.k2.name"), stored.answers.text("children.k2.city")), ("Bo", "Umeå"));
}

#[test]
fn a_window_puts_a_row_back_before_and_after_its_removal_was_stored() {
    for is_stored in [false, true] {
        let whole = with_rows(3);
        let mut stored = whole.clone();
        let mut window = open(1, &stored);
        window.remove_row("children.k2");
        if is_stored {
            save(&mut window, &mut stored);
            assert_eq!(stored.answers.text("children"), "k1\nk3");
        }
        window.put_row_back("children.k2");
        assert_eq!(window.answers, whole.answers);
        save(&mut window, &mut stored);
        assert_eq!((&stored.answers, stored.contested()), (&whole.answers, BTreeMap::new()));
        assert!(window.unsaved().is_empty() && window.returned().next().is_none());
    }
}

#[test]
fn a_row_without_any_text_is_put_back_too() {
    let mut stored = Stored::default();
    post(&mut stored, owned(&[("children", "k1\nk2")]), &[]);
    let mut window = open(1, &stored);
    window.remove_row("children.k1");
    save(&mut window, &mut stored);
    window.put_row_back("children.k1");
    save(&mut window, &mut stored);
    assert_eq!(stored.answers.text("children"), "k1\nk2");
}

#[test]
fn a_row_comes_back_whole_though_another_window_has_taken_it_out_as_well() {
    let whole = with_rows(2);
    let mut stored = whole.clone();
    let (mut one, mut other) = (open(1, &stored), open(2, &stored));
    one.remove_row("children.k1");
    one.put_row_back("children.k1");
    other.remove_row("children.k1");
    save(&mut other, &mut stored);
    save(&mut one, &mut stored);
    save(&mut other, &mut stored);
    assert_eq!((&stored.answers, &one.answers, &other.answers), (&whole.answers, &whole.answers, &whole.answers));
    assert!(stored.contested().is_empty());
}

#[test]
fn the_other_window_shows_the_row_again() {
    let mut stored = with_rows(2);
    let (mut one, mut other) = (open(1, &stored), open(2, &stored));
    one.remove_row("children.k2");
    save(&mut one, &mut stored);
    save(&mut other, &mut stored);
    assert_eq!(other.answers.text("children"), "k1");
    one.put_row_back("children.k2");
    save(&mut one, &mut stored);
    save(&mut other, &mut stored);
    assert_eq!(other.answers.text("children.k2.name"), "Child k2");
}

#[test]
fn putting_it_back_settles_what_another_window_made_a_question_of() {
    let mut stored = with_rows(1);
    let (mut one, mut other) = (open(1, &stored), open(2, &stored));
    one.remove_row("children.k1");
    save(&mut one, &mut stored);
    other.answers.set("children.k1.city", "Umeå");
    save(&mut other, &mut stored);
    assert_eq!(stored.contested().keys().collect::<Vec<_>>(), ["children.k1"]);
    one.put_row_back("children.k1");
    save(&mut one, &mut stored);
    assert!(stored.contested().is_empty(), "{:?}", stored.contested());
    assert_eq!(
        (stored.answers.text("children.k1.name"), stored.answers.text("children.k1.city")),
        ("Child k1", "Umeå")
    );
}

#[test]
fn a_removal_that_comes_late_does_not_take_the_row_out_again() {
    let whole = with_rows(2);
    let mut stored = whole.clone();
    let mut window = open(1, &stored);
    window.remove_row("children.k1");
    let late = window.changes(&children());
    window.put_row_back("children.k1");
    save(&mut window, &mut stored);
    stored.merge(&late, &children());
    assert_eq!(stored.answers, whole.answers);
}

#[test]
fn what_two_windows_wrote_in_the_row_is_asked_about_again() {
    let mut stored = with_rows(1);
    let (mut one, mut other) = (open(1, &stored), open(2, &stored));
    one.answers.set("children.k1.name", "Bo");
    other.answers.set("children.k1.name", "Bosse");
    save(&mut one, &mut stored);
    save(&mut other, &mut stored);
    let contested = stored.contested();
    assert_eq!(contested.len(), 1);
    post(&mut stored, owned(&[]), &["children.k1"]);
    assert!(stored.contested().is_empty());
    stored.put_row_back("children.k1");
    assert_eq!(stored.contested(), contested);
}

#[test]
fn only_the_last_twenty_rows_are_kept() {
    let mut stored = with_rows(30);
    let rows: Vec<String> = (1..=25).map(|number| format!("children.k{number}")).collect();
    post(&mut stored, owned(&[]), &rows.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(stored.taken_out().len(), 20);
    assert_eq!(stored.taken_out()[0].row, "children.k6");
}

proptest! {
    #[test]
    fn rows_find_their_places_in_whatever_order_they_are_taken_out_and_put_back(
        out in Just((1..=6).collect::<Vec<usize>>()).prop_shuffle(),
        back in Just((1..=6).collect::<Vec<usize>>()).prop_shuffle(),
        by_the_window in any::<bool>(),
    ) {
        let whole = with_rows(6);
        let mut stored = whole.clone();
        let mut window = open(1, &stored);
        let name = |number: &usize| format!("children.k{number}");
        for row in out.iter().map(name) {
            if by_the_window {
                window.remove_row(&row);
                save(&mut window, &mut stored);
            } else {
                post(&mut stored, owned(&[]), &[&row]);
            }
        }
        prop_assert!(stored.answers.is_empty());
        for row in back.iter().map(name) {
            if by_the_window {
                window.put_row_back(&row);
                save(&mut window, &mut stored);
            } else {
                stored.put_row_back(&row);
            }
        }
        prop_assert_eq!(stored.answers, whole.answers);
    }
}
