//! What every handler gets.

use std::sync::Arc;
use std::time::Duration;

use app::shell::Assets;
use app::site::Site;
use backend::accounts::Accounts;
use backend::applications::Applications;
use backend::drafts::Drafts;
use i18n::{Language, Texts};
use jiff::SignedDuration;
use jiff::tz::TimeZone;
use ports::{Clock, Random};
use storage::Storage;

use crate::editions::Editions;
use crate::readiness::Readiness;

/// The parts of the service, shared by all requests.
#[derive(Clone)]
pub struct AppState {
    pub accounts: Arc<dyn Accounts>,
    pub drafts: Arc<dyn Drafts>,
    pub applications: Arc<dyn Applications>,
    pub editions: Arc<Editions>,
    pub assets: Arc<Assets>,
    pub clock: Arc<dyn Clock>,
    pub random: Arc<dyn Random>,
    pub readiness: Arc<Readiness>,
    /// For the demo's outbox alone; pages go through the traits.
    pub storage: Storage,
    pub settings: Arc<PageSettings>,
}

/// The settings that pages depend on.
#[derive(Clone, Debug)]
pub struct PageSettings {
    /// Without a slash at the end. Every link that leaves the service begins with it.
    pub public_url: String,
    /// The zone in which days and times of day are told.
    pub zone: TimeZone,
    /// How long one page may stay open.
    pub page_time: SignedDuration,
    /// How long before the end of a page's time more is offered.
    pub warn_time: SignedDuration,
    /// How long a mailed code is good.
    pub code_time: Duration,
    /// How long a code mailed at the log-in is good.
    pub log_in_code_time: Duration,
    /// How long the mailed link for a new password is good.
    pub reset_time: Duration,
    /// How long a save that came after its session waits for a log-in.
    pub sealed_time: Duration,
    pub is_demo: bool,
}

impl PageSettings {
    /// Whether browsers reach the service over TLS, so that cookies can have the `__Host-` prefix.
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

impl AppState {
    /// What the pages of one request need to know.
    pub fn site(&self, language: Language) -> Site {
        let PageSettings { zone, page_time, warn_time, is_demo, .. } = self.settings.as_ref();
        Site {
            language,
            texts: Texts::of(language),
            now: self.clock.now(),
            zone: zone.clone(),
            is_shared_computer: false,
            build: self.assets.wasm.clone(),
            page_time: *page_time,
            warn_time: *warn_time,
            is_demo: *is_demo,
        }
    }
}
