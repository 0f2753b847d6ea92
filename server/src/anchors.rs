//! Writes down, outside the database, how far the audit log goes.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use anyhow::{Context, Result};
use ports::Clock;
use storage::Storage;
use storage::anchors::Anchor;
use tracing::info;

use crate::config::Settings;

/// Adds signed lines to the anchor file, if there is one, and to the log.
#[derive(Clone)]
pub struct Anchors {
    storage: Storage,
    clock: Arc<dyn Clock>,
    file: Option<PathBuf>,
    /// The number of the audit log's last row when the last line was written.
    written: Arc<AtomicI64>,
}

impl Anchors {
    pub fn new(settings: &Settings, storage: &Storage, clock: Arc<dyn Clock>) -> Self {
        let written = Arc::new(AtomicI64::new(-1));
        Self { storage: storage.clone(), clock, file: settings.anchor_file(), written }
    }

    /// Writes a line if there is something new in the audit log; the first time in any case.
    pub async fn write_if_grown(&self) -> Result<()> {
        let anchor = self.storage.audit_anchor(self.clock.now()).await?;
        if anchor.seq == self.written.load(Ordering::Relaxed) {
            return Ok(());
        }
        self.add(anchor).await
    }

    /// Writes a line.
    pub async fn write(&self) -> Result<()> {
        self.add(self.storage.audit_anchor(self.clock.now()).await?).await
    }

    async fn add(&self, anchor: Anchor) -> Result<()> {
        info!(%anchor, "the audit log goes as far as this");
        if let Some(file) = self.file.clone() {
            let line = format!("{anchor}\n");
            let add = move || {
                let mut opened = OpenOptions::new().append(true).create(true).open(&file)?;
                opened.write_all(line.as_bytes()).and_then(|()| opened.sync_all())
            };
            let added = tokio::task::spawn_blocking(add).await?;
            added.context("LODGE_AUDIT_ANCHOR_FILE cannot be written")?;
        }
        self.written.store(anchor.seq, Ordering::Relaxed);
        Ok(())
    }
}
