//! A form in a language, ready to be shown.

use std::fmt::Write;

use domain::pack::{Pack, PageTexts, QuestionTexts};
use i18n::{Language, Texts};

/// A published form in one language. It never changes while the program runs, so there is one
/// of each for good and everything that shows it borrows it.
#[derive(Debug)]
pub struct Edition {
    pub pack: Pack,
    pub texts: Texts,
    /// The `<option>` elements of every country.
    pub country_options: String,
}

static NO_QUESTION: QuestionTexts = QuestionTexts {
    label: String::new(),
    hint: String::new(),
    problem: String::new(),
    limits: std::collections::BTreeMap::new(),
    row: String::new(),
    choices: std::collections::BTreeMap::new(),
};

static NO_PAGE: PageTexts = PageTexts { title: String::new(), lead: String::new() };

impl Edition {
    pub fn new(pack: Pack) -> Self {
        let language = Language::from_tag(&pack.language).unwrap_or_default();
        let texts = Texts::new(language, pack.interface.clone());
        let country_options = options(&pack.countries);
        Self { pack, texts, country_options }
    }

    /// Keeps the edition for as long as the program runs. Call it once for each form and language.
    pub fn keep(self) -> &'static Self {
        Box::leak(Box::new(self))
    }

    pub fn language(&self) -> Language {
        self.texts.language()
    }

    /// The wording of a question; those in a group have the key `group.question`.
    pub fn question(&self, key: &str) -> &QuestionTexts {
        self.pack.texts.questions.get(key).unwrap_or(&NO_QUESTION)
    }

    pub fn page(&self, id: &str) -> &PageTexts {
        self.pack.texts.pages.get(id).unwrap_or(&NO_PAGE)
    }

    /// The label of a choice; a choice that the form does not have shows itself.
    pub fn choice<'a>(&'a self, key: &str, choice: &'a str) -> &'a str {
        self.question(key).choices.get(choice).map_or(choice, String::as_str)
    }

    pub fn country<'a>(&'a self, code: &'a str) -> &'a str {
        let found = self.pack.countries.iter().find(|(each, _)| each == code);
        found.map_or(code, |(_, name)| name.as_str())
    }

    /// The `lang` attribute that the form's own wording needs where it is not translated.
    pub fn form_language(&self) -> Option<&str> {
        let language = self.pack.texts.language.as_str();
        (language != self.pack.language).then_some(language)
    }

    /// The language of the form's own wording.
    pub fn wording_language(&self) -> Language {
        Language::from_tag(&self.pack.texts.language).unwrap_or_default()
    }

    /// The `dir` attribute to go with [`Self::form_language`].
    pub fn form_dir(&self) -> Option<&'static str> {
        self.form_language().map(|_| self.wording_language().dir())
    }
}

fn options(countries: &[(String, String)]) -> String {
    countries.iter().fold(String::new(), |mut html, (code, name)| {
        // Writing to a string cannot fail. Names come from our own files and hold no markup but &.
        let _ = write!(html, "<option value=\"{code}\">{}</option>", name.replace('&', "&amp;").replace('<', "&lt;"));
        html
    })
}
