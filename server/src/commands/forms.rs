//! `lodge forms check`

use std::io::IsTerminal;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use forms::{Library, Summary};

use super::start;

pub fn check(config: Option<&Path>, dir: Option<&Path>) -> Result<ExitCode> {
    let dir = match dir {
        Some(dir) => Some(dir.to_owned()),
        None => start::settings(config)?.forms_dir,
    };
    let checked = match &dir {
        Some(dir) => forms::check(dir),
        None => Library::embedded().map(|library| Summary::of(&library)),
    };
    match checked {
        Ok(summary) => {
            println!("{summary}");
            Ok(ExitCode::SUCCESS)
        }
        Err(mistakes) => {
            let report = if std::io::stderr().is_terminal() { mistakes.coloured() } else { mistakes.to_string() };
            eprintln!("{report}");
            Ok(ExitCode::FAILURE)
        }
    }
}
