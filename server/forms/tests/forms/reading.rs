//! Mistakes in what is written: TOML, keys and types of values.

use insta::assert_snapshot;

use crate::writing::{Folder, form_with, texts_with};

#[test]
fn a_text_without_its_closing_quote_is_shown() {
    assert_snapshot!(form_with("service = \"permit\"", "service = \"permit"));
}

#[test]
fn every_mistake_in_the_syntax_of_a_file_is_found() {
    let folder = Folder::with_a_permit()
        .edit("form.toml", "kind = \"yes-no\"", "kind = yes-no")
        .edit("form.toml", "choices = [\"petrol\", \"electric\"]", "choices = [\n  \"petrol\"\n  \"electric\",\n]")
        .edit("form.toml", "max = 5", "max 5")
        .edit("form.toml", "keep-days = 30", "keep-days = 2026-06-01");
    assert_snapshot!(folder.report());
}

#[test]
fn a_table_of_texts_given_twice_is_one_mistake() {
    assert_snapshot!(texts_with("[pages.family]", "[pages.you]"));
}

#[test]
fn a_text_of_several_lines_that_never_ends_is_one_mistake() {
    assert_snapshot!(texts_with("lead = \"Apply", "lead = \"\"\"Apply"));
}

#[test]
fn a_missing_key_is_shown_with_an_example() {
    assert_snapshot!(form_with("id = \"car\"\n", ""));
}

#[test]
fn a_misspelt_key_is_shown_with_the_right_one() {
    assert_snapshot!(form_with("keep-days = 30", "keep_days = 30"));
}

#[test]
fn a_value_of_the_wrong_type_is_shown_with_the_right_one() {
    let folder = Folder::with_a_permit()
        .edit("form.toml", "keep-days = 30", "keep-days = \"30\"")
        .edit("form.toml", "minutes = [5, 10]", "minutes = 5")
        .edit("form.toml", "max = 5", "max = -5")
        .edit("form.toml", "choices = [\"petrol\", \"electric\"]", "choices = [\"petrol\", 2]")
        .edit("form.toml", "[[fee]]", "[fee]")
        .edit("en.toml", "title = \"Your family\"", "title = 1");
    assert_snapshot!(folder.report());
}

#[test]
fn a_key_of_another_kind_of_question_is_shown() {
    assert_snapshot!(form_with("latest = \"today\"", "latest = \"today\"\nchoices = [\"a\"]\nmax = 3"));
}

#[test]
fn an_unknown_kind_is_shown_with_the_nearest() {
    assert_snapshot!(form_with("kind = \"one-of\"", "kind = \"oneof\""));
}

#[test]
fn a_condition_without_a_test_is_shown() {
    assert_snapshot!(form_with(
        "question = \"has-children\", equals = \"yes\"",
        "question = \"has-children\", is = \"yes\""
    ));
}

#[test]
fn a_condition_with_two_tests_is_shown() {
    let old = "question = \"has-children\", equals = \"yes\"";
    assert_snapshot!(form_with(old, "question = \"has-children\", equals = \"yes\", answered = true"));
}

#[test]
fn an_empty_combination_is_shown() {
    assert_snapshot!(form_with("{ question = \"has-children\", equals = \"yes\" }", "{ any = [] }"));
}

#[test]
fn a_day_that_cannot_be_read_is_shown() {
    assert_snapshot!(form_with("earliest = \"today - 120 years\"", "earliest = \"today-120 years\""));
}

#[test]
fn an_amount_and_a_currency_that_are_none_are_shown() {
    let folder =
        Folder::with_a_permit().edit("form.toml", "\"12.50\"", "\"twelve\"").edit("form.toml", "\"EUR\"", "\"euro\"");
    assert_snapshot!(folder.report());
}

#[test]
fn an_age_without_limits_or_with_impossible_ones_is_shown() {
    let folder = Folder::with_a_permit()
        .edit("form.toml", "{ age = \"you.born\", from = 18 }", "{ age = \"you.born\" }")
        .edit("form.toml", "id = \"family\"", "id = \"family\"\nwhen = { age = \"you.born\", from = 18, under = 12 }");
    assert_snapshot!(folder.report());
}

#[test]
fn a_name_with_points_without_quotes_is_explained() {
    assert_snapshot!(texts_with("[questions.\"you.name\"]", "[questions.you.name]"));
}

#[test]
fn an_empty_text_is_shown() {
    assert_snapshot!(texts_with("title = \"Parking permit\"", "title = \"\""));
}

#[test]
fn places_are_right_after_letters_of_many_bytes() {
    assert_snapshot!(texts_with("label = \"Name\"", "label = \"Имя 李\", hnit = \"å\""));
}

#[test]
fn a_file_cut_off_anywhere_or_without_a_line_is_read_to_the_end() {
    let folder = Folder::with_a_permit();
    for file in ["form.toml", "en.toml"] {
        let path = format!("permit/1/{file}");
        let text = std::fs::read_to_string(folder.path().join(&path)).unwrap();
        let cut_off = (0..text.len()).step_by(5).map(|end| text[..end].to_owned());
        let without_a_line = (0..text.lines().count()).map(|without| {
            let left = text.lines().enumerate().filter(|(line, _)| *line != without);
            left.map(|(_, line)| line).collect::<Vec<_>>().join("\n")
        });
        for broken in cut_off.chain(without_a_line) {
            folder.write(&path, broken);
            // A few of these are right; what counts is that the report can be drawn.
            let _ = folder.library().map_err(|mistakes| mistakes.to_string());
        }
        folder.write(&path, &text);
    }
}
