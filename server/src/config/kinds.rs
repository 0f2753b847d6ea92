//! The kinds of values that settings have.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::time::Duration;

use axum::http::Uri;
use ipnet::IpNet;
use jiff::tz::TimeZone;
use mail::{Sender, SmtpUrl};
use ports::is_this_machine;

/// A kind of value: how to read it, and how to say what it looks like.
pub trait Kind: Sized {
    /// Completes "expected …".
    const EXPECTS: &'static str;
    const IS_SECRET: bool = false;

    /// `None` when `text` is not such a value.
    fn parse(text: &str) -> Option<Self>;
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    Demo,
    Production,
}

impl Kind for Mode {
    const EXPECTS: &'static str = "`demo` or `production`";

    fn parse(text: &str) -> Option<Self> {
        match text {
            "demo" => Some(Self::Demo),
            "production" => Some(Self::Production),
            _ => None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    Text,
    Json,
}

impl Kind for LogFormat {
    const EXPECTS: &'static str = "`text` or `json`";

    fn parse(text: &str) -> Option<Self> {
        match text {
            "text" => Some(Self::Text),
            "json" => Some(Self::Json),
            _ => None,
        }
    }
}

/// The origin under which people reach the service: scheme, host and perhaps a port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl(String);

impl PublicUrl {
    /// Without a slash at the end: `https://apply.example.org`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }

    /// Without the port.
    pub fn host(&self) -> &str {
        // Reading it has proved that there is a host.
        let authority = self.0.split_once("://").map_or("", |(_, rest)| rest);
        let end = authority.rfind(':').filter(|at| !authority[*at..].contains(']')).unwrap_or(authority.len());
        &authority[..end]
    }

    /// Whether it leads to this machine only.
    pub fn is_loopback(&self) -> bool {
        is_this_machine(self.host())
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Kind for PublicUrl {
    const EXPECTS: &'static str = "an address without a path, such as `https://apply.example.org`";

    fn parse(text: &str) -> Option<Self> {
        let uri: Uri = text.parse().ok()?;
        let authority = uri.authority()?.as_str();
        let scheme = uri.scheme_str().filter(|scheme| matches!(*scheme, "http" | "https"))?;
        let is_bare = uri.path_and_query().is_none_or(|rest| rest.as_str() == "/");
        // Browsers leave the usual port out of `Origin`.
        let usual = if scheme == "https" { ":443" } else { ":80" };
        let authority = authority.strip_suffix(usual).unwrap_or(authority).to_ascii_lowercase();
        let has_host = !authority.is_empty() && !authority.starts_with(':');
        (is_bare && has_host && !authority.contains('@')).then(|| Self(format!("{scheme}://{authority}")))
    }
}

/// A value that holds a password; never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Kind for Secret {
    const EXPECTS: &'static str = "an address";
    const IS_SECRET: bool = true;

    fn parse(text: &str) -> Option<Self> {
        text.contains(':').then(|| Self(text.to_owned()))
    }
}

/// A number of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bytes(pub usize);

impl Kind for Bytes {
    const EXPECTS: &'static str = "a size such as `512KiB` or `1MiB`";

    fn parse(text: &str) -> Option<Self> {
        let units = [("KiB", 1 << 10), ("MiB", 1 << 20), ("B", 1), ("", 1)];
        let (number, unit) = units.into_iter().find_map(|(name, size)| Some((text.strip_suffix(name)?, size)))?;
        number.trim_end().parse::<usize>().ok()?.checked_mul(unit).filter(|bytes| *bytes > 0).map(Self)
    }
}

/// A time zone of the IANA database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone(pub TimeZone);

impl Kind for Zone {
    const EXPECTS: &'static str = "a time zone such as `Europe/Stockholm`";

    fn parse(text: &str) -> Option<Self> {
        TimeZone::get(text).ok().map(Self)
    }
}

impl Kind for Duration {
    const EXPECTS: &'static str = "a length of time such as `90s`, `30m` or `12h`";

    fn parse(text: &str) -> Option<Self> {
        humantime::parse_duration(text).ok().filter(|length| !length.is_zero())
    }
}

impl Kind for NonZeroU32 {
    const EXPECTS: &'static str = "a whole number of at least 1";

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl Kind for SocketAddr {
    const EXPECTS: &'static str = "an address and a port such as `127.0.0.1:3000` or `[::]:3000`";

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl Kind for PathBuf {
    const EXPECTS: &'static str = "a directory";

    fn parse(text: &str) -> Option<Self> {
        (!text.is_empty()).then(|| text.into())
    }
}

impl Kind for Sender {
    const EXPECTS: &'static str = "an e-mail address, with or without a name: `Lodge <lodge@example.org>`";

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl Kind for SmtpUrl {
    const EXPECTS: &'static str =
        "an address such as `smtps://user:password@host` or `smtp://user:password@host:587?tls=required`";
    const IS_SECRET: bool = true;

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

/// The path of a file of certificates in PEM.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PemFile(pub PathBuf);

impl Kind for PemFile {
    const EXPECTS: &'static str = "the path of a file of certificates in PEM";

    fn parse(text: &str) -> Option<Self> {
        (!text.is_empty()).then(|| Self(text.into()))
    }
}

impl Kind for String {
    const EXPECTS: &'static str = "a text";

    fn parse(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }
}

impl Kind for Vec<IpNet> {
    const EXPECTS: &'static str = "addresses or networks separated by commas, such as `10.0.0.0/8, ::1`";

    fn parse(text: &str) -> Option<Self> {
        let one = |text: &str| text.parse().ok().or_else(|| Some(IpNet::from(text.parse::<IpAddr>().ok()?)));
        text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(one).collect()
    }
}

/// An empty value is none.
impl<K: Kind> Kind for Option<K> {
    const EXPECTS: &'static str = K::EXPECTS;
    const IS_SECRET: bool = K::IS_SECRET;

    fn parse(text: &str) -> Option<Self> {
        if text.is_empty() { Some(None) } else { K::parse(text).map(Some) }
    }
}
