//! Whether an address has an account is nobody's business: the same answer. That it takes the same
//! time is tested in a program of its own, `timing`.

use super::*;
use crate::harness::{Answer, on_both_databases};

/// Has an account in every test, and is as long as the one without.
const WITH: &str = "with@example.org";
const WITHOUT: &str = "none@example.org";

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
        all_is_equal(&site).await;
    }

    async fn nor_do_they_tell_that_a_right_password_would_need_a_code(site: Site) {
        registered(&site, WITH).await;
        site.database.tamper("UPDATE accounts SET wrong_tries = 100").await.unwrap();
        all_is_equal(&site).await;
    }
}

async fn all_is_equal(site: &Site) {
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
