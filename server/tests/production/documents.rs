//! What the documents tell an operator to write.

use std::path::Path;

/// The first block in `language` below a heading of a document.
pub fn block(document: &str, heading: &str, language: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(document);
    let text = std::fs::read_to_string(path).unwrap();
    let (_, below) = text.split_once(&format!("\n{heading}\n")).expect(heading);
    let begin = format!("```{language}\n");
    let (_, block) = below.split_once(&begin).expect("a block below the heading");
    block.split_once("```").expect("the block ends").0.to_owned()
}

/// Replaces each, and insists that it is there.
pub fn replaced(mut text: String, replacements: &[(&str, &str)]) -> String {
    for (old, new) in replacements {
        assert!(text.contains(old), "{old} is not in {text}");
        text = text.replace(old, new);
    }
    text
}
