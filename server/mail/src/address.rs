//! The address of a mail server.

use std::fmt;
use std::str::FromStr;

use ports::is_this_machine;
use thiserror::Error;
use url::Url;

/// Where the mail server is and how the way to it is protected: `smtp://host` (port 25, no TLS
/// unless `?tls=required` or `?tls=opportunistic`) or `smtps://host` (port 465, TLS from the
/// start), with a user name and a password where the server wants them.
#[derive(Clone, PartialEq, Eq)]
pub struct SmtpUrl {
    url: Url,
    pub(crate) encryption: Encryption,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encryption {
    /// In the clear.
    None,
    /// As the server, or whoever answers in its place, likes.
    IfOffered,
    /// By STARTTLS, or no mail is sent.
    Required,
    FromTheStart,
}

/// The text is no address of a mail server. It is not repeated, for it may hold a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("not a URL such as smtp://host:25, smtp://user:password@host:587?tls=required or smtps://user:password@host")]
pub struct NotASmtpUrl;

impl SmtpUrl {
    /// Whether nobody on the way can read what is sent, or stand in for the server: TLS is
    /// insisted on, or there is no way, for the server is on this machine.
    pub fn is_private(&self) -> bool {
        matches!(self.encryption, Encryption::Required | Encryption::FromTheStart) || is_this_machine(self.host())
    }

    pub(crate) fn host(&self) -> &str {
        // Reading it has proved that there is a host.
        self.url.host_str().unwrap_or_default()
    }

    pub(crate) fn as_str(&self) -> &str {
        self.url.as_str()
    }
}

impl FromStr for SmtpUrl {
    type Err = NotASmtpUrl;

    fn from_str(text: &str) -> Result<Self, NotASmtpUrl> {
        let url = Url::parse(text).map_err(|_| NotASmtpUrl)?;
        let tls = url.query_pairs().find(|(name, _)| name == "tls").map(|(_, value)| value.into_owned());
        let encryption = match (url.scheme(), tls.as_deref()) {
            ("smtps", _) => Encryption::FromTheStart,
            ("smtp", Some("required")) => Encryption::Required,
            ("smtp", Some("opportunistic")) => Encryption::IfOffered,
            ("smtp", None) => Encryption::None,
            _ => return Err(NotASmtpUrl),
        };
        let has_host = url.host_str().is_some_and(|host| !host.is_empty());
        has_host.then_some(Self { url, encryption }).ok_or(NotASmtpUrl)
    }
}

/// Without user name and password.
impl fmt::Debug for SmtpUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SmtpUrl({:?} to {})", self.encryption, self.host())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_private(text: &str) -> bool {
        text.parse::<SmtpUrl>().unwrap_or_else(|_| panic!("{text} is an address")).is_private()
    }

    #[test]
    fn the_way_is_private_with_tls_or_within_this_machine() {
        for private in [
            "smtps://mail.example.org",
            "smtps://me:pass@mail.example.org:465",
            "smtp://mail.example.org:587?tls=required",
            "smtp://127.0.0.1:25",
            "smtp://localhost",
            "smtp://me:pass@[::1]:2525?tls=opportunistic",
        ] {
            assert!(is_private(private), "{private}");
        }
        for open in [
            "smtp://mail.example.org",
            "smtp://me:pass@10.0.0.1:25",
            "smtp://mail.example.org?tls=opportunistic",
            "smtp://localhost@mail.example.org",
            "smtp://mail.example.org/?hello=tls=required",
        ] {
            assert!(!is_private(open), "{open}");
        }
    }

    #[test]
    fn what_is_no_address_is_refused_without_repeating_its_password() {
        for wrong in ["ftp://me:hunter2@host", "smtp://", "smtp:25", "relay.example.org", "smtp://host?tls=yes", ""] {
            let error = wrong.parse::<SmtpUrl>().expect_err(wrong);
            assert!(!error.to_string().contains("hunter2"));
        }
        let url: SmtpUrl = "smtps://me:hunter2@host".parse().expect("an address");
        assert!(!format!("{url:?}").contains("hunter2"));
    }
}
