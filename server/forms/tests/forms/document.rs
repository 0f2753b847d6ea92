//! The example in `docs/adding-a-form.md` is right, and so is what it says about mistakes.

use crate::writing::Folder;

const DOCUMENT: &str = include_str!("../../../../docs/adding-a-form.md");

/// Every block of TOML after a line with the name of its file, `my-forms/…`.
fn files() -> Vec<(&'static str, &'static str)> {
    let parts: Vec<&str> = DOCUMENT.split("```toml\n").collect();
    let blocks = parts.windows(2).filter_map(|pair| {
        let name = pair[0].trim_end().lines().last()?.split('`').find_map(|it| it.strip_prefix("my-forms/"))?;
        Some((name, pair[1].split("```").next()?))
    });
    blocks.collect()
}

fn folder() -> Folder {
    let folder = Folder::empty();
    files().into_iter().for_each(|(name, text)| folder.write(name, text));
    folder
}

#[test]
fn who_follows_the_document_has_a_form_without_mistakes() {
    let names: Vec<&str> = files().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["boat-berth/1/form.toml", "boat-berth/1/en.toml", "boat-berth/1/sv.toml"]);
    let summary = forms::check(folder().path()).unwrap_or_else(|mistakes| panic!("{mistakes}")).to_string();
    assert!(DOCUMENT.contains(&summary), "the document should show this summary:\n{summary}");
}

#[test]
fn the_mistake_that_the_document_shows_is_reported_like_that() {
    let folder = folder();
    let (name, text) = files()[0];
    folder.write(name, text.replace("question = \"boat.length\", answered", "question = \"boat.lenght\", answered"));
    let report = folder.report().replace("forms/boat", "my-forms/boat");
    assert!(DOCUMENT.contains(report.trim()), "the document should show this report:\n{report}");
}

#[test]
fn every_kind_of_question_is_in_the_document() {
    let kinds = "text long-text email phone date number money yes-no one-of several-of country passport-number \
                 identity-number group declaration";
    for kind in kinds.split(' ') {
        assert!(DOCUMENT.contains(&format!("| `{kind}` |")), "{kind}");
    }
}

#[test]
fn every_snippet_in_the_document_is_toml() {
    for block in DOCUMENT.split("```toml\n").skip(1).filter_map(|it| it.split("```").next()) {
        assert!(toml_span::parse(block).is_ok(), "{block}");
    }
}
