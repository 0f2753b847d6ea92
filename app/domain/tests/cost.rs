//! A save costs what it weighs, whatever it holds, and is merged as if each of its fields and rows
//! had been taken by itself.

use std::time::{Duration, Instant};

use domain::answers::{ROW_LIMIT, ROWS_TO_SPARE, weight};
use domain::form::{Form, Kind};
use domain::journey::Journey;
use domain::merge::{Changes, Fingerprint, Removal, Revision, Stored};
use domain::problem::Problem;
use proptest::prelude::*;

#[expect(dead_code, reason = "shared with the tests over generated forms")]
mod generated;
mod naive;
use generated::{TODAY, form, group, page, question, typed};
use naive::Naive;

const MOST: usize = 3;

fn children() -> Form {
    let born = || question("born", Kind::Date { earliest: None, latest: None });
    let inner = vec![question("name", Kind::Text { max: 9 }), born()];
    form(vec![page("a", vec![group("children", inner, 0, MOST), question("phone", Kind::Phone), born()])])
}

fn fields(rows: usize, start: usize) -> Changes {
    let ids = (start..start + rows).map(|row| format!("k{row}"));
    let names = ["name", "born-day", "born-month", "born-year"];
    let fields = ids.flat_map(|id| names.map(|name| (format!("children.{id}.{name}"), "1".to_owned())));
    Changes { fields: fields.collect(), ..Changes::default() }
}

/// The time that `work` takes, the shortest of several tries.
fn time(mut work: impl FnMut()) -> Duration {
    let mut once = || {
        let begun = Instant::now();
        work();
        begun.elapsed()
    };
    (0..5).map(|_| once()).min().unwrap_or_default()
}

/// Eight times as much may take at most twenty times as long: quadratic work would take 64 times. It
/// is measured again when it seems to: others use the machine, too.
fn is_linear(work: impl Fn(usize)) {
    let mut measured = Vec::new();
    while measured.len() < 5 {
        let (few, many) = (time(|| work(500)), time(|| work(4000)));
        if many < few * 20 + Duration::from_millis(2) {
            return;
        }
        measured.push((few, many));
    }
    panic!("for 500 and for 4000: {measured:?}");
}

#[test]
fn rows_that_no_window_has_added_cost_no_more_than_they_weigh() {
    is_linear(|rows| Stored::default().merge(&fields(rows, 0), &children()));
}

#[test]
fn rows_that_are_listed_again_and_again_cost_no_more_than_they_weigh() {
    is_linear(|rows| {
        let list: Vec<String> = (0..rows).map(|row| format!("k{row}")).collect();
        let list = [("children".to_owned(), list.join("\n"))];
        let mut stored = Stored::default();
        (0..2).for_each(|_| stored.merge(&Changes { fields: list.clone().into(), ..Changes::default() }, &children()));
    });
}

#[test]
fn rows_that_are_taken_out_cost_no_more_than_they_weigh() {
    is_linear(|rows| {
        let mut stored = Stored::default();
        stored.merge(&fields(rows, 0), &children());
        let removed = |row| Removal { row: format!("children.k{row}"), shown: stored.revision };
        let removed: Vec<_> = (0..rows).chain(0..rows).map(removed).collect();
        let again = Changes { base: stored.revision, removed, ..fields(rows, 0) };
        stored.merge(&again, &children());
        assert!(stored.answers.is_empty());
    });
}

#[test]
fn rows_that_come_back_and_dates_that_two_windows_have_changed_cost_no_more_than_they_weigh() {
    is_linear(|rows| {
        let mut stored = Stored::default();
        stored.merge(&fields(rows, 0), &children());
        let mut other = fields(rows, rows / 2);
        other.fields.values_mut().for_each(|text| text.push('2'));
        stored.merge(&other, &children());
        assert!(stored.contested().contains_key(&format!("children.k{}.born-day", rows - 1)));
    });
}

#[test]
fn what_no_page_of_the_form_can_have_sent_is_left_out() {
    let long = "k".repeat(33);
    let sent = [
        ("children", "k1\nk1\n\nk 2\nk3\n<b>"),
        ("children.k1.name", "Bo"),
        ("children.k 2.name", "Siv"),
        ("children..name", "Siv"),
        ("children.k1.k1.name", "Siv"),
        ("children.k1.height", "Siv"),
        ("children.k1", "Siv"),
        ("born", "1"),
        ("born-day", "1"),
        ("", ""),
    ];
    let fields = sent.iter().map(|(field, text)| ((*field).to_owned(), (*text).to_owned())).collect();
    let mut changes = Changes { fields, ..Changes::default() };
    changes.fields.insert(format!("children.{long}.name"), "Siv".to_owned());
    let rows = ["children.k1", "children.k1", "children.k 2", "phone.k1", "children", &format!("children.{long}")];
    let shown = [2, 3, 1, 1, 1, 1].map(Revision);
    changes.removed = rows.iter().zip(shown).map(|(row, shown)| Removal { row: (*row).to_owned(), shown }).collect();
    changes.read = ["phone", "fax"].map(|field| (field.to_owned(), vec![Fingerprint::of(""); 60])).into();
    changes.keep_known(&children());
    let kept: Vec<_> = changes.fields.iter().map(|(field, text)| (field.as_str(), text.as_str())).collect();
    assert_eq!(kept, [("born-day", "1"), ("children", "k1\nk3"), ("children.k1.name", "Bo")]);
    assert_eq!(changes.removed, [Removal { row: "children.k1".to_owned(), shown: Revision(3) }]);
    assert_eq!(
        changes.read.iter().map(|(field, all)| (field.as_str(), all.len())).collect::<Vec<_>>(),
        [("phone", 51)]
    );
}

#[test]
fn as_many_rows_as_are_kept_may_be_named_and_no_more() {
    let form = children();
    assert!(!fields(ROW_LIMIT, 0).has_too_many_rows(&form));
    assert!(fields(ROW_LIMIT + 1, 0).has_too_many_rows(&form));
    let mut listed = fields(ROW_LIMIT - 1, 1);
    listed.fields.insert("children".to_owned(), "k1\nk0".to_owned());
    assert!(!listed.has_too_many_rows(&form), "one is listed, and its answers come along");
    listed.fields.insert("children".to_owned(), "k1\nk0\nx".to_owned());
    assert!(listed.has_too_many_rows(&form));
    let mut stored = Stored::default();
    stored.merge(&fields(ROW_LIMIT, 0), &form);
    assert_eq!(stored.rows_beyond(&form), 0);
    stored.merge(&fields(2, ROW_LIMIT), &form);
    assert_eq!(stored.rows_beyond(&form), 2);
}

#[test]
fn rows_that_two_windows_have_added_are_shown_and_far_more_are_counted() {
    let form = children();
    let shown = |rows: usize| {
        let ids: Vec<String> = (0..rows).map(|row| format!("k{row}")).collect();
        let journey = Journey::of(&form, &typed(&[("children", &ids.join("\n"))]), TODAY);
        let asked = journey.stops[0].asked[0].clone();
        let is_too_many = journey.stops[0].problems.iter().any(|each| each.problem == Problem::TooManyRows(MOST));
        (asked.rows.len(), asked.unshown, is_too_many)
    };
    assert_eq!(shown(MOST), (MOST, 0, false));
    assert_eq!(shown(MOST * 2), (MOST * 2, 0, true));
    assert_eq!(shown(MOST + ROWS_TO_SPARE), (MOST + ROWS_TO_SPARE, 0, true));
    assert_eq!(shown(MOST + ROWS_TO_SPARE + 7), (MOST + ROWS_TO_SPARE, 7, true));
}

#[test]
fn a_text_weighs_what_it_takes_on_a_page() {
    assert_eq!(weight("Åsa\r\n\tB"), 8);
    for sign in ["\"", "&", "<", ">", "\u{1}", "\u{b}", "\u{c}", "\u{e}", "\u{1f}"] {
        assert_eq!(weight(sign), 7, "{sign:?}");
    }
    let with = |texts: &[&str]| {
        let mut stored = Stored::default();
        for text in texts {
            let fields = [("phone".to_owned(), (*text).to_owned())].into();
            stored.merge(&Changes { fields, ..Changes::default() }, &children());
        }
        stored.size()
    };
    assert_eq!(with(&["\""]), with(&["1"]) + 6);
    assert!(with(&["1", "2\"", "3"]) >= with(&["1", "2", "3"]) + 6, "what is contested weighs as much");
}

const NAMES: [&str; 4] = ["name", "born-day", "born-month", "born-year"];

/// Saves of windows that have read this or that, on few fields and rows, so that they meet.
fn saves() -> impl Strategy<Value = Vec<Changes>> {
    let name = prop_oneof![
        1 => Just("children".to_owned()),
        2 => prop::sample::select(vec!["phone", "born-day", "born-month", "born-year"]).prop_map(str::to_owned),
        4 => (0..3, prop::sample::select(NAMES.to_vec())).prop_map(|(row, name)| format!("children.k{row}.{name}")),
    ];
    let text = || prop::sample::select(vec!["", "1", "2", "k0", "k1\nk2"]);
    let fields = prop::collection::btree_map(name.clone(), text().prop_map(str::to_owned), 0..8);
    let known = prop::collection::vec(text().prop_map(Fingerprint::of), 1..3);
    let read = prop::collection::btree_map(name, known, 0..4);
    let removed = prop::collection::vec((0..3, 0u32..6), 0..3);
    let save = (0u32..6, fields, read, removed).prop_map(|(base, fields, read, removed)| {
        let removal = |(row, shown): &(i32, u32)| Removal { row: format!("children.k{row}"), shown: Revision(*shown) };
        Changes {
            base: Revision(base),
            fields,
            read,
            removed: removed.iter().map(removal).collect(),
            ..Changes::default()
        }
    });
    prop::collection::vec(save, 1..8)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn what_comes_of_saves_is_what_comes_of_them_field_by_field(saves in saves()) {
        let form = children();
        let (mut stored, mut naive) = (Stored::default(), Naive::default());
        for save in saves {
            stored.merge(&save, &form);
            naive.merge(&save, &form);
            prop_assert_eq!(&stored.answers, &naive.answers, "after {:?}", save);
            prop_assert_eq!(stored.contested(), naive.contested(), "after {:?}", save);
            prop_assert_eq!(stored.revision, naive.revision, "after {:?}", save);
        }
    }
}
