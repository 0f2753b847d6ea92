//! The connection to the mail server.

use std::error::Error as _;
use std::io;
use std::time::Duration;

use async_trait::async_trait;
use lettre::transport::smtp::client::{Certificate, CertificateStore, Tls, TlsParameters};
use lettre::transport::smtp::{Error, PoolConfig};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use ports::{Email, Mailer, SendError};
use thiserror::Error;

use crate::address::{Encryption, SmtpUrl};
use crate::compose::{Sender, compose};

/// Sends mail over SMTP, keeping a few connections open.
pub struct SmtpMailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Sender,
    timeout: Duration,
}

/// Why no mailer could be made.
#[derive(Debug, Error)]
pub enum MailerError {
    #[error("the address of the mail server cannot be used")]
    Address(#[source] Error),
    #[error("expected certificates in PEM, as between BEGIN CERTIFICATE and END CERTIFICATE")]
    NoCertificate,
    #[error("the certificates cannot be used")]
    Certificates(#[source] Error),
}

impl SmtpMailer {
    /// Must be called, and dropped, inside a Tokio runtime, in which it keeps its connections.
    /// With `authority`, certificates in PEM, the mail server has to show a certificate of that
    /// authority instead of a public one's. A mail is given up when it has not been taken within
    /// `timeout`.
    ///
    /// # Errors
    /// When `authority` holds no certificate, or lettre does not take the address.
    pub fn new(url: &SmtpUrl, authority: Option<&[u8]>, from: Sender, timeout: Duration) -> Result<Self, MailerError> {
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.as_str()).map_err(MailerError::Address)?;
        if let Some(authority) = authority {
            builder = builder.tls(tls(url, authority)?);
        }
        let transport = builder.timeout(Some(timeout)).pool_config(PoolConfig::new().max_size(4)).build();
        Ok(Self { transport, from, timeout })
    }
}

/// TLS as the address wants it, trusting `authority` alone.
fn tls(url: &SmtpUrl, authority: &[u8]) -> Result<Tls, MailerError> {
    const BEGIN: &[u8] = b"-----BEGIN CERTIFICATE-----";
    // A text without any would otherwise be taken for no certificates at all.
    if !authority.windows(BEGIN.len()).any(|part| part == BEGIN) {
        return Err(MailerError::NoCertificate);
    }
    let trusted = Certificate::from_pem(authority).map_err(MailerError::Certificates)?;
    let parameters = TlsParameters::builder(url.host().to_owned())
        .certificate_store(CertificateStore::None)
        .add_root_certificate(trusted)
        .build()
        .map_err(MailerError::Certificates)?;
    Ok(match url.encryption {
        Encryption::None => Tls::None,
        Encryption::IfOffered => Tls::Opportunistic(parameters),
        Encryption::Required => Tls::Required(parameters),
        Encryption::FromTheStart => Tls::Wrapper(parameters),
    })
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
        None if error.is_client() => "the mail server lacks what is needed, such as TLS or a way to log in".to_owned(),
        None => broken(error),
    };
    SendError { is_permanent: code.is_some_and(is_about_the_mail), cause }
}

/// Why there is no connection. A certificate that is not trusted is invalid data to lettre.
fn broken(error: &Error) -> String {
    let cause = io_cause(error);
    match cause {
        Some(cause) if error.is_tls() || cause.kind() == io::ErrorKind::InvalidData => {
            format!("no trusted TLS connection to the mail server: {cause}")
        }
        Some(cause) => format!("no connection to the mail server: {}", cause.kind()),
        None if error.is_tls() => "no trusted TLS connection to the mail server".to_owned(),
        None => "no connection to the mail server".to_owned(),
    }
}

/// The failure of the connection that an error comes from.
fn io_cause(error: &Error) -> Option<&io::Error> {
    let mut next = error.source();
    while let Some(cause) = next {
        if let Some(found) = cause.downcast_ref() {
            return Some(found);
        }
        next = cause.source();
    }
    None
}

/// A permanent refusal (RFC 5321, 4.2.1) of this mail or address, not of our user name, our TLS
/// or our commands (500 to 504, 521, and 53x of RFC 4954): those the operator can mend.
fn is_about_the_mail(code: u16) -> bool {
    (540..600).contains(&code)
}
