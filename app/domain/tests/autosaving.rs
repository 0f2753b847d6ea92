//! What a window sends and does with the answer, on a network that loses, delays and repeats.

use std::collections::BTreeMap;

use domain::answers::FIELD_LIMIT;
use domain::autosave::{Acknowledgement, Window};
use domain::form::{Form, Kind};
use domain::merge::{Changes, Origin, Stored, WindowId};
use proptest::prelude::*;

#[expect(dead_code, reason = "shared with the tests over generated forms")]
mod generated;
mod windows;

use generated::{form, group, page, question};
use windows::{Act, FIELDS, GROUP, IN_ROW, run};

/// A form with the fields of the model.
fn with_a_group() -> Form {
    let text = |id: &str| question(id, Kind::Text { max: 99 });
    let rows = group(GROUP, IN_ROW.map(text).to_vec(), 0, 99);
    let date = question("trip.arrival", Kind::Date { earliest: None, latest: None });
    form(vec![page("start", FIELDS[..2].iter().map(|id| text(id)).chain([date, rows]).collect())])
}

fn open(id: u64, stored: &Stored) -> Window {
    Window::open(
        Origin { window: WindowId(id), number: 0 },
        stored.answers.clone(),
        stored.revision,
        stored.contested(),
    )
}

/// Sends what is unsaved; the answer comes back.
fn save(window: &mut Window, stored: &mut Stored) -> BTreeMap<String, String> {
    let sent = window.changes(&with_a_group());
    answer(window, stored, &sent)
}

fn answer(window: &mut Window, stored: &mut Stored, sent: &Changes) -> BTreeMap<String, String> {
    stored.merge(sent, &with_a_group());
    window.acknowledge(sent, Acknowledgement::of(stored, sent), &with_a_group())
}

/// Sends what is unsaved; nobody hears of the answer.
fn save_unheard(window: &mut Window, stored: &mut Stored) {
    stored.merge(&window.changes(&with_a_group()), &with_a_group());
}

#[test]
fn what_is_acknowledged_is_not_sent_again() {
    let (mut stored, mut window) = (Stored::default(), Window::default());
    window.answers.set("city", "Umeå");
    save(&mut window, &mut stored);
    assert!(window.unsaved().is_empty());
    assert_eq!(stored.answers.text("city"), "Umeå");
}

#[test]
fn a_save_that_was_lost_is_contained_in_the_next() {
    let (mut stored, mut window) = (Stored::default(), Window::default());
    window.answers.set("city", "Umeå");
    drop(window.changes(&with_a_group()));
    window.answers.set("name", "Anna");
    save(&mut window, &mut stored);
    assert_eq!((stored.answers.text("city"), stored.answers.text("name")), ("Umeå", "Anna"));
}

#[test]
fn what_is_much_goes_in_several_saves_and_every_date_and_row_whole() {
    let (mut stored, mut window) = (Stored::default(), Window::default());
    let long = "x".repeat(FIELD_LIMIT);
    for row in 0..40 {
        window.answers.add_row(&format!("{GROUP}.r{row}"));
        IN_ROW.iter().for_each(|question| window.answers.set(&format!("{GROUP}.r{row}.{question}"), &long));
    }
    ["day", "month", "year"].iter().for_each(|part| window.answers.set(&format!("trip.arrival-{part}"), "1"));
    let (all, mut saves) = (window.answers.clone(), 0);
    while !window.unsaved().is_empty() {
        let sent = window.changes(&with_a_group());
        let size: usize = sent.fields.values().map(String::len).sum();
        assert!(size <= 150_000 + IN_ROW.len() * FIELD_LIMIT, "{size}");
        for row in 0..40 {
            let in_row = sent.fields.keys().filter(|field| field.starts_with(&format!("{GROUP}.r{row}."))).count();
            assert!(in_row == 0 || in_row == IN_ROW.len(), "{in_row}");
        }
        answer(&mut window, &mut stored, &sent);
        saves += 1;
    }
    assert!(saves > 2, "{saves}");
    assert_eq!(stored.answers, all);
    assert!(stored.contested().is_empty());
}

#[test]
fn a_window_whose_save_was_stored_unheard_does_not_quarrel_with_itself() {
    let (mut stored, mut window) = (Stored::default(), Window::default());
    window.answers.set("city", "Um");
    save_unheard(&mut window, &mut stored);
    window.answers.set("city", "Umeå");
    save(&mut window, &mut stored);
    assert_eq!(stored.answers.text("city"), "Umeå");
    assert!(stored.contested().is_empty());
}

#[test]
fn a_text_that_was_taken_back_after_an_unheard_save_is_taken_back_on_the_server_too() {
    let (mut stored, mut window) = (Stored::default(), Window::default());
    window.answers.set("city", "Umeå");
    save_unheard(&mut window, &mut stored);
    window.answers.set("city", "");
    save(&mut window, &mut stored);
    assert_eq!(stored.answers.text("city"), "");
}

#[test]
fn what_is_typed_while_a_save_is_under_way_stays_and_goes_with_the_next() {
    let (mut stored, mut window) = (Stored::default(), Window::default());
    window.answers.set("city", "Um");
    let sent = window.changes(&with_a_group());
    stored.merge(&sent, &with_a_group());
    window.answers.set("city", "Umeå");
    window.acknowledge(&sent, Acknowledgement::of(&stored, &sent), &with_a_group());
    assert_eq!(window.answers.text("city"), "Umeå");
    assert_eq!(window.unsaved().len(), 1);
}

#[test]
fn what_another_window_wrote_appears_unless_the_person_is_typing_there() {
    let (mut stored, mut one) = (Stored::default(), Window::default());
    let mut other = open(1, &stored);
    other.answers.set("city", "Luleå");
    other.answers.set("name", "Anna");
    save(&mut other, &mut stored);
    one.answers.set("phone", "1");
    let sent = one.changes(&with_a_group());
    one.answers.set("city", "Boden");
    stored.merge(&sent, &with_a_group());
    let appeared = one.acknowledge(&sent, Acknowledgement::of(&stored, &sent), &with_a_group());
    assert_eq!(appeared.into_keys().collect::<Vec<_>>(), ["name"]);
    assert_eq!((one.answers.text("name"), one.answers.text("city")), ("Anna", "Boden"));
    save(&mut one, &mut stored);
    assert_eq!(one.contested.get("city").map(String::as_str), Some("Luleå"));
}

#[test]
fn an_answer_that_was_overtaken_brings_nothing_old_back() {
    let (mut stored, mut window) = (Stored::default(), Window::default());
    window.answers.set("city", "Um");
    let early = window.changes(&with_a_group());
    stored.merge(&early, &with_a_group());
    let late_answer = Acknowledgement::of(&stored, &early);
    window.answers.set("city", "Umeå");
    save(&mut window, &mut stored);
    window.acknowledge(&early, late_answer, &with_a_group());
    assert_eq!(window.answers.text("city"), "Umeå");
    assert!(window.unsaved().is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// Nothing that was stored goes before the window that replaces it has shown it, and in the end
    /// every window's text is on the server.
    #[test]
    fn no_order_of_events_loses_a_text(bytes in prop::collection::vec(any::<[u8; 4]>(), 1..60)) {
        let acts: Vec<Act> = bytes.into_iter().map(Act::from_bytes).collect();
        let (form, mut stored) = (with_a_group(), Stored::default());
        let mut save = |changes: &Changes| {
            stored.merge(changes, &form);
            stored.clone()
        };
        run(&acts, &form, &mut save).map_err(TestCaseError::fail)?;
    }
}
