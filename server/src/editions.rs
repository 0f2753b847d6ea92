//! Every form in every language, ready to be shown and to be sent to the browser.

use std::collections::HashMap;

use domain::pack::Pack;
use forms::Library;
use i18n::{Language, Texts};
use sha2::{Digest, Sha256};
use ui::edition::Edition;

/// The sections of the interface's texts that the wizard uses in the browser.
const BROWSER_TEXTS: [&str; 2] = ["wizard", "problem"];
/// What every title of a window ends with.
const SITE_NAME: &str = "common.name";

/// All editions, by service, version and language.
pub struct Editions {
    all: HashMap<(String, u32, Language), Published>,
    /// Service and version of the newest form of each service.
    newest: Vec<(String, u32)>,
}

/// An edition with the file that the browser loads.
#[derive(Clone, Debug)]
pub struct Published {
    pub edition: &'static Edition,
    /// Where the file is. It names a hash of the content, so that it never changes.
    pub path: String,
    /// The file: JSON of a [`Pack`].
    pub json: String,
}

impl Editions {
    /// Makes the editions, which stay for as long as the program runs.
    pub fn new(library: &Library) -> Result<Self, serde_json::Error> {
        let mut all = HashMap::new();
        for (form, _) in library.editions() {
            for language in Language::ALL {
                let Some(texts) = library.texts(&form.service, form.version, language.tag()) else { continue };
                let mut interface = Texts::of(language).sections(&BROWSER_TEXTS);
                interface.insert(SITE_NAME.to_owned(), Texts::of(language).get(SITE_NAME).to_owned());
                let pack = Pack {
                    form: form.clone(),
                    texts: texts.as_ref().clone(),
                    interface,
                    countries: language.countries().to_vec(),
                    language: language.tag().to_owned(),
                };
                all.insert((form.service.clone(), form.version, language), publish(pack)?);
            }
        }
        let newest = library.services().map(|form| (form.service.clone(), form.version)).collect();
        Ok(Self { all, newest })
    }

    pub fn get(&self, service: &str, version: u32, language: Language) -> Option<&Published> {
        self.all.get(&(service.to_owned(), version, language))
    }

    /// The newest edition of a service.
    pub fn newest(&self, service: &str, language: Language) -> Option<&'static Edition> {
        let (service, version) = self.newest.iter().find(|(each, _)| each == service)?;
        Some(self.get(service, *version, language)?.edition)
    }

    /// The newest edition of every service.
    pub fn services(&self, language: Language) -> Vec<&'static Edition> {
        self.newest.iter().filter_map(|(service, _)| self.newest(service, language)).collect()
    }

    /// The languages of the interface in which a form is written, in their order.
    pub fn languages(&self, edition: &Edition) -> Vec<Language> {
        let form = &edition.pack.form;
        let is_written = |language: &Language| {
            let published = self.get(&form.service, form.version, *language);
            published.is_some_and(|published| published.edition.form_language().is_none())
        };
        Language::ALL.into_iter().filter(is_written).collect()
    }

    pub fn published(&self) -> impl Iterator<Item = &Published> {
        self.all.values()
    }

    /// A form as it is shown in a language.
    pub fn edition(&self, service: &str, version: u32, language: Language) -> Option<&'static Edition> {
        self.get(service, version, language).map(|published| published.edition)
    }
}

fn publish(pack: Pack) -> Result<Published, serde_json::Error> {
    let json = serde_json::to_string(&pack)?;
    let hash = Sha256::digest(json.as_bytes());
    let hash: String = hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let path = format!("/pkg/forms/{}-{}-{}-{hash}.json", pack.form.service, pack.form.version, pack.language);
    Ok(Published { edition: Edition::new(pack).keep(), path, json })
}
