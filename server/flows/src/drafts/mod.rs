//! Drafts: starting, opening, saving and deleting, and what happens to them as time passes.

mod entry;
mod letters;
pub(crate) use letters::fee_text;
pub mod retention;
mod save;
mod sealed;
mod turns;

pub use turns::Turns;

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use backend::drafts::{Draft, DraftError, Drafts, Kept, Save, StartError};
use backend::fault::Fault;
use backend::session::{Session, SessionToken};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::ids::{AccountId, ApplicationId};
use forms::Library;
use jiff::{SignedDuration, Timestamp};
use ports::{Clock, PaymentProvider, Random};
use storage::applications::{Application, HandedOver, NewDraft, StartLimits, Starting};
use storage::audit::NewAudit;
use storage::tokens::{NewToken, Purpose};
use storage::{Storage, Transaction};

use crate::accounts::session::{as_shown, is_alive};
use crate::fault::fault;

/// The link for coming back lives as long as its draft, which every save prolongs. It goes with
/// the draft; this is only the end of the longest life.
const RESUME_LIFE: SignedDuration = SignedDuration::from_hours(24 * 365 * 5);

/// Drafts and applications over the storage and the ports.
#[derive(Clone)]
pub struct DraftFlows {
    pub storage: Storage,
    pub library: Arc<Library>,
    pub clock: Arc<dyn Clock>,
    pub random: Arc<dyn Random>,
    pub payments: Arc<dyn PaymentProvider>,
    pub turns: Arc<Turns>,
    pub settings: DraftSettings,
}

#[derive(Clone, Debug)]
pub struct DraftSettings {
    /// A session ends after so long in which no page is opened and nothing is typed or pressed.
    pub idle_time: Duration,
    /// How long a page may stay open.
    pub page_time: SignedDuration,
    /// Drafts of one service that an account may have open at the same time.
    pub drafts_per_service: u32,
    /// Drafts that an account may start in an hour.
    pub drafts_per_hour: NonZeroU32,
    /// How long a save that came without a session is kept.
    pub sealed_time: SignedDuration,
    /// Where links in mails lead, without a slash at the end.
    pub public_url: String,
    /// The right-hand side of Message-ID headers.
    pub mail_domain: String,
    /// The zone in which days are told.
    pub zone: jiff::tz::TimeZone,
    /// How long before its deletion the holder of a draft is reminded, the longer first.
    pub remind_before: (SignedDuration, SignedDuration),
    /// When a reminder counts as handed over.
    pub handed_over: HandedOver,
    /// How long a message is kept after it was sent or given up.
    pub message_time: SignedDuration,
    /// What makes a run that deletes stop.
    pub purge_limits: retention::Limits,
    /// Where to supplement an application by post or email; empty when it is not known.
    pub supplement_address: String,
}

#[async_trait]
impl Drafts for DraftFlows {
    async fn draft_start(
        &self,
        session: &SessionToken,
        service: &str,
        language: &str,
    ) -> Result<ApplicationId, StartError> {
        let now = self.clock.now();
        let session = self.session(session, now).await?;
        let form = self.library.newest(service).ok_or(DraftError::NotFound)?;
        let id = ApplicationId(u128::from_be_bytes(self.random.bytes()));
        let token = URL_SAFE_NO_PAD.encode(self.random.bytes::<32>());
        let kept_until = kept_until(now, form.keep_days);
        let letter = self.draft_started(language, &form, &token, kept_until);
        let account = session.account;
        let mut tx = self.storage.begin(now).await.map_err(fault).map_err(DraftError::from)?;
        self.count_start(&tx, account, service).await?;
        let draft = NewDraft { id, account, service, version: form.version, language, kept_until };
        tx.draft_insert(draft).await.map_err(fault).map_err(DraftError::from)?;
        let resume = NewToken {
            token: &token,
            purpose: Purpose::Resume,
            account,
            application: Some(id),
            expires: now + RESUME_LIFE,
        };
        tx.token_insert(resume).await.map_err(fault).map_err(DraftError::from)?;
        self.queue(&tx, &letter, (account, &session.email), Some(id), now).await.map_err(DraftError::from)?;
        self.audit(&mut tx, &account.to_string(), "draft.started", id);
        tx.commit().await.map_err(fault).map_err(DraftError::from)?;
        Ok(id)
    }

    async fn draft_open(&self, session: &SessionToken, id: ApplicationId) -> Result<Draft, DraftError> {
        let now = self.clock.now();
        let mut opened = self.open(session, id, now).await?;
        self.page_opened(&mut opened.session, now).await;
        self.draft(opened)
    }

    async fn draft_save(&self, session: &SessionToken, id: ApplicationId, save: Save) -> Result<Draft, DraftError> {
        self.save(session, id, &save).await
    }

    async fn draft_save_or_seal(
        &self,
        session: Option<&SessionToken>,
        id: ApplicationId,
        ticket: &str,
        save: Save,
    ) -> Result<Kept, DraftError> {
        let saved = match session {
            Some(session) => self.save(session, id, &save).await,
            None => Err(DraftError::NotLoggedIn),
        };
        match saved {
            Ok(draft) => Ok(Kept::Saved(Box::new(draft))),
            Err(error @ (DraftError::NotLoggedIn | DraftError::NotFound)) => {
                if self.seal(id, ticket, &save).await? {
                    Ok(Kept::Sealed)
                } else {
                    Err(error)
                }
            }
            Err(error) => Err(error),
        }
    }

    async fn draft_delete(&self, session: &SessionToken, id: ApplicationId) -> Result<(), DraftError> {
        let now = self.clock.now();
        let Opened { session, application, .. } = self.open(session, id, now).await?;
        if application.submitted.is_some() {
            return Err(DraftError::Submitted);
        }
        let letter = self.draft_deleted(&application.language, &application.service, application.version);
        let account = session.account;
        let mut tx = self.storage.begin(now).await.map_err(fault)?;
        if !tx.draft_delete(id, account).await.map_err(fault)? {
            return Err(DraftError::NotFound);
        }
        self.queue(&tx, &letter, (account, &session.email), None, now).await?;
        self.audit(&mut tx, &account.to_string(), "draft.deleted", id);
        tx.commit().await.map_err(fault)?;
        Ok(())
    }

    async fn draft_resume(&self, token: &str) -> Result<Option<ApplicationId>, Fault> {
        let found = self.storage.token_find(token, Purpose::Resume, self.clock.now()).await.map_err(fault)?;
        Ok(found.and_then(|token| token.application))
    }
}

/// An application with the session that has opened it.
pub(crate) struct Opened {
    pub session: storage::sessions::Session,
    pub application: Application,
    pub has_regained: bool,
}

impl DraftFlows {
    /// Each draft brings a mail, so that their number is also that of the mails.
    async fn count_start(&self, tx: &Transaction, account: AccountId, service: &str) -> Result<(), StartError> {
        const HOUR: SignedDuration = SignedDuration::from_hours(1);
        let DraftSettings { drafts_per_service: open, drafts_per_hour, .. } = self.settings;
        let each = HOUR / i32::try_from(drafts_per_hour.get()).unwrap_or(i32::MAX);
        let limits = StartLimits { open, each, per: HOUR };
        match tx.draft_start_count(account, service, limits).await.map_err(fault).map_err(DraftError::from)? {
            Starting::Allowed => Ok(()),
            Starting::TooMany => Err(StartError::TooMany(open)),
            Starting::TooOften(wait) => Err(StartError::TooOften(wait.unsigned_abs())),
        }
    }

    /// The session, if it has not been idle for too long.
    pub(crate) async fn session(
        &self,
        token: &SessionToken,
        now: Timestamp,
    ) -> Result<storage::sessions::Session, DraftError> {
        let found = self.storage.session_find(&token.0, now).await.map_err(fault)?;
        found.filter(|session| self.is_alive(session, now)).ok_or(DraftError::NotLoggedIn)
    }

    /// The application with the session that asks for it. What was kept for its holder while there
    /// was no session is taken in.
    pub(crate) async fn open(
        &self,
        token: &SessionToken,
        id: ApplicationId,
        now: Timestamp,
    ) -> Result<Opened, DraftError> {
        let opened = self.open_as_stored(token, id, now).await?;
        if !opened.application.has_sealed || opened.application.submitted.is_some() {
            return Ok(opened);
        }
        let has_regained = self.unseal(&opened.application, now).await?;
        Ok(Opened { has_regained, ..self.open_as_stored(token, id, now).await? })
    }

    async fn open_as_stored(
        &self,
        token: &SessionToken,
        id: ApplicationId,
        now: Timestamp,
    ) -> Result<Opened, DraftError> {
        let opened = self.storage.draft_open(&token.0, id, now).await.map_err(fault)?;
        let opened = opened.filter(|opened| self.is_alive(&opened.session, now)).ok_or(DraftError::NotLoggedIn)?;
        let application = opened.application.ok_or(DraftError::NotFound)?;
        Ok(Opened { session: opened.session, application, has_regained: false })
    }

    /// A page's time begins anew. Pages that are opened one after another within a sixtieth of it
    /// share one beginning, for each costs a write.
    pub(super) async fn page_opened(&self, session: &mut storage::sessions::Session, now: Timestamp) {
        let page_time = self.settings.page_time;
        if (now + page_time).duration_since(session.page_end) < page_time / 60 {
            return self.seen(session, now).await;
        }
        let renewed = self.storage.session_page_renew(session, now + page_time, now).await;
        // Reading goes on when nothing can be written; the failure is in the log.
        _ = renewed.map_err(fault);
    }

    /// Somebody is there: the idle time begins anew.
    pub(crate) async fn seen(&self, session: &mut storage::sessions::Session, now: Timestamp) {
        _ = self.storage.session_touch(session, now).await.map_err(fault);
    }

    fn is_alive(&self, session: &storage::sessions::Session, now: Timestamp) -> bool {
        is_alive(session, now, self.settings.idle_time)
    }

    /// As the pages see it.
    pub(crate) fn draft(&self, opened: Opened) -> Result<Draft, DraftError> {
        let Opened { session, application, has_regained } = opened;
        Ok(Draft {
            id: application.id,
            session: self.session_of(&session),
            service: application.service,
            version: application.version,
            stored: application.stored,
            tried: application.tried,
            page: application.page,
            started: application.started,
            saved: application.saved,
            kept_until: application.kept_until,
            ticket: self.storage.window_ticket(application.id).map_err(fault)?,
            has_regained,
            submitted: application.submitted.map(|submitted| backend::drafts::Submitted {
                number: submitted.number,
                at: submitted.at,
                fee: submitted.fee,
            }),
        })
    }

    pub(crate) fn session_of(&self, session: &storage::sessions::Session) -> Session {
        as_shown(session, self.settings.idle_time)
    }

    pub(crate) fn audit(&self, tx: &mut Transaction, actor: &str, action: &str, id: ApplicationId) {
        tx.audit_add(NewAudit { actor, action, subject: &id.to_string(), detail: "" });
    }
}

/// Days are of 24 hours: a draft is kept for that long to the minute, whatever the clocks do.
fn kept_until(now: Timestamp, days: u16) -> Timestamp {
    now + SignedDuration::from_hours(24 * i64::from(days))
}
