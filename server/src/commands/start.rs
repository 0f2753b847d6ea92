//! What several commands begin with.

use std::future::Future;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};
use forms::Library;
use ports::{Clock, Random};
use storage::{Schema, Storage, StorageError};
use tracing_subscriber::EnvFilter;

use crate::config::{ConfigError, LogFormat, Mode, SecretKey, Settings, demo_key, demo_key_to_read};
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
    // Standard error may be gone, when it was a terminal. That must end neither the log's writer nor
    // the request that it writes about.
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).log_internal_errors(false);
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
    if settings.database_url.is_none() {
        std::fs::create_dir_all(&settings.data_dir)
            .with_context(|| format!("LODGE_DATA_DIR: {} cannot be made", settings.data_dir.display()))?;
    }
    let storage = wiring::open_storage(settings, &key, random()).await.context("LODGE_DATABASE_URL")?;
    storage.migrate().await.map_err(|error| refused(error, settings))?;
    Ok(storage)
}

/// The database as it is, in which nothing can be made or changed; `None` when there is none.
pub async fn storage_to_read(settings: &Settings) -> Result<Option<Storage>> {
    if !Storage::is_there(&settings.database()) {
        return Ok(None);
    }
    let key = match &settings.secret_key {
        Some(key) => key.clone(),
        None => demo_key_to_read(&settings.data_dir)?,
    };
    let storage = wiring::open_storage_to_read(settings, &key, random()).await.context("LODGE_DATABASE_URL")?;
    storage.key_check().await.map_err(|error| refused(error, settings))?;
    let is_missing = storage.schema().await? == Schema::Missing;
    Ok((!is_missing).then_some(storage))
}

/// With what to do about it.
fn refused(error: StorageError, settings: &Settings) -> anyhow::Error {
    let StorageError::WrongKey { .. } = error else {
        return anyhow::Error::new(error).context("the database cannot be used");
    };
    let place = match (&settings.secret_key, settings.mode) {
        (None, Mode::Demo) => format!("into secret.key in {}", settings.data_dir.display()),
        _ => "into LODGE_SECRET_KEY or the file that LODGE_SECRET_KEY_FILE names".to_owned(),
    };
    anyhow::anyhow!(
        "{error}. Nothing was changed. Put the key with which this database was made {place}; or, if the key is \
         right, set LODGE_DATABASE_URL or LODGE_DATA_DIR to the database that belongs to it."
    )
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
