//! The cookies that the service sets. All are HttpOnly and for this site alone.

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};

/// A cookie by what it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cookie {
    /// Who is logged in; gone when the browser closes.
    Session,
    /// A registration that waits for its code; gone when the browser closes.
    Pending,
    /// A log-in that waits for its code; gone when the browser closes.
    PendingLogIn,
    /// That an account has been used in this browser before.
    Device,
    /// That others use the computer; gone when the browser closes.
    Shared,
}

/// How long a browser remembers that an account was used in it, in seconds: a year.
const DEVICE_SECONDS: u32 = 60 * 60 * 24 * 365;

impl Cookie {
    /// Browsers take the prefix only over TLS, and then only for exactly this host.
    fn name(self, is_https: bool) -> &'static str {
        match (self, is_https) {
            (Self::Session, true) => "__Host-lodge",
            (Self::Session, false) => "lodge",
            (Self::Pending, true) => "__Host-lodge-pending",
            (Self::Pending, false) => "lodge-pending",
            (Self::PendingLogIn, true) => "__Host-lodge-log-in",
            (Self::PendingLogIn, false) => "lodge-log-in",
            (Self::Device, true) => "__Host-lodge-device",
            (Self::Device, false) => "lodge-device",
            (Self::Shared, true) => "__Host-lodge-shared",
            (Self::Shared, false) => "lodge-shared",
        }
    }

    /// The value that the browser sent.
    pub fn read(self, headers: &HeaderMap, is_https: bool) -> Option<String> {
        let name = self.name(is_https);
        let cookies = headers.get_all(COOKIE).iter().filter_map(|header| header.to_str().ok());
        let mut pairs = cookies.flat_map(|header| header.split(';')).filter_map(|pair| pair.trim().split_once('='));
        pairs.find(|(each, _)| *each == name).map(|(_, value)| value.to_owned()).filter(|value| !value.is_empty())
    }

    /// The `Set-Cookie` header that gives it a value; `None` when the value cannot stand in one.
    pub fn set(self, value: &str, is_https: bool) -> Option<HeaderValue> {
        let life = if self == Self::Device { format!("; Max-Age={DEVICE_SECONDS}") } else { String::new() };
        self.header(value, &life, is_https)
    }

    /// The `Set-Cookie` header that takes it away.
    pub fn clear(self, is_https: bool) -> Option<HeaderValue> {
        self.header("", "; Max-Age=0", is_https)
    }

    fn header(self, value: &str, life: &str, is_https: bool) -> Option<HeaderValue> {
        let secure = if is_https { "; Secure" } else { "" };
        let name = self.name(is_https);
        format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{life}").parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn over_tls_the_session_cookie_is_for_this_host_alone() {
        let header = Cookie::Session.set("abc", true).unwrap();
        assert_eq!(header, "__Host-lodge=abc; Path=/; HttpOnly; SameSite=Lax; Secure");
    }

    #[test]
    fn a_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, "other=1; lodge=abc; lodge-device=d".parse().unwrap());
        assert_eq!(Cookie::Session.read(&headers, false).as_deref(), Some("abc"));
        assert_eq!(Cookie::Device.read(&headers, false).as_deref(), Some("d"));
        assert_eq!(Cookie::Pending.read(&headers, false), None);
    }
}
