//! Pages, questions and fees that no answers bring up.

use insta::assert_snapshot;

use crate::writing::{Folder, form_with, page_when};

#[test]
fn a_page_that_wants_two_answers_to_one_question_is_never_shown() {
    let when = "{ all = [{ question = \"car\", equals = \"petrol\" }, { question = \"car\", equals = \"electric\" }] }";
    assert_snapshot!(page_when(when).report());
}

#[test]
fn a_page_that_leans_on_a_question_that_is_not_asked_then_is_never_shown() {
    let folder = page_when(
        "{ all = [{ question = \"you.born\", answered = true }, { question = \"car\", equals = \"petrol\" }] }",
    )
    .edit("form.toml", "id = \"car\"", "id = \"car\"\nwhen = { question = \"you.born\", answered = false }");
    assert_snapshot!(folder.report());
}

#[test]
fn a_page_for_people_under_twelve_and_over_eighteen_is_never_shown() {
    let when = "{ all = [{ age = \"you.born\", under = 12 }, { age = \"you.born\", from = 18 }] }";
    assert_snapshot!(page_when(when).report());
}

#[test]
fn a_page_whose_questions_are_never_asked_is_never_shown() {
    let contradiction = "when = { all = [{ question = \"car\", answered = true }, { not = { question = \"car\", one-of = [\"petrol\", \"electric\"] } }] }";
    let folder = Folder::with_a_permit().edit(
        "form.toml",
        "id = \"has-children\"",
        &format!("id = \"has-children\"\n{contradiction}"),
    );
    assert_snapshot!(folder.report());
}

#[test]
fn a_question_that_contradicts_its_page_is_never_asked() {
    let folder = page_when("{ question = \"car\", equals = \"petrol\" }").edit(
        "form.toml",
        "when = { question = \"has-children\", equals = \"yes\" }",
        "when = { question = \"car\", equals = \"electric\" }",
    );
    assert_snapshot!(folder.report());
}

#[test]
fn a_page_without_questions_is_shown() {
    let folder = Folder::with_a_permit()
        .add("form.toml", "\n[[page]]\nid = \"empty\"\n")
        .add("en.toml", "\n[pages.empty]\ntitle = \"Nothing\"\n");
    assert_snapshot!(folder.report());
}

#[test]
fn a_fee_after_one_that_always_applies_is_never_taken() {
    let fees = "[[fee]]\namount = \"1.00\"\ncurrency = \"EUR\"\n\n[[fee]]\namount = \"12.50\"";
    assert_snapshot!(form_with("[[fee]]\namount = \"12.50\"", fees));
}
