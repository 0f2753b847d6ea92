//! What was found in a folder without mistakes.

use std::fmt;
use std::path::Path;

use crate::library::Library;
use crate::mistake::Mistakes;
use crate::report::counted;

/// The forms of a folder, by name and version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    pub editions: Vec<Edition>,
}

/// One version of one form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    pub service: String,
    pub version: u32,
    pub pages: usize,
    /// Those in groups are not counted on their own.
    pub questions: usize,
    /// BCP 47 tags.
    pub languages: Vec<String>,
}

/// Checks all forms in `dir`, for `lodge forms check`.
///
/// # Errors
/// Every mistake; also when `dir` cannot be read or holds no form.
pub fn check(dir: &Path) -> Result<Summary, Mistakes> {
    Library::read(dir).map(|library| Summary::of(&library))
}

impl Summary {
    pub fn of(library: &Library) -> Self {
        let edition = |(form, languages): (&domain::form::Form, _)| Edition {
            service: form.service.clone(),
            version: form.version,
            pages: form.pages.len(),
            questions: form.pages.iter().map(|page| page.questions.len()).sum(),
            languages: Iterator::map(languages, str::to_owned).collect(),
        };
        Self { editions: library.editions().map(edition).collect() }
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for edition in &self.editions {
            let pages = counted(edition.pages, "page");
            let questions = counted(edition.questions, "question");
            let languages = edition.languages.join(", ");
            writeln!(f, "{} {}: {pages}, {questions}, texts in {languages}", edition.service, edition.version)?;
        }
        write!(f, "{}, no mistakes", counted(self.editions.len(), "form"))
    }
}
