use super::*;
use crate::harness::{Start, on_both_databases};

on_both_databases! {
    async fn every_page_that_is_opened_keeps_the_session_alive(site: Site) {
        let browser = registered(&site, ANA).await;
        for path in ["/my", "/", "/sv", "/services/visit-visa", "/my"] {
            site.advance(20 * MINUTE);
            assert_eq!(browser.get(path).await.status, 200, "{path}");
        }
        assert_eq!(browser.get("/my").await.status, 200);
        site.advance(30 * MINUTE);
        assert!(browser.get("/my").await.leads_to().starts_with("/login"));
    }
}

#[tokio::test]
async fn after_twelve_hours_a_session_ends_whatever_is_done() {
    let site = Site::start().await;
    let browser = registered(&site, ANA).await;
    for _ in 0..35 {
        site.advance(20 * MINUTE);
        assert_eq!(browser.get("/my").await.status, 200);
    }
    site.advance(20 * MINUTE);
    assert!(browser.get("/my").await.leads_to().starts_with("/login"));
}

#[tokio::test]
async fn over_tls_cookies_are_for_this_host_alone() {
    let site = Start::on_sqlite().await.with("LODGE_PUBLIC_URL", "https://apply.example.org").go().await;
    let browser = site.browser();
    let request = browser.request("POST", "/register").header("origin", "https://apply.example.org");
    let begun = browser.send(request.form(&[("email", ANA), ("password", PASSWORD)])).await;
    let cookie = &cookies(&begun)[0];
    assert!(cookie.starts_with("__Host-lodge-pending="), "{cookie}");
    assert!(cookie.ends_with("; Path=/; HttpOnly; SameSite=Lax; Secure"), "{cookie}");
}
