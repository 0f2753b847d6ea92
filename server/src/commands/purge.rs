//! `lodge purge`

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Result;

use super::start;
use crate::wiring::Work;

pub fn purge(config: Option<&Path>) -> Result<ExitCode> {
    let settings = start::settings(config)?;
    start::logging(&settings)?;
    let library = Arc::new(start::library(&settings)?);
    start::block_on(async {
        let storage = start::storage(&settings).await?;
        // What it writes to people goes to the outbox; a running server sends it.
        let work = Work::new(&settings, &storage, library, start::clock(), start::random(), None);
        let deleted = work.purge().await?;
        storage.close().await?;
        println!("Drafts deleted: {deleted}");
        Ok(ExitCode::SUCCESS)
    })
}
