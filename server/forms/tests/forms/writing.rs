//! A small right form, and ways to make it wrong.

#![expect(clippy::unwrap_used, reason = "a test may stop where its own files cannot be written")]

use std::fs;
use std::path::Path;

use forms::{Library, Mistakes};
use tempfile::TempDir;

/// A folder of forms on disk.
pub struct Folder {
    dir: TempDir,
}

impl Folder {
    pub fn empty() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    /// One right form: a parking permit, in English.
    pub fn with_a_permit() -> Self {
        let folder = Self::empty();
        folder.write("permit/1/form.toml", include_str!("permit/form.toml"));
        folder.write("permit/1/en.toml", include_str!("permit/en.toml"));
        folder
    }

    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    pub fn write(&self, file: &str, text: impl AsRef<[u8]>) {
        let path = self.dir.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Replaces `old`, which stands once in `file`, by `new`.
    pub fn edit(self, file: &str, old: &str, new: &str) -> Self {
        let path = format!("permit/1/{file}");
        let text = fs::read_to_string(self.dir.path().join(&path)).unwrap();
        assert_eq!(text.matches(old).count(), 1, "`{old}` should stand once in {file}");
        self.write(&path, text.replace(old, new));
        self
    }

    pub fn add(self, file: &str, text: &str) -> Self {
        let path = format!("permit/1/{file}");
        let before = fs::read_to_string(self.dir.path().join(&path)).unwrap_or_default();
        self.write(&path, before + text);
        self
    }

    pub fn library(&self) -> Result<Library, Mistakes> {
        Library::read(self.path())
    }

    /// The report, with this folder called `forms`.
    pub fn report(&self) -> String {
        let mistakes = self.library().expect_err("this form has a mistake");
        mistakes.to_string().replace(&self.path().display().to_string(), "forms")
    }
}

/// The report on the permit with one part of form.toml changed.
pub fn form_with(old: &str, new: &str) -> String {
    Folder::with_a_permit().edit("form.toml", old, new).report()
}

/// The report on the permit with one part of en.toml changed.
pub fn texts_with(old: &str, new: &str) -> String {
    Folder::with_a_permit().edit("en.toml", old, new).report()
}

/// The permit with the condition `when` on the page `family`.
pub fn page_when(when: &str) -> Folder {
    Folder::with_a_permit().edit("form.toml", "id = \"family\"", &format!("id = \"family\"\nwhen = {when}"))
}
