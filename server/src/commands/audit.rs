//! `lodge audit verify`

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};
use storage::Storage;
use storage::anchors::{Anchor, Broken};

use super::start;

pub fn verify(config: Option<&Path>, since: Option<&Path>) -> Result<ExitCode> {
    let settings = start::settings(config)?;
    start::logging(&settings)?;
    let lines = since.map(read).transpose()?;
    start::block_on(async {
        let Some(storage) = start::storage_to_read(&settings).await? else {
            eprintln!("There is no audit log: the database is empty or missing.");
            return Ok(ExitCode::FAILURE);
        };
        let told = match storage.audit_verify().await? {
            Some(number) => {
                Err(format!("Row {number} of the audit log is the first that was changed, removed or moved."))
            }
            None => match &lines {
                None => Ok("The audit log is whole: no row was changed, removed or moved.".to_owned()),
                Some(lines) => since_lines(&storage, lines).await?,
            },
        };
        storage.close().await?;
        match told {
            Ok(whole) => {
                println!("{whole}");
                Ok(ExitCode::SUCCESS)
            }
            Err(broken) => {
                eprintln!("{broken}");
                Ok(ExitCode::FAILURE)
            }
        }
    })
}

fn read(file: &Path) -> Result<String> {
    let bytes = std::fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Checks every anchor in the lines; the others may be of a log.
async fn since_lines(storage: &Storage, lines: &str) -> Result<Result<String, String>> {
    let mut count = 0;
    for (index, line) in lines.lines().enumerate() {
        let number = index + 1;
        let checked = match Anchor::in_line(line) {
            None => continue,
            Some(Err(broken)) => Err(broken),
            Some(Ok(anchor)) => storage.audit_anchor_check(&anchor).await?,
        };
        if let Err(broken) = checked {
            return Ok(Err(format!("Line {number} does not hold: {}", said(broken))));
        }
        count += 1;
    }
    Ok(match count {
        0 => Err("No line says how far the audit log went: this is no anchor file.".to_owned()),
        _ => Ok(format!("The audit log is whole, and has all that it had at each of {count} anchors.")),
    })
}

fn said(broken: Broken) -> String {
    match broken {
        Broken::Line => "it was not written by a server with this root key, or was changed.".to_owned(),
        Broken::RowMissing(row) => {
            format!("when it was written the audit log went up to row {row}, which is missing now.")
        }
        Broken::RowChanged(row) => {
            format!("when it was written the audit log went up to row {row}, which is another row now.")
        }
    }
}
