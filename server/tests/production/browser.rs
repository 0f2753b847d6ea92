//! A browser over TLS, as far as HTTP goes. It trusts one authority, takes `__Host-` cookies and no
//! others, says where a form comes from, and follows no redirect by itself.
//!
//! The other tests' browser knows no TLS: its library would want every test to choose a provider of
//! cryptography first.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Mutex;

use axum::body::Body;
use axum::http::header::{ACCEPT, CONTENT_TYPE, COOKIE, HOST, LOCATION, ORIGIN, SET_COOKIE};
use axum::http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use ports::testing::Authority;
use tokio::net::TcpSocket;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;
use url::form_urlencoded::Serializer;

use crate::tls::connector;

pub const HOST_NAME: &str = "apply.example.org";

pub struct Browser {
    connector: TlsConnector,
    port: u16,
    address: Ipv4Addr,
    /// What a liar writes into `X-Forwarded-For`.
    pub forged: Option<&'static str>,
    cookies: Mutex<BTreeMap<String, String>>,
}

/// A response, read to its end.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Browser {
    /// Comes from `address`, one of the loopback's, and goes to `port`.
    pub fn new(authority: &Authority, port: u16, address: Ipv4Addr) -> Self {
        Self { connector: connector(authority), port, address, forged: None, cookies: Mutex::default() }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request("GET", path).body(Body::empty()).unwrap()).await
    }

    /// Posts a form, as from one of our own pages.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let form = Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = self.request("POST", path).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        let request = request.header(ORIGIN, format!("https://{HOST_NAME}:{}", self.port));
        self.send(request.body(Body::from(form)).unwrap()).await
    }

    /// The value of a cookie that the browser holds.
    pub fn cookie(&self, name: &str) -> String {
        self.cookies.lock().unwrap().get(name).cloned().unwrap_or_default()
    }

    fn request(&self, method: &str, path: &str) -> axum::http::request::Builder {
        let cookies: Vec<_> =
            self.cookies.lock().unwrap().iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut request = Request::builder().method(method).uri(path).header(ACCEPT, "text/html,*/*;q=0.8");
        request = request.header(HOST, format!("{HOST_NAME}:{}", self.port)).header(COOKIE, cookies.join("; "));
        match self.forged {
            Some(address) => request.header("x-forwarded-for", address),
            None => request,
        }
    }

    async fn send(&self, request: Request<Body>) -> Answer {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind(SocketAddr::from((self.address, 0))).unwrap();
        let stream = socket.connect(SocketAddr::from((Ipv4Addr::LOCALHOST, self.port))).await.unwrap();
        let stream = self.connector.connect(ServerName::try_from(HOST_NAME).unwrap(), stream).await.unwrap();
        let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.unwrap();
        tokio::spawn(connection);
        let (head, body) = sender.send_request(request).await.unwrap().into_parts();
        for cookie in head.headers.get_all(SET_COOKIE) {
            self.keep(cookie.to_str().unwrap());
        }
        let text = String::from_utf8(body.collect().await.unwrap().to_bytes().to_vec()).unwrap();
        Answer { status: head.status, headers: head.headers, text }
    }

    /// As browsers take them (RFC 6265bis, 4.1.3.2).
    fn keep(&self, cookie: &str) {
        let (pair, attributes) = cookie.split_once(';').expect(cookie);
        let has = |wanted: &str| attributes.split(';').any(|each| each.trim().eq_ignore_ascii_case(wanted));
        let is_host_only = !attributes.to_ascii_lowercase().contains("domain=");
        assert!(pair.starts_with("__Host-") && has("Secure") && has("Path=/") && is_host_only, "{cookie}");
        assert!(has("HttpOnly") && has("SameSite=Lax"), "{cookie}");
        let (name, value) = pair.split_once('=').expect(cookie);
        let mut cookies = self.cookies.lock().unwrap();
        match has("Max-Age=0") {
            true => drop(cookies.remove(name)),
            false => drop(cookies.insert(name.to_owned(), value.to_owned())),
        }
    }
}

impl Answer {
    /// Asserts a 303 and answers where it leads.
    pub fn leads_to(&self) -> &str {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.text);
        self.header(LOCATION.as_str())
    }

    /// The header's value; empty when it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}
