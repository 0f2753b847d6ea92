//! `lodge audit verify`

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;

use super::start;

pub fn verify(config: Option<&Path>) -> Result<ExitCode> {
    let settings = start::settings(config)?;
    start::logging(&settings)?;
    start::block_on(async {
        let storage = start::storage(&settings).await?;
        let wrong = storage.audit_verify().await?;
        storage.close().await?;
        match wrong {
            None => {
                println!("The audit log is whole: no row was changed, removed or moved.");
                Ok(ExitCode::SUCCESS)
            }
            Some(number) => {
                eprintln!("Row {number} of the audit log is the first that was changed, removed or moved.");
                Ok(ExitCode::FAILURE)
            }
        }
    })
}
