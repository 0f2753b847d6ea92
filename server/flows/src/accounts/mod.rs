//! Accounts: registration, log-in, sessions and forgotten passwords.
//!
//! Whether an address has an account is nobody's business but its holder's. So each flow does the
//! same work for an address with and without one: the same hashing, the same number of writes,
//! the same answer.

mod codes;
mod common;
mod hashing;
mod limits;
mod log_in;
mod log_in_code;
mod mail_budget;
mod register;
mod reset;
mod secrets;
pub(crate) mod session;
mod settings;
#[cfg(test)]
mod tests;

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use backend::accounts::{Accounts, CodeError, Entry, LogInError, LoggedIn, RegisterError, Registration, ResetError};
use backend::fault::Fault;
use backend::session::{Client, PendingToken, Session, SessionToken};
use i18n::Language;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use ports::{Clock, Random};
use storage::Storage;

use crate::fault::fault;
use crate::mail::Post;
use hashing::HashingPool;
use limits::{Limit, network};
use mail_budget::MailBudget;
use session::as_shown;
pub use settings::AccountSettings;

/// For so long a browser is known, as long as its cookie lives. The next log-in begins it anew.
const DEVICE_LIFE: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// The accounts of one installation.
pub struct AccountFlows {
    storage: Storage,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    post: Post,
    /// In which mails tell the time.
    zone: TimeZone,
    settings: AccountSettings,
    hashing: HashingPool,
    limits: Limits,
}

/// What is counted, and by what.
struct Limits {
    /// By e-mail address and network.
    log_ins: Limit<(String, IpAddr)>,
    /// By known device.
    device_log_ins: Limit<String>,
    /// Wrong passwords from a known device, over a month.
    device_wrong: Limit<String>,
    log_ins_of_network: Limit<IpAddr>,
    registrations_of_network: Limit<IpAddr>,
    resets_of_network: Limit<IpAddr>,
    mails: MailBudget,
}

impl Limits {
    fn new(settings: &AccountSettings, clock: &Arc<dyn Clock>) -> Self {
        const MINUTE: Duration = Duration::from_secs(60);
        const MONTH: Duration = Duration::from_secs(30 * 24 * 60 * 60);
        let network = || Limit::new(settings.tries_per_address, MINUTE, clock.clone());
        let wrong = NonZeroU32::new(settings.wrong_in_a_row).unwrap_or(NonZeroU32::MIN);
        Self {
            log_ins: Limit::new(settings.log_ins_per_account, MINUTE, clock.clone()),
            device_log_ins: Limit::new(settings.log_ins_per_account, MINUTE, clock.clone()),
            device_wrong: Limit::new(wrong, MONTH, clock.clone()),
            log_ins_of_network: network(),
            registrations_of_network: network(),
            resets_of_network: network(),
            mails: MailBudget::new(settings.mails_per_hour, settings.mails_of_strangers, clock),
        }
    }
}

impl AccountFlows {
    pub fn new(
        storage: Storage,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
        post: Post,
        zone: TimeZone,
        settings: AccountSettings,
    ) -> Self {
        let hashing =
            HashingPool::new(settings.hashing_places, settings.hashing_line, settings.hashing_wait, random.clone());
        let limits = Limits::new(&settings, &clock);
        storage.set_activity_step(settings.activity_step());
        Self { storage, clock, random, post, zone, settings, hashing, limits }
    }

    /// Removes what has ended: sessions, registrations and links. For a job that runs now and then.
    pub async fn tidy(&self) -> Result<(), Fault> {
        let now = self.clock.now();
        let tx = self.storage.begin(now).await.map_err(fault)?;
        tx.sessions_purge(before(now, self.settings.idle_time)).await.map_err(fault)?;
        // One may ask for a new code for as long again as the old one was good.
        tx.registrations_purge(before(now, self.settings.code_life)).await.map_err(fault)?;
        tx.pending_log_ins_purge(before(now, self.settings.log_in_code_life)).await.map_err(fault)?;
        tx.tokens_purge().await.map_err(fault)?;
        tx.devices_purge(before(now, DEVICE_LIFE)).await.map_err(fault)?;
        tx.commit().await.map_err(fault)
    }
}

#[async_trait]
impl Accounts for AccountFlows {
    async fn register(&self, new: Registration, client: &Client) -> Result<PendingToken, RegisterError> {
        self.begin_registration(new, network(client.address)).await
    }

    async fn register_pending(&self, pending: &PendingToken) -> Result<Option<String>, Fault> {
        let found = self.storage.registration_find(&pending.0).await.map_err(fault)?;
        Ok(found.map(|registration| registration.email))
    }

    async fn register_resend(&self, pending: &PendingToken, client: &Client) -> Result<(), CodeError> {
        self.send_new_code(pending, network(client.address)).await
    }

    async fn register_confirm(
        &self,
        pending: &PendingToken,
        code: &str,
        client: &Client,
    ) -> Result<LoggedIn, CodeError> {
        self.create_account(pending, code, client).await
    }

    async fn log_in(&self, email: &str, password: &str, language: &str, client: &Client) -> Result<Entry, LogInError> {
        self.check_and_log_in(email, password, language, client).await
    }

    async fn log_in_pending(&self, pending: &PendingToken) -> Result<Option<String>, Fault> {
        self.find_pending_log_in(pending).await
    }

    async fn log_in_resend(&self, pending: &PendingToken, client: &Client) -> Result<(), CodeError> {
        self.send_new_log_in_code(pending, client).await
    }

    async fn log_in_confirm(&self, pending: &PendingToken, code: &str, client: &Client) -> Result<LoggedIn, CodeError> {
        self.log_in_with_code(pending, code, client).await
    }

    async fn log_out(&self, session: &SessionToken) -> Result<(), Fault> {
        self.end_session(session).await
    }

    async fn log_out_everywhere(&self, session: &SessionToken, client: &Client) -> Result<bool, Fault> {
        self.end_all_sessions(session, client).await
    }

    async fn session(&self, session: &SessionToken) -> Result<Option<Session>, Fault> {
        Ok(self.find_session(session).await?.map(|found| as_shown(&found, self.settings.idle_time)))
    }

    async fn session_extend(&self, session: &SessionToken) -> Result<Option<Session>, Fault> {
        self.find_and_extend(session).await
    }

    async fn reset_request(&self, email: &str, language: &str, client: &Client) -> Result<(), ResetError> {
        self.send_reset_link(email, language, client).await
    }

    async fn reset_is_open(&self, token: &str) -> Result<bool, Fault> {
        self.is_reset_open(token).await
    }

    async fn reset_finish(&self, token: &str, password: &str) -> Result<(), ResetError> {
        self.set_password(token, password).await
    }
}

fn language(tag: &str) -> Language {
    Language::from_tag(tag).unwrap_or_default()
}

/// A point in time that far ahead. The lengths come from the settings and are no geological ages.
fn after(now: Timestamp, length: Duration) -> Timestamp {
    let length = SignedDuration::try_from(length).unwrap_or(SignedDuration::MAX);
    now.checked_add(length).unwrap_or(Timestamp::MAX)
}

fn before(now: Timestamp, length: Duration) -> Timestamp {
    let length = SignedDuration::try_from(length).unwrap_or(SignedDuration::MAX);
    now.checked_sub(length).unwrap_or(Timestamp::MIN)
}
