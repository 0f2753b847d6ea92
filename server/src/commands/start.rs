//! What several commands begin with.

use std::future::Future;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};
use forms::Library;
use ports::{Clock, Random};
use storage::Storage;
use tracing_subscriber::EnvFilter;

use crate::config::{ConfigError, LogFormat, Mode, SecretKey, Settings, demo_key};
use crate::middleware::quiet_panics;
use crate::system::{SystemClock, SystemRandom};
use crate::wiring;

pub fn settings(config: Option<&Path>) -> Result<Settings, ConfigError> {
    Settings::read(config, std::env::vars_os())
}

/// From now on what happens is logged, to standard error.
pub fn logging(settings: &Settings) -> Result<()> {
    let filter: EnvFilter =
        settings.log.parse().with_context(|| format!("LODGE_LOG: `{}` is no filter", settings.log))?;
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match settings.log_format {
        LogFormat::Text => log.with_target(false).init(),
        LogFormat::Json => log.json().init(),
    }
    quiet_panics();
    Ok(())
}

/// The root key: as set, or in a demo the one in the data directory.
pub fn key(settings: &Settings) -> Result<SecretKey> {
    match (&settings.secret_key, settings.mode) {
        (Some(key), _) => Ok(key.clone()),
        (None, Mode::Demo) => Ok(demo_key(&settings.data_dir, &SystemRandom)?),
        // Reading the settings has refused this.
        (None, Mode::Production) => anyhow::bail!("LODGE_SECRET_KEY is required in production"),
    }
}

/// The database, up to date.
pub async fn storage(settings: &Settings) -> Result<Storage> {
    let key = key(settings)?;
    std::fs::create_dir_all(&settings.data_dir)
        .with_context(|| format!("LODGE_DATA_DIR: {} cannot be made", settings.data_dir.display()))?;
    let storage = wiring::open_storage(settings, &key, random()).await.context("LODGE_DATABASE_URL")?;
    storage.migrate().await.context("the database cannot be brought up to date")?;
    Ok(storage)
}

/// The forms that are served; a mistake in one of them stops the start.
pub fn library(settings: &Settings) -> Result<Library> {
    let read = match &settings.forms_dir {
        Some(dir) => Library::read(dir),
        None => Library::embedded(),
    };
    read.map_err(|mistakes| anyhow::anyhow!("the forms are not right\n\n{mistakes}"))
}

pub fn clock() -> Arc<dyn Clock> {
    Arc::new(SystemClock)
}

pub fn random() -> Arc<dyn Random> {
    Arc::new(SystemRandom)
}

/// Runs to the end on as many threads as there are processors.
pub fn block_on<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("no threads can be started")?
        .block_on(work)
}
