//! Who is asking.

use std::fmt;
use std::net::IpAddr;

use domain::ids::AccountId;
use jiff::Timestamp;

/// The secret in the session cookie, as sent by the browser: 256 random bits in base64url.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionToken(pub String);

/// The secret that binds a registration, or a log-in that needs a code, to the browser that began it.
#[derive(Clone, PartialEq, Eq)]
pub struct PendingToken(pub String);

/// The secret that tells a browser in which the account has been used before.
#[derive(Clone, PartialEq, Eq)]
pub struct DeviceToken(pub String);

/// A session that is alive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub account: AccountId,
    pub email: String,
    /// BCP 47 tag of the language in which mail is sent.
    pub language: String,
    /// When it ends if nothing is done until then.
    pub idle_end: Timestamp,
    /// When it ends in any case.
    pub absolute_end: Timestamp,
    /// When the time of the page that was opened last, in whichever window, is up.
    pub page_end: Timestamp,
}

/// Where a request comes from, and what the browser says of itself.
#[derive(Clone, Debug)]
pub struct Client {
    pub address: IpAddr,
    /// Anybody may have put it there: it counts only where we have given it out.
    pub device: Option<DeviceToken>,
    /// The session that the browser has; it ends when another begins.
    pub session: Option<SessionToken>,
}

/// Secrets are never written to a log.
macro_rules! hide {
    ($($name:ident),*) => {
        $(impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        })*
    };
}

hide!(SessionToken, PendingToken, DeviceToken);
