//! Form definitions as files, from a folder or built in.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use include_dir::{Dir, DirEntry, include_dir};

use crate::mistake::{Mistake, Mistakes};

static EMBEDDED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../forms");

/// How many names a path has at most: service, version, file, and one more to complain about.
const DEEPEST: usize = 4;

/// The TOML files below a folder, and what could not be read there.
#[derive(Debug, Default)]
pub struct Sources {
    /// How the folder is called in the report.
    pub root: String,
    /// Contents by path relative to the folder, with `/` between the parts.
    pub files: BTreeMap<String, String>,
    pub mistakes: Vec<Mistake>,
}

impl Sources {
    /// The forms that are part of the program.
    pub fn embedded() -> Self {
        let mut sources = Self { root: "forms".to_owned(), ..Self::default() };
        sources.embed(&EMBEDDED);
        sources
    }

    /// The files below `dir`. Hidden files and those that are not TOML are passed over.
    pub fn read(dir: &Path) -> Self {
        let mut sources = Self { root: dir.display().to_string(), ..Self::default() };
        sources.walk(dir, "");
        sources
    }

    /// A file's path as the report shows it.
    pub fn path(&self, file: &str) -> String {
        match (self.root.trim_end_matches('/'), file) {
            (root, "") => root.to_owned(),
            (root, file) => format!("{root}/{file}"),
        }
    }

    fn embed(&mut self, dir: &Dir<'_>) {
        for entry in dir.entries() {
            let path = entry.path().to_string_lossy().replace('\\', "/");
            match entry {
                DirEntry::Dir(dir) => self.embed(dir),
                DirEntry::File(file) => self.add(&path, file.contents().to_vec()),
            }
        }
    }

    fn walk(&mut self, dir: &Path, inside: &str) {
        let entries = match fs::read_dir(dir) {
            Ok(entries) => entries.filter_map(Result::ok),
            Err(error) => return self.unreadable(inside, &error.to_string()),
        };
        for entry in entries {
            let Ok(name) = entry.file_name().into_string() else { continue };
            let path = if inside.is_empty() { name.clone() } else { format!("{inside}/{name}") };
            if name.starts_with('.') {
                continue;
            }
            if entry.path().is_dir() {
                // A link may lead back up; forms are never that deep.
                if path.split('/').count() < DEEPEST {
                    self.walk(&entry.path(), &path);
                }
            } else if name.ends_with(".toml") {
                match fs::read(entry.path()) {
                    Ok(bytes) => self.add(&path, bytes),
                    Err(error) => self.unreadable(&path, &error.to_string()),
                }
            }
        }
    }

    fn add(&mut self, path: &str, bytes: Vec<u8>) {
        if !path.ends_with(".toml") {
            return;
        }
        match String::from_utf8(bytes) {
            Ok(text) => {
                // An editor's byte order mark is no part of the text.
                let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
                self.files.insert(path.to_owned(), text);
            }
            Err(_) => self.unreadable(path, "it is not UTF-8 text"),
        }
    }

    fn unreadable(&mut self, path: &str, reason: &str) {
        self.mistake(
            path,
            &format!("this cannot be read: {reason}"),
            "check its name, its permissions and its encoding",
        );
    }

    /// Notes a mistake that is not at a place inside a file.
    pub fn mistake(&mut self, path: &str, message: &str, help: &str) {
        self.mistakes.push(Mistake {
            file: self.path(path),
            span: 0..0,
            message: message.to_owned(),
            help: help.to_owned(),
            pointer: None,
        });
    }

    /// The folders that hold a version of a form, as service and version. TOML files that
    /// stand elsewhere are noted, since a form author would miss them otherwise.
    pub fn folders(&mut self) -> Vec<(String, String)> {
        let mut folders = Vec::new();
        for file in self.files.keys().cloned().collect::<Vec<_>>() {
            match file.split('/').collect::<Vec<_>>()[..] {
                [service, version, _] => folders.push((service.to_owned(), version.to_owned())),
                _ => self.mistake(
                    &file,
                    "this file is not where a form is looked for",
                    "a form stands in service/version/form.toml; give the folder that holds the services",
                ),
            }
        }
        folders.dedup();
        folders
    }

    /// The files of texts in `folder`. One whose name is no language is noted.
    pub fn languages(&mut self, folder: &str) -> Vec<String> {
        let prefix = format!("{folder}/");
        let names = self.files.keys().filter_map(|file| file.strip_prefix(&prefix)).filter(|name| *name != "form.toml");
        let (languages, others): (Vec<String>, Vec<String>) = names.map(str::to_owned).partition(|it| is_language(it));
        for other in others {
            let help = "texts stand in a file named like en.toml, sv.toml or pt-BR.toml";
            self.mistake(&format!("{prefix}{other}"), "this file is neither form.toml nor a language", help);
        }
        languages
    }

    /// All that was found wrong, with the contents to draw it from.
    pub fn into_mistakes(self) -> Mistakes {
        let paths: Vec<String> = self.files.keys().map(|file| self.path(file)).collect();
        Mistakes::new(self.mistakes, paths.into_iter().zip(self.files.into_values()).collect())
    }
}

/// Whether `name` is a BCP 47 tag of a language, a script and a region, and `.toml`.
fn is_language(name: &str) -> bool {
    let Some(tag) = name.strip_suffix(".toml") else { return false };
    let mut parts = tag.split('-');
    let is_tag = parts.next().is_some_and(|it| matches!(it.len(), 2..=3) && it.chars().all(|c| c.is_ascii_lowercase()));
    is_tag && parts.all(|it| matches!(it.len(), 2..=4) && it.chars().all(|c| c.is_ascii_alphanumeric()))
}
