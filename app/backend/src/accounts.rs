//! Accounts: registration, log-in and forgotten passwords.

use async_trait::async_trait;
use domain::password::PasswordProblem;
use thiserror::Error;

use crate::fault::Fault;
use crate::session::{Client, DeviceToken, PendingToken, Session, SessionToken};

/// Every answer about an address is the same whether or not it has an account.
#[async_trait]
pub trait Accounts: Send + Sync {
    /// Begins a registration and mails a code; an address that has an account is mailed that
    /// instead.
    async fn register(&self, new: Registration, client: &Client) -> Result<PendingToken, RegisterError>;

    /// The address of a registration that waits for its code.
    async fn register_pending(&self, pending: &PendingToken) -> Result<Option<String>, Fault>;

    /// Mails a new code; the old one is dead.
    async fn register_resend(&self, pending: &PendingToken, client: &Client) -> Result<(), CodeError>;

    /// Creates the account and logs in.
    async fn register_confirm(
        &self,
        pending: &PendingToken,
        code: &str,
        client: &Client,
    ) -> Result<LoggedIn, CodeError>;

    async fn log_in(&self, email: &str, password: &str, language: &str, client: &Client) -> Result<Entry, LogInError>;

    /// The address of a log-in that waits for its code.
    async fn log_in_pending(&self, pending: &PendingToken) -> Result<Option<String>, Fault>;

    /// Mails a new code; the old one is dead.
    async fn log_in_resend(&self, pending: &PendingToken, client: &Client) -> Result<(), CodeError>;

    /// Logs in. From now on the browser is known.
    async fn log_in_confirm(&self, pending: &PendingToken, code: &str, client: &Client) -> Result<LoggedIn, CodeError>;

    /// Ends the session; ending one that has ended is no error.
    async fn log_out(&self, session: &SessionToken) -> Result<(), Fault>;

    /// Ends every session of the account that this one belongs to, and knows no browser any more
    /// but this one. Answers whether the session was alive.
    async fn log_out_everywhere(&self, session: &SessionToken, client: &Client) -> Result<bool, Fault>;

    /// The session, when it is alive. Asking does not extend it.
    async fn session(&self, session: &SessionToken) -> Result<Option<Session>, Fault>;

    /// The same, and counts as activity: the idle time starts anew.
    async fn session_extend(&self, session: &SessionToken) -> Result<Option<Session>, Fault>;

    /// Mails a link for a new password to the address, if it has an account.
    async fn reset_request(&self, email: &str, language: &str, client: &Client) -> Result<(), ResetError>;

    /// Whether the link is still good. Looking does not use it up.
    async fn reset_is_open(&self, token: &str) -> Result<bool, Fault>;

    /// Sets the password, uses the link up and ends every session of the account.
    async fn reset_finish(&self, token: &str, password: &str) -> Result<(), ResetError>;
}

/// What a person enters to register.
#[derive(Clone)]
pub struct Registration {
    pub email: String,
    pub password: String,
    /// BCP 47 tag for the mails.
    pub language: String,
}

#[derive(Clone, Debug)]
pub struct LoggedIn {
    pub session: SessionToken,
    pub device: DeviceToken,
}

/// What a right password leads to.
#[derive(Clone, Debug)]
pub enum Entry {
    LoggedIn(LoggedIn),
    /// So many wrong passwords were tried that in this browser a mailed code is needed too.
    NeedsCode(PendingToken),
}

#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RegisterError {
    #[error("not an e-mail address")]
    NotEmail,
    #[error("the password is refused: {0:?}")]
    Password(PasswordProblem),
    #[error(transparent)]
    Fault(#[from] Fault),
}

#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CodeError {
    /// Wrong; so many tries are left before a new code is needed.
    #[error("wrong code, {tries_left} tries left")]
    Wrong { tries_left: u8 },
    /// Used, too old, tried too often or replaced by a newer one.
    #[error("the code is dead")]
    Dead,
    /// Nothing waits for a code in this browser.
    #[error("nothing waits for a code")]
    NothingWaits,
    #[error(transparent)]
    Fault(#[from] Fault),
}

#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LogInError {
    /// The address or the password is wrong; never said which.
    #[error("wrong address or password")]
    Wrong,
    #[error(transparent)]
    Fault(#[from] Fault),
}

#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ResetError {
    #[error("not an e-mail address")]
    NotEmail,
    #[error("the password is refused: {0:?}")]
    Password(PasswordProblem),
    #[error("the link is dead")]
    Dead,
    #[error(transparent)]
    Fault(#[from] Fault),
}
