//! Puts the parts together.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use flows::accounts::{AccountFlows, AccountSettings};
use flows::drafts::retention::{Done, Limits};
use flows::drafts::{DraftFlows, DraftSettings};
use flows::mail::Post;
use flows::mail::worker::Worker;
use forms::Library;
use jiff::SignedDuration;
use ports::payment::Invoice;
use ports::{Clock, Mailer, Random};
use storage::applications::HandedOver;
use storage::{Keys, Pools, Storage, StorageError};

use crate::assets::BuiltFiles;
use crate::config::{Mode, SecretKey, Settings};
use crate::editions::Editions;
use crate::jobs::Jobs;
use crate::middleware::{self, Localised};
use crate::readiness::Readiness;
use crate::routes;
use crate::state::{AppState, PageSettings};

/// Everything that comes from outside.
pub struct Parts {
    pub settings: Settings,
    pub storage: Storage,
    pub library: Library,
    pub files: BuiltFiles,
    pub clock: Arc<dyn Clock>,
    pub random: Arc<dyn Random>,
    /// Without one, mail stays in the outbox.
    pub mailer: Option<Arc<dyn Mailer>>,
}

/// The service, ready to answer and to work.
pub struct Service {
    pub http: Localised,
    pub work: Work,
}

/// What is done without being asked.
#[derive(Clone)]
pub struct Work {
    /// Sends the mail; none without a mail server.
    pub mail: Option<Worker>,
    pub drafts: DraftFlows,
    pub accounts: Arc<AccountFlows>,
}

/// Opens the database that the settings name.
pub async fn open_storage(
    settings: &Settings,
    key: &SecretKey,
    random: Arc<dyn Random>,
) -> Result<Storage, StorageError> {
    let (pools, random) = storage_parts(settings, random);
    Storage::connect(&settings.database(), Keys::new(key.bytes()), random, pools).await
}

/// Opens it so that nothing can be made or changed.
pub async fn open_storage_to_read(
    settings: &Settings,
    key: &SecretKey,
    random: Arc<dyn Random>,
) -> Result<Storage, StorageError> {
    let (pools, random) = storage_parts(settings, random);
    Storage::connect_to_read(&settings.database(), Keys::new(key.bytes()), random, pools).await
}

fn storage_parts(settings: &Settings, random: Arc<dyn Random>) -> (Pools, storage::Random) {
    let pools = Pools {
        readers: settings.database_readers.get(),
        connections: settings.database_connections.get(),
        wait: settings.database_wait,
    };
    let random: storage::Random = Arc::new(move |bytes| {
        random.fill(bytes);
        Ok(())
    });
    (pools, random)
}

impl Work {
    pub fn new(
        settings: &Settings,
        storage: &Storage,
        library: Arc<Library>,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
        mailer: Option<Arc<dyn Mailer>>,
    ) -> Self {
        let mail = mailer.map(|mailer| Worker {
            storage: storage.clone(),
            clock: clock.clone(),
            mailer,
            drops_content: settings.mode == Mode::Production,
        });
        let accounts = AccountFlows::new(
            storage.clone(),
            clock.clone(),
            random.clone(),
            Post::new(settings.public_url.as_str()),
            settings.time_zone.0.clone(),
            account_settings(settings),
        );
        let drafts = DraftFlows {
            storage: storage.clone(),
            library,
            clock,
            random,
            payments: Arc::new(Invoice),
            turns: Arc::default(),
            settings: draft_settings(settings),
        };
        Self { mail, drafts, accounts: Arc::new(accounts) }
    }

    /// Sends all mail that is due.
    pub async fn send_mail(&self) -> Result<(), StorageError> {
        let Some(worker) = &self.mail else { return Ok(()) };
        while worker.send_due().await? > 0 {}
        Ok(())
    }

    /// Reminds of drafts, deletes those whose time is up, and removes what else has expired.
    /// Stops instead when the clock or the number of drafts to delete is not as it should be.
    pub async fn purge(&self) -> Result<Done, anyhow::Error> {
        self.purge_with(false).await
    }

    /// The same without stopping: a person has looked at it.
    pub async fn purge_even_so(&self) -> Result<Done, anyhow::Error> {
        self.purge_with(true).await
    }

    async fn purge_with(&self, even_so: bool) -> Result<Done, anyhow::Error> {
        let done = self.drafts.retention_run(even_so).await?;
        self.accounts.tidy().await?;
        Ok(done)
    }

    /// Begins to do all this again and again.
    pub fn start(self, jobs: &mut Jobs, settings: &Settings) {
        let work = self.clone();
        jobs.every("mail", settings.mail_interval, move || {
            let work = work.clone();
            async move { work.send_mail().await }
        });
        jobs.every("purge", settings.purge_interval, move || {
            let work = self.clone();
            async move { work.purge().await.map(drop) }
        });
    }
}

/// Connects routes, middleware and flows.
pub fn assemble(parts: Parts) -> Result<Service, serde_json::Error> {
    let Parts { settings, storage, library, files, clock, random, mailer } = parts;
    let editions = Arc::new(Editions::new(&library)?);
    let work = Work::new(&settings, &storage, Arc::new(library), clock.clone(), random.clone(), mailer);
    let drafts = Arc::new(work.drafts.clone());
    let app = AppState {
        accounts: work.accounts.clone(),
        drafts: drafts.clone(),
        applications: drafts,
        editions,
        assets: Arc::new(files.names.clone()),
        readiness: Arc::new(Readiness::new(storage.clone(), clock.clone())),
        clock,
        random,
        storage,
        settings: Arc::new(page_settings(&settings)),
    };
    let mut all = Router::new().merge(routes::all()).merge(routes::health::routes()).merge(files.routes());
    if settings.mode == Mode::Demo {
        all = all.merge(routes::demo::routes());
    }
    let http = middleware::wrap(all.fallback(|| async { StatusCode::NOT_FOUND }), &app, &settings);
    Ok(Service { http: middleware::localise(http), work })
}

fn account_settings(settings: &Settings) -> AccountSettings {
    AccountSettings {
        code_life: settings.code_time,
        log_in_code_life: settings.log_in_code_time,
        // The settings have been checked to be at most 255.
        code_tries: u8::try_from(settings.code_tries.get()).unwrap_or(u8::MAX),
        reset_life: settings.reset_time,
        idle_time: settings.idle_time,
        session_time: settings.session_time,
        log_ins_per_account: settings.log_ins_per_account,
        tries_per_address: settings.tries_per_address,
        wrong_in_a_row: settings.wrong_passwords.get(),
        mails_per_hour: settings.mails_per_hour,
        mails_of_strangers: settings.mails_of_strangers,
        hashing_places: as_usize(settings.hashing_places.get()),
        hashing_line: as_usize(settings.hashing_queue.get()),
        hashing_wait: settings.hashing_wait,
    }
}

fn draft_settings(settings: &Settings) -> DraftSettings {
    DraftSettings {
        idle_time: settings.idle_time,
        page_time: signed(settings.page_time),
        drafts_per_service: settings.drafts_per_service.get(),
        drafts_per_hour: settings.drafts_per_hour,
        sealed_time: signed(settings.sealed_time),
        public_url: settings.public_url.as_str().to_owned(),
        mail_domain: settings.public_url.host().to_owned(),
        zone: settings.time_zone.0.clone(),
        remind_before: (signed(settings.remind_first), signed(settings.remind_last)),
        handed_over: if settings.keeps_mail() { HandedOver::WhenQueued } else { HandedOver::WhenSent },
        message_time: signed(settings.message_time),
        purge_limits: Limits {
            ahead: signed(settings.purge_ahead),
            behind: signed(settings.purge_behind),
            share: settings.purge_share.get(),
            always: settings.purge_always.get().into(),
        },
        supplement_address: settings.supplement_address.clone(),
    }
}

fn page_settings(settings: &Settings) -> PageSettings {
    PageSettings {
        public_url: settings.public_url.as_str().to_owned(),
        zone: settings.time_zone.0.clone(),
        page_time: signed(settings.page_time),
        // A short time would otherwise begin with its warning.
        warn_time: signed(settings.warn_time.min(settings.page_time.min(settings.idle_time) / 2)),
        code_time: settings.code_time,
        log_in_code_time: settings.log_in_code_time,
        reset_time: settings.reset_time,
        sealed_time: settings.sealed_time,
        is_demo: settings.mode == Mode::Demo,
    }
}

fn signed(length: Duration) -> SignedDuration {
    SignedDuration::try_from(length).unwrap_or(SignedDuration::MAX)
}

/// A u32 always fits on the machines that we build for.
fn as_usize(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
