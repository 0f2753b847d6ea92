//! The connection to the mail server.

use std::time::Duration;

use async_trait::async_trait;
use lettre::transport::smtp::{Error, PoolConfig};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use ports::{Email, Mailer, SendError};
use thiserror::Error;

use crate::compose::{Sender, compose};

/// Sends mail over SMTP, keeping a few connections open.
pub struct SmtpMailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Sender,
    timeout: Duration,
}

/// The URL cannot be used. Does not repeat the URL, for it holds a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("not a URL such as smtp://host:25, smtp://user:password@host:587?tls=required or smtps://user:password@host")]
pub struct NotASmtpUrl;

impl SmtpMailer {
    /// `url` is `smtp://` (port 25, no TLS unless `?tls=required` or `?tls=opportunistic`) or
    /// `smtps://` (port 465, TLS from the start), with a user name and a password where the
    /// server wants them. A mail is given up when it has not been taken within `timeout`.
    pub fn new(url: &str, from: Sender, timeout: Duration) -> Result<Self, NotASmtpUrl> {
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(|_| NotASmtpUrl)?;
        let transport = builder.timeout(Some(timeout)).pool_config(PoolConfig::new().max_size(4)).build();
        Ok(Self { transport, from, timeout })
    }
}

#[async_trait]
impl Mailer for SmtpMailer {
    async fn send(&self, email: &Email) -> Result<(), SendError> {
        let message = compose(email, &self.from)?;
        // The transport's own limit is for connecting alone.
        match tokio::time::timeout(self.timeout, self.transport.send(message)).await {
            Ok(sent) => sent.map(drop).map_err(|error| refusal(&error)),
            Err(_) => Err(SendError { is_permanent: false, cause: TOO_SLOW.to_owned() }),
        }
    }
}

const TOO_SLOW: &str = "the mail server did not answer in time";

/// The server's own words may repeat the address, so only its code is kept.
fn refusal(error: &Error) -> SendError {
    let code = error.status().map(u16::from);
    let cause = match code {
        Some(code) => format!("the mail server answered {code}"),
        None if error.is_timeout() => TOO_SLOW.to_owned(),
        None if error.is_tls() => "no trusted TLS connection to the mail server".to_owned(),
        None => "no connection to the mail server".to_owned(),
    };
    SendError { is_permanent: code.is_some_and(is_about_the_mail), cause }
}

/// A permanent refusal (RFC 5321, 4.2.1) of this mail or address, not of our user name, our TLS
/// or our commands (500 to 504, 521, and 53x of RFC 4954): those the operator can mend.
fn is_about_the_mail(code: u16) -> bool {
    (540..600).contains(&code)
}
