//! `lodge serve`

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result};
use mail::SmtpMailer;
use ports::Mailer;
use rustix::process::{Resource, getrlimit, setrlimit};
use tokio::net::TcpListener;
use tracing::{error, info, warn};

use super::signals::stop_signal;
use super::start;
use crate::anchors::Anchors;
use crate::assets::BuiltFiles;
use crate::config::{Mode, PemFile, Settings};
use crate::jobs::Jobs;
use crate::serve::serve as serve_http;
use crate::wiring::{self, Parts};

pub fn serve(config: Option<&Path>) -> Result<ExitCode> {
    let settings = start::settings(config)?;
    start::logging(&settings)?;
    let library = start::library(&settings)?;
    let files = BuiltFiles::read(settings.assets_dir.as_deref())?;
    raise_file_limit();
    start::block_on(async {
        let mailer = mailer(&settings).await?;
        // Once for the program, or rendering panics.
        any_spawner::Executor::init_tokio().context("the runtime cannot be used for rendering")?;
        let stop = stop_signal()?;
        let listener = TcpListener::bind(settings.listen)
            .await
            .with_context(|| format!("LODGE_LISTEN: cannot listen on {}", settings.listen))?;
        let storage = start::storage(&settings).await?;
        let (clock, random) = (start::clock(), start::random());
        let parts =
            Parts { settings: settings.clone(), storage: storage.clone(), library, files, clock, random, mailer };
        let service = wiring::assemble(parts).context("the forms cannot be prepared for the browser")?;
        let anchors = Anchors::new(&settings, &storage, start::clock());
        let mut jobs = Jobs::default();
        service.work.start(&mut jobs, &settings);
        let writing = anchors.clone();
        jobs.every("audit-anchor", settings.audit_anchor_interval, move || {
            let writing = writing.clone();
            async move { writing.write_if_grown().await.map_err(|error| format!("{error:#}")) }
        });
        greet(&settings, &listener);
        serve_http(listener, service.http, &settings, stop).await;
        jobs.stop(settings.drain_time).await;
        if let Err(error) = anchors.write().await {
            error!(error = format!("{error:#}"), "it could not be written down how far the audit log goes");
        }
        storage.close().await.context("the database could not be closed")?;
        info!("stopped");
        Ok(ExitCode::SUCCESS)
    })
}

fn greet(settings: &Settings, listener: &TcpListener) {
    if settings.mode == Mode::Demo {
        eprintln!("{DEMO}");
    }
    if settings.smtp_url.is_none() && settings.mode == Mode::Production {
        warn!("LODGE_SMTP_URL is not set: no mail is sent, so nobody can register");
    }
    if let Ok(address) = listener.local_addr() {
        info!(listen = %address, url = %settings.public_url, "ready");
    }
}

const DEMO: &str = "
  ┌──────────────────────────────────────────────────────────────────┐
  │  THIS IS A DEMO. Everybody can read all mail at /demo/outbox.    │
  │  Do not enter anything real. LODGE_MODE=production turns it off. │
  └──────────────────────────────────────────────────────────────────┘
";

/// Asynchronous for one reason: it has to be called inside the runtime, where the mailer keeps its
/// connections.
async fn mailer(settings: &Settings) -> Result<Option<Arc<dyn Mailer>>> {
    let Some(url) = &settings.smtp_url else { return Ok(None) };
    let authority = match &settings.smtp_ca_file {
        Some(PemFile(path)) => Some(
            tokio::fs::read(path)
                .await
                .with_context(|| format!("LODGE_SMTP_CA_FILE: {} cannot be read", path.display()))?,
        ),
        None => None,
    };
    let place = if authority.is_some() { "LODGE_SMTP_CA_FILE" } else { "LODGE_SMTP_URL" };
    let (from, timeout) = (settings.mail_from.clone(), settings.smtp_timeout);
    let mailer = SmtpMailer::new(url, authority.as_deref(), from, timeout).context(place)?;
    Ok(Some(Arc::new(mailer)))
}

/// Each connection is an open file, and the usual limit is a thousand. What cannot be raised is
/// reported when it is reached.
fn raise_file_limit() {
    let mut limit = getrlimit(Resource::Nofile);
    limit.current = limit.maximum;
    if setrlimit(Resource::Nofile, limit).is_err() {
        warn!("the limit of open files could not be raised");
    }
}
