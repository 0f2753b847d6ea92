//! Limits that nothing can fulfil, and other values that make no sense.

use insta::assert_snapshot;

use crate::writing::{Folder, form_with};

#[test]
fn a_lowest_number_above_the_highest_is_shown() {
    assert_snapshot!(form_with("kind = \"text\"\nautocomplete = \"name\"", "kind = \"number\"\nmin = 10\nmax = 1"));
}

#[test]
fn more_rows_than_allowed_cannot_be_demanded() {
    assert_snapshot!(form_with("min = 1", "min = 9"));
}

#[test]
fn a_group_cannot_have_more_rows_than_a_page_can_show() {
    assert_snapshot!(form_with("max = 5", "max = 500"));
}

#[test]
fn a_first_day_after_the_last_is_shown() {
    let old = "earliest = \"today - 120 years\"\nlatest = \"today\"";
    assert_snapshot!(form_with(old, "earliest = \"2026-06-01\"\nlatest = \"2026-05-31\""));
    assert_snapshot!(form_with(old, "earliest = \"today + 3 months\"\nlatest = \"today + 80 days\""));
}

#[test]
fn days_that_may_come_in_order_are_right() {
    let old = "earliest = \"today - 120 years\"\nlatest = \"today\"";
    for new in [
        "earliest = \"today + 3 months\"\nlatest = \"today + 90 days\"",
        "earliest = \"2099-01-01\"\nlatest = \"today\"",
    ] {
        assert!(Folder::with_a_permit().edit("form.toml", old, new).library().is_ok(), "{new}");
    }
}

#[test]
fn a_text_of_no_length_is_shown() {
    assert_snapshot!(form_with("autocomplete = \"name\"", "max = 0"));
}

#[test]
fn minutes_and_days_that_make_no_sense_are_shown() {
    assert_snapshot!(form_with("keep-days = 30\nminutes = [5, 10]", "keep-days = 0\nminutes = [10, 5]"));
}

#[test]
fn a_token_that_browsers_do_not_know_is_shown_with_the_nearest() {
    assert_snapshot!(form_with("autocomplete = \"name\"", "autocomplete = \"givenname\""));
}

#[test]
fn a_group_cannot_be_filled_in_by_a_browser() {
    assert_snapshot!(form_with("min = 1", "min = 1\nautocomplete = \"name\"\noptional = true"));
}
