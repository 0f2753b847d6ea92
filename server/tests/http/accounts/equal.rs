//! Whether an address has an account is nobody's business: the same answer in the same time.

use std::time::Instant;

use super::*;
use crate::harness::{Answer, Start, on_both_databases};

/// Has an account in every test, and is as long as the one without.
const WITH: &str = "with@example.org";
const WITHOUT: &str = "none@example.org";

async fn without_limits() -> Start {
    Start::on_sqlite()
        .await
        .with("LODGE_LOG_INS_PER_ACCOUNT", "10000")
        .with("LODGE_TRIES_PER_ADDRESS", "10000")
        .with("LODGE_MAILS_PER_HOUR", "10000")
}

/// All that a stranger sees of an answer, the address and what is random apart.
fn seen(answer: &Answer, email: &str) -> String {
    let mut headers: Vec<String> = answer
        .headers
        .iter()
        .filter(|(name, _)| !["date", "set-cookie"].contains(&name.as_str()))
        .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
        .collect();
    headers.sort();
    let shape = |cookie: String| cookie.split_once('=').map(|(name, rest)| format!("{name}={}", rest.len()));
    let cookies: Vec<_> = cookies(answer).into_iter().filter_map(shape).collect();
    format!("{} {headers:?} {cookies:?} {}", answer.status, answer.text.replace(email, "EMAIL"))
}

on_both_databases! {
    async fn pages_and_statuses_are_the_same_with_and_without_an_account(site: Site) {
        registered(&site, WITH).await;
        let wrong = "not the password at all";
        let mut all = Vec::new();
        for email in [WITH, WITHOUT] {
            let browser = site.browser();
            let mut one = vec![
                browser.post("/login", &[("email", email), ("password", wrong)]).await,
                browser.post("/reset", &[("email", email)]).await,
                browser.get("/reset?sent").await,
                browser.post("/register", &[("email", email), ("password", PASSWORD)]).await,
                browser.get("/register/code").await,
            ];
            for _ in 0..6 {
                one.push(browser.post("/register/code", &[("code", "000000")]).await);
            }
            one.push(browser.post("/register/code", &[("go", "resend")]).await);
            one.push(browser.get("/register/code?resent").await);
            all.push(one.iter().map(|answer| seen(answer, email)).collect::<Vec<_>>());
        }
        assert_eq!(all[0], all[1]);
    }
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
    let site = without_limits().await.go().await;
    registered(&site, WITH).await;
    for (path, password) in [("/login", "not the password at all"), ("/reset", ""), ("/register", PASSWORD)] {
        let mut times = [Vec::new(), Vec::new()];
        let mut rounds = Vec::new();
        while rounds.len() < 6 && !rounds.last().is_some_and(|apart: &[f64; 2]| apart.iter().any(|ms| *ms < 5.0)) {
            rounds.push(apart(&site, path, password, &mut times).await);
        }
        println!("{path}: {rounds:.1?} ms apart (medians, fastest)");
        assert!(rounds.last().unwrap().iter().any(|ms| *ms < 5.0), "{path}: {rounds:.1?} ms apart");
    }
}
