//! The program itself under attack: killed, its clock moved, its disk filled, its database taken
//! away. Each test says what must still be there afterwards.
//!
//! `LODGE_TORTURE=200` kills the server so many times; without it, a few times. These are slow, so
//! `./lodge.sh torture` runs them long, and `./lodge.sh test` short.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

#[path = "../http/harness/browser.rs"]
mod browser;
mod clock;
#[path = "../http/harness/dist.rs"]
mod dist;
mod faults;
mod kill;
mod lodge;
mod person;
#[path = "../http/harness/visit_visa.rs"]
mod visit_visa;

/// How often the server is killed.
fn times() -> usize {
    std::env::var("LODGE_TORTURE").ok().and_then(|times| times.parse().ok()).unwrap_or(6)
}
