//! Names that collide or that something else needs.

use insta::assert_snapshot;

use crate::writing::{Folder, form_with};

#[test]
fn two_pages_of_one_name_are_shown() {
    assert_snapshot!(form_with("id = \"family\"", "id = \"you\""));
}

#[test]
fn two_questions_of_one_name_are_shown() {
    assert_snapshot!(form_with("id = \"car\"", "id = \"you.name\""));
}

#[test]
fn a_question_with_the_name_of_a_control_of_a_date_is_shown() {
    assert_snapshot!(form_with("id = \"car\"", "id = \"you.born-month\""));
}

#[test]
fn a_question_with_the_name_of_a_hint_of_another_is_shown() {
    assert_snapshot!(form_with("id = \"has-children\"", "id = \"car-hint\""));
}

#[test]
fn a_question_about_another_choice_may_be_named_after_it() {
    let form = Folder::with_a_permit().edit("form.toml", "id = \"has-children\"", "id = \"car-other\"");
    let form = form.edit("form.toml", "question = \"has-children\"", "question = \"car-other\"");
    assert!(form.edit("en.toml", "questions.has-children", "questions.car-other").library().is_ok());
}

#[test]
fn a_question_cannot_be_called_like_a_control_of_the_wizard() {
    assert_snapshot!(form_with("id = \"car\"", "id = \"go\""));
}

#[test]
fn a_question_that_begins_like_a_row_is_shown() {
    assert_snapshot!(form_with("id = \"car\"", "id = \"children.car\""));
}

#[test]
fn a_question_of_a_group_cannot_be_called_like_one_outside() {
    assert_snapshot!(form_with("id = \"name\"\nkind = \"text\"", "id = \"car\"\nkind = \"text\""));
}

#[test]
fn a_page_cannot_take_a_path_that_every_application_has() {
    assert_snapshot!(form_with("id = \"family\"", "id = \"review\""));
}

#[test]
fn names_are_small_letters_digits_and_hyphens() {
    assert_snapshot!(form_with("id = \"you.name\"", "id = \"you.Namn på dig\""));
}

#[test]
fn two_choices_of_one_name_are_shown() {
    assert_snapshot!(form_with("[\"petrol\", \"electric\"]", "[\"petrol\", \"electric\", \"petrol\"]"));
}

#[test]
fn a_group_cannot_stand_in_a_group() {
    let new =
        "id = \"name\"\nkind = \"group\"\nmax = 3\n[[page.question.question.question]]\nid = \"toy\"\nkind = \"text\"";
    assert_snapshot!(form_with("id = \"name\"\nkind = \"text\"", new));
}

#[test]
fn a_form_in_the_folder_of_another_is_shown() {
    assert_snapshot!(form_with("service = \"permit\"\nversion = 1", "service = \"permits\"\nversion = 2"));
}

#[test]
fn drafts_are_told_apart_by_short_answers_that_there_are() {
    let title = |names: &str| {
        Folder::with_a_permit().edit(
            "form.toml",
            "minutes = [5, 10]",
            &format!("minutes = [5, 10]\ndraft-title = {names}"),
        )
    };
    let library = title("[\"you.name\", \"car\"]").library().unwrap();
    assert_eq!(library.form("permit", 1).unwrap().draft_title, ["you.name", "car"]);
    assert_snapshot!(title("[\"you.nam\", \"children\", \"name\"]").report());
}
