//! `lodge migrate`

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;

use super::start;

pub fn migrate(config: Option<&Path>) -> Result<ExitCode> {
    let settings = start::settings(config)?;
    start::logging(&settings)?;
    start::block_on(async {
        start::storage(&settings).await?.close().await?;
        println!("The database is up to date.");
        Ok(ExitCode::SUCCESS)
    })
}
