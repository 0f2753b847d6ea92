//! Conditions and date rules that mean nothing.

use insta::assert_snapshot;

use crate::writing::{Folder, form_with, page_when};

#[test]
fn an_unknown_question_is_shown_with_the_nearest() {
    assert_snapshot!(page_when("{ question = \"you.nam\", answered = true }").report());
}

#[test]
fn an_unknown_question_in_a_date_rule_is_shown_with_the_nearest() {
    assert_snapshot!(form_with("earliest = \"you.born\"", "earliest = \"you.bron + 3 months\""));
}

#[test]
fn a_date_cannot_equal_a_value() {
    assert_snapshot!(page_when("{ question = \"you.born\", equals = \"2000-01-01\" }").report());
}

#[test]
fn a_text_cannot_equal_a_value() {
    assert_snapshot!(page_when("{ question = \"you.name\", one-of = [\"Ann\", \"Bo\"] }").report());
}

#[test]
fn a_text_is_not_before_a_day() {
    assert_snapshot!(page_when("{ question = \"you.name\", before = \"today\" }").report());
}

#[test]
fn an_age_is_counted_from_a_date() {
    assert_snapshot!(page_when("{ age = \"car\", under = 18 }").report());
}

#[test]
fn a_date_rule_leans_on_a_date() {
    assert_snapshot!(page_when("{ question = \"you.born\", after = \"car - 1 year\" }").report());
}

#[test]
fn a_value_that_is_not_offered_is_shown_with_the_nearest() {
    assert_snapshot!(page_when("{ question = \"car\", one-of = [\"petrol\", \"electrik\"] }").report());
}

#[test]
fn yes_and_no_are_the_only_answers_to_a_yes_no_question() {
    assert_snapshot!(form_with("equals = \"yes\"", "equals = \"true\""));
}

#[test]
fn a_country_is_its_code() {
    let folder = Folder::with_a_permit()
        .edit("form.toml", "kind = \"text\"\nautocomplete = \"name\"", "kind = \"country\"")
        .edit(
            "form.toml",
            "id = \"family\"",
            "id = \"family\"\nwhen = { question = \"you.name\", one-of = [\"SE\", \"Sweden\"] }",
        );
    assert_snapshot!(folder.report());
}

#[test]
fn a_page_cannot_look_at_its_own_questions() {
    assert_snapshot!(page_when("{ question = \"has-children\", equals = \"yes\" }").report());
}

#[test]
fn a_page_cannot_look_at_a_later_page() {
    assert_snapshot!(form_with(
        "id = \"you\"\n",
        "id = \"you\"\nwhen = { question = \"has-children\", equals = \"no\" }\n"
    ));
}

#[test]
fn a_question_cannot_look_at_a_later_question() {
    let new = "autocomplete = \"name\"\nwhen = { question = \"car\", equals = \"petrol\" }";
    assert_snapshot!(form_with("autocomplete = \"name\"", new));
}

#[test]
fn a_question_cannot_look_at_itself() {
    assert_snapshot!(form_with("latest = \"today\"", "latest = \"you.born + 1 day\""));
}

#[test]
fn a_row_cannot_look_at_its_group() {
    let new = "id = \"born\"\nwhen = { question = \"children\", answered = true }";
    assert_snapshot!(form_with("id = \"born\"", new));
}

#[test]
fn a_question_inside_a_group_has_no_single_answer_outside() {
    let later = "\n[[page]]\nid = \"more\"\nwhen = { question = \"children.name\", answered = true }\n\
                 [[page.question]]\nid = \"more.text\"\nkind = \"text\"\n";
    let texts = "\n[pages.more]\ntitle = \"More\"\n[questions.\"more.text\"]\nlabel = \"More\"\n";
    assert_snapshot!(Folder::with_a_permit().add("form.toml", later).add("en.toml", texts).report());
}

#[test]
fn inside_its_group_a_question_is_named_without_the_group() {
    let new = "id = \"born\"\nwhen = { question = \"children.name\", answered = true }";
    assert_snapshot!(form_with("id = \"born\"", new));
}

#[test]
fn a_row_may_look_at_itself_and_at_what_came_before_the_group() {
    let new = "id = \"born\"\nwhen = { all = [{ question = \"name\", answered = true }, { question = \"car\", equals = \"petrol\" }] }";
    assert!(Folder::with_a_permit().edit("form.toml", "id = \"born\"", new).library().is_ok());
}

#[test]
fn a_page_may_look_at_every_earlier_page() {
    let whens = [
        "{ any = [{ question = \"car\", equals = \"petrol\" }, { not = { question = \"car\", answered = false } }] }",
        "{ question = \"you.born\", before = \"today - 18 years\" }",
        "{ question = \"you.born\", after = \"2000-01-01\" }",
        "{ age = \"you.born\", from = 18, under = 65, on = \"you.born + 20 years\" }",
    ];
    for when in whens {
        assert!(page_when(when).library().is_ok(), "{when}");
    }
}
