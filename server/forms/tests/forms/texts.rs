//! Texts that are missing or that nothing uses.

use insta::assert_snapshot;

use crate::writing::{Folder, texts_with};

#[test]
fn a_page_without_texts_is_shown() {
    assert_snapshot!(texts_with("[pages.family]\ntitle = \"Your family\"", ""));
}

#[test]
fn a_question_without_texts_is_shown_in_each_language() {
    let folder = Folder::with_a_permit();
    folder.write("permit/1/sv.toml", include_str!("permit/en.toml"));
    let folder = folder.edit("en.toml", "[questions.\"you.name\"]\nlabel = \"Your name\"", "").edit(
        "sv.toml",
        "[questions.\"children.born\"]\nlabel = \"Date of birth\"",
        "",
    );
    assert_snapshot!(folder.report());
}

#[test]
fn a_choice_without_text_is_shown() {
    assert_snapshot!(texts_with("electric = \"Electricity\"", ""));
}

#[test]
fn a_group_without_a_name_for_its_rows_is_shown() {
    assert_snapshot!(texts_with("row = \"Child\"", ""));
}

#[test]
fn texts_that_nothing_uses_are_shown_with_the_nearest_name() {
    let folder = Folder::with_a_permit()
        .add("en.toml", "\n[pages.famly]\ntitle = \"Family\"\n\n[questions.\"children.nme\"]\nlabel = \"Name\"\n")
        .edit("en.toml", "petrol = \"Petrol\"", "petrol = \"Petrol\"\ndiesel = \"Diesel\"")
        .edit("en.toml", "label = \"Your name\"", "label = \"Your name\"\nrow = \"Person\"")
        .edit(
            "en.toml",
            "label = \"Name\"\n\n[questions.\"children.born\"]",
            "label = \"Name\"\nchoices = { a = \"A\" }\n\n[questions.\"children.born\"]",
        );
    assert_snapshot!(folder.report());
}

#[test]
fn a_form_without_english_texts_is_shown() {
    let folder = Folder::with_a_permit();
    std::fs::rename(folder.path().join("permit/1/en.toml"), folder.path().join("permit/1/sv.toml")).unwrap();
    assert_snapshot!(folder.report());
}

#[test]
fn mistakes_in_one_language_do_not_hide_those_of_another() {
    let folder = Folder::with_a_permit();
    folder.write("permit/1/sv.toml", "title = \"Parkeringstillstånd");
    assert_snapshot!(folder.edit("en.toml", "label = \"Your name\"", "label = 1").report());
}

#[test]
fn what_comes_after_submitting_is_read_where_a_form_says_it() {
    let after = "\n[submitted]\nfee-note = \"For one car.\"\nnext-steps = [\"Bring your licence.\"]\n";
    let library = Folder::with_a_permit().add("en.toml", after).library().unwrap();
    let texts = library.texts("permit", 1, "en").unwrap();
    assert_eq!(
        (texts.submitted.fee_note.as_str(), texts.submitted.next_steps.as_slice()),
        ("For one car.", ["Bring your licence.".to_owned()].as_slice())
    );
    let silent = Folder::with_a_permit().library().unwrap().texts("permit", 1, "en").unwrap();
    assert!(silent.submitted.next_steps.is_empty() && silent.submitted.fee_note.is_empty());
}

#[test]
fn words_for_a_limit_are_read_where_the_form_has_it() {
    let label = "label = \"When were you born?\"";
    let folder = Folder::with_a_permit().edit(
        "en.toml",
        label,
        &format!("{label}\nearliest = \"Nobody lives that long. Enter {{day}} or later.\""),
    );
    let texts = folder.library().unwrap().texts("permit", 1, "en").unwrap();
    let limits = &texts.questions["you.born"].limits;
    assert_eq!(limits["earliest"], "Nobody lives that long. Enter {day} or later.");
    assert!(limits.len() == 1 && texts.questions["you.name"].limits.is_empty());
}

#[test]
fn words_for_a_limit_that_the_form_does_not_have_are_shown() {
    let folder = Folder::with_a_permit()
        .edit("en.toml", "label = \"Your name\"", "label = \"Your name\"\nmax = \"Shorten it.\"")
        .edit(
            "en.toml",
            "label = \"Date of birth\"",
            "label = \"Date of birth\"\nlatest = \"Later.\"\nlastest = \"Last.\"",
        )
        .edit("en.toml", "row = \"Child\"", "row = \"Child\"\nmax = \"At most {day}, {limit} or {\"");
    assert_snapshot!(folder.report());
}
