//! Forms by service and version, from a folder and built in.

use forms::{Library, Summary};
use insta::assert_snapshot;

use crate::writing::Folder;

/// Two versions of the permit, the first in Swedish too, and another service.
fn three_forms() -> Folder {
    let folder = Folder::with_a_permit();
    let form = include_str!("permit/form.toml");
    let texts = include_str!("permit/en.toml");
    folder.write("permit/1/sv.toml", texts.replace("Parking permit", "Parkeringstillstånd"));
    folder.write("permit/10/form.toml", form.replace("version = 1", "version = 10"));
    folder.write("permit/10/en.toml", texts);
    folder.write("boat/2/form.toml", form.replace("\"permit\"", "\"boat\"").replace("version = 1", "version = 2"));
    folder.write("boat/2/en.toml", texts);
    folder
}

#[test]
fn the_newest_version_of_each_service_is_offered() {
    let library = three_forms().library().unwrap();
    let services: Vec<_> = library.services().map(|form| (form.service.as_str(), form.version)).collect();
    assert_eq!(services, [("boat", 2), ("permit", 10)]);
    assert_eq!(library.newest("permit").unwrap().version, 10);
    assert!(library.newest("visa").is_none());
}

#[test]
fn a_draft_stays_on_its_version() {
    let library = three_forms().library().unwrap();
    assert_eq!(library.form("permit", 1).unwrap().version, 1);
    assert!(library.form("permit", 3).is_none());
}

#[test]
fn a_form_is_in_english_where_it_is_not_translated() {
    let library = three_forms().library().unwrap();
    let language_and_title = |version, language: &str| {
        let texts = library.texts("permit", version, language).unwrap();
        (texts.language.clone(), texts.title.clone())
    };
    assert_eq!(language_and_title(1, "sv"), ("sv".to_owned(), "Parkeringstillstånd".to_owned()));
    assert_eq!(language_and_title(10, "sv"), ("en".to_owned(), "Parking permit".to_owned()));
    assert!(library.texts("permit", 3, "en").is_none());
}

#[test]
fn what_is_written_is_what_the_form_asks() {
    let library = Folder::with_a_permit().library().unwrap();
    assert_snapshot!(format!("{:#?}", library.form("permit", 1).unwrap()));
}

#[test]
fn a_right_folder_is_summed_up() {
    assert_snapshot!(forms::check(three_forms().path()).unwrap().to_string());
}

#[test]
fn the_built_in_forms_have_no_mistakes() {
    match Library::embedded() {
        Ok(library) => assert!(library.newest("visit-visa").is_some(), "{}", Summary::of(&library)),
        Err(mistakes) => panic!("{mistakes}"),
    }
}

#[test]
fn a_folder_that_is_not_there_is_a_mistake() {
    let folder = Folder::empty();
    let mistakes = forms::check(&folder.path().join("nowhere")).unwrap_err();
    assert_snapshot!(mistakes.to_string().replace(&folder.path().display().to_string(), "forms"));
}

#[test]
fn a_folder_without_forms_is_a_mistake() {
    assert_snapshot!(Folder::empty().report());
}

#[test]
fn files_in_the_wrong_place_or_of_the_wrong_name_are_mistakes() {
    let folder = Folder::with_a_permit();
    folder.write("permit/form.toml", "service = \"permit\"");
    folder.write("permit/1/english.toml", "title = \"Permit\"");
    folder.write("boat/1/en.toml", include_str!("permit/en.toml"));
    folder.write("permit/1/sv.toml", b"title = \"Tillst\xe5nd\"");
    folder.write("permit/1/notes.txt", "not read");
    folder.write(".git/config.toml", "not read");
    assert_snapshot!(folder.report());
}
