//! Many people at once, and what is written down of each.

use std::io::Write;
use std::sync::{Arc, Mutex};
use std::time::Instant;

use tokio::task::JoinSet;

use super::*;
use crate::harness::Start;

#[tokio::test]
async fn a_flood_of_log_ins_is_asked_to_come_back_and_other_pages_stay_quick() {
    let site = Start::on_sqlite()
        .await
        .with("LODGE_LOG_INS_PER_ACCOUNT", "1000")
        .with("LODGE_TRIES_PER_ADDRESS", "1000")
        .with("LODGE_HASHING_PLACES", "1")
        .with("LODGE_HASHING_QUEUE", "4")
        .go()
        .await;
    let mut log_ins = JoinSet::new();
    for _ in 0..40 {
        let browser = site.browser();
        log_ins.spawn(async move {
            browser.post("/login", &[("email", ANA), ("password", "not the password at all")]).await
        });
    }
    let begun = Instant::now();
    assert_eq!(site.browser().get("/").await.status, 200);
    assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
    let answers = log_ins.join_all().await;
    let (served, refused): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == 401);
    assert!(served.len() >= 5 && !refused.is_empty(), "{} served, {} refused", served.len(), refused.len());
    for answer in refused {
        assert_eq!((answer.status.as_u16(), answer.header("retry-after")), (503, "3"));
        assert!(answer.text.contains(r#"role="alert""#) && answer.text.contains(&format!(r#"value="{ANA}""#)));
    }
}

/// Everything that is logged from now on, by the other tests of the process too.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn no_address_password_code_link_or_cookie_is_in_the_log() {
    let log = Log::default();
    let writer = log.clone();
    tracing_subscriber::fmt()
        .with_env_filter("info,server=debug,flows=debug,storage=debug,mail=debug")
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .init();

    let site = Site::start().await;
    let browser = site.browser();
    let begun = browser.post("/register", &[("email", ANA), ("password", PASSWORD)]).await;
    let code = site.code_to(ANA).await;
    let entered = browser.post("/register/code", &[("code", &code)]).await;
    browser.post("/login", &[("email", ANA), ("password", "a canary of a password")]).await;
    browser.post("/reset", &[("email", ANA)]).await;
    let link = site.link_to(ANA).await;
    browser.get(&link).await;
    browser.post(&link, &[("password", "another canary of one")]).await.leads_to();

    let written = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(written.contains("http.route=\"/reset/{token}\""), "requests are logged");
    let token = link.rsplit('/').next().unwrap().to_owned();
    let mut canaries = vec![ANA.to_owned(), PASSWORD.to_owned(), "canary".to_owned(), code, token];
    for cookie in cookies(&begun).into_iter().chain(cookies(&entered)) {
        let value = cookie.split(['=', ';']).nth(1).unwrap_or_default().to_owned();
        canaries.extend(Some(value).filter(|value| !value.is_empty()));
    }
    assert!(canaries.len() >= 8, "{}", canaries.len());
    for canary in canaries {
        assert!(!written.contains(&canary), "{canary} is in the log");
    }
}
