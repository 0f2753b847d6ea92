//! `lodge purge`

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Result;
use flows::drafts::retention::{Counts, Plan};
use storage::{Schema, Storage};

use super::start;
use crate::config::Settings;
use crate::wiring::Work;

pub fn purge(config: Option<&Path>, even_so: bool) -> Result<ExitCode> {
    let settings = start::settings(config)?;
    start::logging(&settings)?;
    start::block_on(async {
        let storage = start::storage(&settings).await?;
        let work = work(&settings, &storage)?;
        let done = if even_so { work.purge_even_so().await? } else { work.purge().await? };
        storage.close().await?;
        println!("Drafts reminded of: {}", done.reminded);
        println!("Drafts deleted: {}", done.deleted);
        Ok(ExitCode::SUCCESS)
    })
}

/// Says what the other would do.
pub fn dry_run(config: Option<&Path>) -> Result<ExitCode> {
    let settings = start::settings(config)?;
    start::logging(&settings)?;
    start::block_on(async {
        let Some(storage) = start::storage_to_read(&settings).await? else {
            println!("There is nothing: the database is empty or missing.");
            return Ok(ExitCode::SUCCESS);
        };
        anyhow::ensure!(
            storage.schema().await? == Schema::Ready,
            "the database is not up to date: run `lodge migrate` before"
        );
        let plan = work(&settings, &storage)?.drafts.retention_plan().await?;
        storage.close().await?;
        print(&plan);
        Ok(ExitCode::SUCCESS)
    })
}

/// What is written to people goes to the outbox; a running server sends it.
fn work(settings: &Settings, storage: &Storage) -> Result<Work> {
    let library = Arc::new(start::library(settings)?);
    Ok(Work::new(settings, storage, library, start::clock(), start::random(), None))
}

fn print(plan: &Plan) {
    if let Some(stop) = plan.stop {
        println!("It would stop and change nothing, unless --even-so is given: {stop}. Then:");
    }
    for (service, Counts { first, last, delete }) in &plan.drafts {
        println!(
            "{service}: drafts to remind of for the first time: {first}, for the last time: {last}; to delete: {delete}"
        );
    }
    println!("Saves that have waited too long for a log-in: {}", plan.sealed_saves);
    println!("Messages whose time is up: {}", plan.messages);
}
