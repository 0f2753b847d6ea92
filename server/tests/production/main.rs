//! A first night in production: the program as the README deploys it, word for word, behind the
//! proxy of `docs/operating.md`, with a mail server and a database that are reached over TLS.
//!
//! Only ports, hosts and folders are replaced. Whoever changes the README or the program so that
//! the one no longer starts the other, finds out here.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

mod browser;
mod deployment;
#[path = "../http/harness/dist.rs"]
mod dist;
mod documents;
mod journey;
mod mail_server;
mod proxy;
mod tls;
#[path = "../http/harness/visit_visa.rs"]
mod visit_visa;
