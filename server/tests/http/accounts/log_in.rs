use reqwest::StatusCode;

use super::*;
use crate::harness::{Answer, Start, on_both_databases};

const LOG_IN: [(&str, &str); 2] = [("email", ANA), ("password", PASSWORD)];
const WRONG: [(&str, &str); 2] = [("email", ANA), ("password", "not the password at all")];

/// A post as from another address, beyond a trusted proxy.
async fn post_from(browser: &Browser, site: &Site, address: &str, fields: &[(&str, &str)]) -> Answer {
    let request = browser.request("POST", "/login").header("origin", &site.url).header("x-forwarded-for", address);
    browser.send(request.form(fields)).await
}

async fn behind_a_proxy() -> Site {
    Start::on_sqlite().await.with("LODGE_TRUSTED_PROXIES", "127.0.0.1").go().await
}

on_both_databases! {
    async fn a_person_logs_in_and_out(site: Site) {
        registered(&site, ANA).await;
        let browser = site.browser();
        assert_eq!(browser.post("/login", &LOG_IN).await.leads_to(), "/my");
        assert_eq!(browser.get("/my").await.status, 200);
        assert_eq!(browser.get("/login").await.leads_to(), "/my", "who is logged in has nothing to do there");
        assert_eq!(browser.get("/register").await.leads_to(), "/my");

        let out = browser.post("/logout", &[]).await;
        assert_eq!(out.leads_to(), "/login?after=logout");
        assert!(cookies(&out)[0].starts_with("lodge=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"), "{out:?}");
        assert!(browser.get("/login?after=logout").await.text.contains("You have logged out"));
        assert!(browser.get("/my").await.leads_to().starts_with("/login"));
    }

    async fn a_wrong_password_says_neither_what_is_wrong_nor_the_password(site: Site) {
        registered(&site, ANA).await;
        let answer = site.browser().post("/login", &WRONG).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        assert!(answer.text.contains(r#"role="alert""#) && answer.text.contains(r#"aria-invalid="true""#));
        assert!(answer.text.contains(&format!(r#"value="{ANA}""#)) && !answer.text.contains("not the password at all"));
        assert!(cookies(&answer).is_empty());
    }
}

#[tokio::test]
async fn the_terms_and_the_ways_out_are_on_the_page() {
    let site = Site::start().await;
    let page = site.browser().get("/login").await.text;
    for part in [
        "terms of use",
        r#"href="/reset""#,
        r#"href="/register""#,
        "cannot tell anyone",
        r#"autocomplete="current-password""#,
    ] {
        assert!(page.contains(part), "{part}");
    }
}

#[tokio::test]
async fn the_page_that_was_asked_for_comes_after_log_in() {
    let site = Site::start().await;
    registered(&site, ANA).await;
    let browser = site.browser();
    let log_in = browser.get("/sv/my").await.leads_to().to_owned();
    assert_eq!(log_in, "/sv/login?next=/sv/my");
    assert!(browser.get(&log_in).await.text.contains(r#"name="next" value="/sv/my""#));
    let wrong = [WRONG[0], WRONG[1], ("next", "/sv/my")];
    assert!(browser.post("/sv/login", &wrong).await.text.contains(r#"name="next" value="/sv/my""#));
    let right = [LOG_IN[0], LOG_IN[1], ("next", "/sv/my")];
    assert_eq!(browser.post("/sv/login", &right).await.leads_to(), "/sv/my");
}

#[tokio::test]
async fn nobody_is_sent_to_another_site() {
    let site = Site::start().await;
    registered(&site, ANA).await;
    for next in ["//evil.example", "https://evil.example", "/\\evil.example", "/login", "/my?x=1", "\r\nx: y"] {
        let browser = site.browser();
        let page = browser.get(&format!("/login?next={}", next.replace(['\r', '\n', ' '], ""))).await;
        assert!(!page.text.contains("evil.example"), "{next:?}");
        let entered = browser.post("/login", &[LOG_IN[0], LOG_IN[1], ("next", next)]).await;
        assert_eq!(entered.leads_to(), "/my", "{next:?}");
        site.advance(MINUTE);
    }
}

#[tokio::test]
async fn log_in_gives_a_new_session_and_ends_the_old_one() {
    let site = Site::start().await;
    let browser = registered(&site, ANA).await;
    let first = cookies(&browser.post("/login", &LOG_IN).await)[0].split(';').next().unwrap().to_owned();
    let second = cookies(&browser.post("/login", &LOG_IN).await)[0].split(';').next().unwrap().to_owned();
    assert_ne!(first, second);
    assert_eq!(site.database.number("SELECT count(*) FROM sessions").await, 1);
    let other = site.browser();
    let with_first = other.send(other.request("GET", "/my").header("cookie", first)).await;
    assert!(with_first.leads_to().starts_with("/login"));
    assert_eq!(browser.get("/my").await.status, 200);
}

#[tokio::test]
async fn a_planted_session_is_never_taken_over() {
    let site = Site::start().await;
    registered(&site, ANA).await;
    let planted = format!("lodge={}", "A".repeat(43));
    let browser = site.browser();
    let request = browser.request("POST", "/login").header("origin", &site.url).header("cookie", &planted);
    let entered = browser.send(request.form(&LOG_IN)).await;
    assert!(!cookies(&entered)[0].starts_with(&planted));
    let attacker = site.browser();
    assert!(
        attacker.send(attacker.request("GET", "/my").header("cookie", planted)).await.leads_to().starts_with("/login")
    );
}

#[tokio::test]
async fn who_was_logged_out_by_the_clock_is_told_so() {
    let site = Site::start().await;
    let browser = registered(&site, ANA).await;
    site.advance(31 * MINUTE);
    let log_in = browser.get("/my").await.leads_to().to_owned();
    let page = browser.get(&log_in).await.text;
    assert!(page.contains("because you were inactive") && page.contains(r#"value="/my""#), "{page}");
}

#[tokio::test]
async fn a_sixth_log_in_in_a_minute_has_to_wait() {
    let site = behind_a_proxy().await;
    registered(&site, ANA).await;
    let browser = site.browser();
    for _ in 0..5 {
        assert_eq!(post_from(&browser, &site, "192.0.2.7", &WRONG).await.status, 401);
    }
    let refused = post_from(&browser, &site, "192.0.2.7", &LOG_IN).await;
    assert_eq!(refused.status, 429);
    assert_eq!(refused.header("retry-after"), "12");
    assert!(refused.text.contains(r#"role="alert""#) && refused.text.contains(&format!(r#"value="{ANA}""#)));
    assert_eq!(post_from(&browser, &site, "192.0.2.8", &LOG_IN).await.leads_to(), "/my");
    site.advance(MINUTE);
    assert_eq!(post_from(&browser, &site, "192.0.2.7", &LOG_IN).await.leads_to(), "/my");
}

#[tokio::test]
async fn a_twenty_first_log_in_from_one_address_has_to_wait_whoever_it_is() {
    let site = behind_a_proxy().await;
    let browser = site.browser();
    for person in 0..20 {
        let email = format!("person{person}@example.org");
        let fields = [("email", email.as_str()), WRONG[1]];
        assert_eq!(post_from(&browser, &site, "192.0.2.7", &fields).await.status, 401);
    }
    assert_eq!(post_from(&browser, &site, "192.0.2.7", &WRONG).await.status, 429);
}

#[tokio::test]
async fn a_device_that_somebody_planted_is_not_known_after_the_log_in() {
    let site = Site::start().await;
    registered(&site, ANA).await;
    let attacker = registered(&site, "bo@example.org").await;
    let of_attacker = cookies(&attacker.post("/login", &[("email", "bo@example.org"), LOG_IN[1]]).await);
    let of_attacker = of_attacker.iter().find(|cookie| cookie.starts_with("lodge-device=")).unwrap();
    for planted in [of_attacker.split(';').next().unwrap(), &format!("lodge-device={}", "A".repeat(43))] {
        let browser = site.browser();
        let request = browser.request("POST", "/login").header("origin", &site.url).header("cookie", planted);
        let entered = cookies(&browser.send(request.form(&LOG_IN)).await);
        let given = entered.iter().find(|cookie| cookie.starts_with("lodge-device=")).unwrap();
        assert!(!given.starts_with(planted), "{given}");
    }
}

on_both_databases! {
    async fn logging_out_everywhere_ends_the_sessions_of_every_browser(site: Site) {
        let here = registered(&site, ANA).await;
        let there = site.browser();
        there.post("/login", &LOG_IN).await.leads_to();
        let stranger = registered(&site, "bo@example.org").await;
        for (prefix, words) in [("", "Log out everywhere"), ("/sv", "Logga ut överallt"), ("/ar", "تسجيل الخروج من كل مكان")] {
            let page = here.get(&format!("{prefix}/my")).await.text;
            assert!(page.contains(words) && page.contains(&format!(r#"action="{prefix}/logout/everywhere""#)), "{page}");
        }
        let out = here.post("/logout/everywhere", &[]).await;
        assert_eq!(out.leads_to(), "/login?after=logout-everywhere");
        assert!(cookies(&out)[0].starts_with("lodge=;"), "{out:?}");
        let page = here.get("/login?after=logout-everywhere").await.text;
        assert!(page.contains(r#"role="status""#) && page.contains("logged out in every browser"));
        for browser in [&here, &there] {
            assert!(browser.get("/my").await.leads_to().starts_with("/login"));
        }
        assert_eq!(stranger.get("/my").await.status, 200);
        assert!(there.post("/logout/everywhere", &[]).await.leads_to().starts_with("/login"));
        assert!(site.browser().post("/logout/everywhere", &[]).await.leads_to().starts_with("/login"));
    }
}
