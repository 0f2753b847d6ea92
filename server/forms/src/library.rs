//! All forms, by service and version.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use domain::form::Form;
use domain::pack::FormTexts;

use crate::check::{LanguageFile, check};
use crate::log::Log;
use crate::mistake::Mistakes;
use crate::read;
use crate::source::Sources;

/// Every published form with its texts. There is at least one form, and each has English texts.
#[derive(Clone, Debug)]
pub struct Library {
    services: BTreeMap<String, BTreeMap<u32, Published>>,
}

/// One version of one form.
#[derive(Clone, Debug)]
struct Published {
    form: Arc<Form>,
    /// By BCP 47 tag.
    texts: BTreeMap<String, Arc<FormTexts>>,
}

/// The language that every form has.
const ENGLISH: &str = "en";

impl Library {
    /// The forms that are part of the program.
    ///
    /// # Errors
    /// Every mistake in them.
    pub fn embedded() -> Result<Self, Mistakes> {
        Self::of(Sources::embedded())
    }

    /// The forms in `dir`, which holds a folder for each service.
    ///
    /// # Errors
    /// Every mistake in them; also when `dir` cannot be read or holds no form.
    pub fn read(dir: &Path) -> Result<Self, Mistakes> {
        Self::of(Sources::read(dir))
    }

    /// The newest version of each service, in the order of their names.
    pub fn services(&self) -> impl Iterator<Item = &Arc<Form>> {
        self.services.values().filter_map(|versions| versions.values().next_back()).map(|published| &published.form)
    }

    /// The version that new drafts get.
    pub fn newest(&self, service: &str) -> Option<Arc<Form>> {
        let (_, published) = self.services.get(service)?.last_key_value()?;
        Some(published.form.clone())
    }

    pub fn form(&self, service: &str, version: u32) -> Option<Arc<Form>> {
        Some(self.published(service, version)?.form.clone())
    }

    /// The texts in the language with the BCP 47 tag `language`, in English where the form is
    /// not translated.
    pub fn texts(&self, service: &str, version: u32, language: &str) -> Option<Arc<FormTexts>> {
        let texts = &self.published(service, version)?.texts;
        texts.get(language).or_else(|| texts.get(ENGLISH)).cloned()
    }

    /// Every form in every version with the tags of its languages, by name and number.
    pub fn editions(&self) -> impl Iterator<Item = (&Form, impl Iterator<Item = &str>)> {
        self.services
            .values()
            .flat_map(BTreeMap::values)
            .map(|it| (it.form.as_ref(), it.texts.keys().map(String::as_str)))
    }

    fn published(&self, service: &str, version: u32) -> Option<&Published> {
        self.services.get(service)?.get(&version)
    }

    fn of(mut sources: Sources) -> Result<Self, Mistakes> {
        let mut services: BTreeMap<String, BTreeMap<u32, Published>> = BTreeMap::new();
        let folders = sources.folders();
        for (service, version) in &folders {
            let published = publish(&mut sources, service, version);
            if let Some(published) = published {
                services.entry(service.clone()).or_default().insert(published.form.version, published);
            }
        }
        if folders.is_empty() && sources.mistakes.is_empty() {
            sources.mistake(
                "",
                "there is no form here",
                "a form stands in service/version/form.toml below this folder",
            );
        }
        if sources.mistakes.is_empty() { Ok(Self { services }) } else { Err(sources.into_mistakes()) }
    }
}

/// Reads and checks the form in the folder `service/version`. `None` when something in it is
/// wrong; that is then in `sources.mistakes`.
fn publish(sources: &mut Sources, service: &str, version: &str) -> Option<Published> {
    let folder = format!("{service}/{version}");
    let form_file = format!("{folder}/form.toml");
    let mut log = Log::new(&sources.path(&form_file));
    let written = match sources.files.get(&form_file) {
        Some(text) => read::form(text, &mut log),
        None => {
            let help = "every version of a form has form.toml, en.toml, and texts of other languages if there are any";
            sources.mistake(&form_file, "this file is missing", help);
            None
        }
    };
    let mut languages = languages(sources, &folder);
    if let Some(written) = &written {
        check(written, (service, version), &mut languages, &mut log);
    }
    let is_right = log.is_empty() && languages.iter().all(|it| it.log.is_empty());
    let texts = languages.iter().filter_map(|it| {
        let tag = it.name.strip_suffix(".toml")?;
        Some((tag.to_owned(), Arc::new(it.texts.as_ref()?.texts(tag))))
    });
    let texts = texts.collect();
    sources.mistakes.extend(log.mistakes);
    sources.mistakes.extend(languages.into_iter().flat_map(|it| it.log.mistakes));
    let form = written.as_ref().filter(|_| is_right)?.form()?;
    Some(Published { form: Arc::new(form), texts })
}

/// Reads the texts in `folder`.
fn languages(sources: &mut Sources, folder: &str) -> Vec<LanguageFile> {
    let names = sources.languages(folder);
    if !names.iter().any(|name| name == "en.toml") {
        let help = "every form has texts in English; other languages fall back on them";
        sources.mistake(&format!("{folder}/en.toml"), "this file is missing", help);
    }
    let mut read_one = |name: String| {
        let path = format!("{folder}/{name}");
        let mut log = Log::new(&sources.path(&path));
        let texts = sources.files.get(&path).and_then(|text| read::texts(text, &mut log));
        LanguageFile { name, texts, log }
    };
    names.into_iter().map(&mut read_one).collect()
}
