//! How long an answer takes says nothing of whether an address has an account. Alone in its
//! program, so that no other test is in the way while the time is taken.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

use std::time::Instant;

use harness::{Site, Start};

#[expect(dead_code, unused_macros, unused_imports, reason = "the other tests use more of it")]
#[path = "http/harness/mod.rs"]
mod harness;

/// Has an account, and is as long as the one without.
const WITH: &str = "with@example.org";
const WITHOUT: &str = "none@example.org";
const PASSWORD: &str = "four words nobody joins";

async fn register(site: &Site) {
    let browser = site.browser();
    browser.post("/register", &[("email", WITH), ("password", PASSWORD)]).await.leads_to();
    let code = site.code_to(WITH).await;
    browser.post("/register/code", &[("code", &code)]).await.leads_to();
}

/// Adds how long 40 interleaved tries take with and without an account, in milliseconds, and
/// answers how far the medians are apart and how far the fastest.
async fn apart(site: &Site, path: &str, password: &str, times: &mut [Vec<f64>; 2]) -> [f64; 2] {
    for round in 0..40 {
        let browser = site.browser();
        // Opens the connection.
        browser.get("/health/live").await;
        let email = [WITH, WITHOUT][round % 2];
        let begun = Instant::now();
        browser.post(path, &[("email", email), ("password", password)]).await;
        times[round % 2].push(begun.elapsed().as_secs_f64() * 1_000.0);
    }
    times.iter_mut().for_each(|times| times.sort_by(f64::total_cmp));
    let middle = times[0].len() / 2;
    [middle, 0].map(|index| (times[0][index] - times[1][index]).abs())
}

/// The pass figure is 5 ms between the medians. Where other work disturbs those, the fastest of
/// more and more tries tell: a hash or a write that is left out would show in them too.
#[tokio::test]
async fn the_time_does_not_tell_whether_an_address_has_an_account() {
    let site = Start::on_sqlite()
        .await
        .with("LODGE_LOG_INS_PER_ACCOUNT", "10000")
        .with("LODGE_TRIES_PER_ADDRESS", "10000")
        .with("LODGE_MAILS_PER_HOUR", "10000")
        .with("LODGE_MAILS_OF_STRANGERS", "10000")
        .go()
        .await;
    register(&site).await;
    let wrong = ("/login", "not the password at all");
    // Once more when a right password would need a code.
    for (path, password) in [wrong, ("/reset", ""), ("/register", PASSWORD), wrong] {
        let mut times = [Vec::new(), Vec::new()];
        let mut rounds = Vec::new();
        while rounds.len() < 6 && !rounds.last().is_some_and(|apart: &[f64; 2]| apart.iter().any(|ms| *ms < 5.0)) {
            rounds.push(apart(&site, path, password, &mut times).await);
        }
        site.database.tamper("UPDATE accounts SET wrong_tries = 100").await.unwrap();
        println!("{path}: {rounds:.1?} ms apart (medians, fastest)");
        assert!(rounds.last().unwrap().iter().any(|ms| *ms < 5.0), "{path}: {rounds:.1?} ms apart");
    }
}
