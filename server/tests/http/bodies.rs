//! Bodies are read when somebody wants them, within one budget.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::harness::{Answer, Site, Start};

/// A connection on which a body of `length` bytes is announced and only `sent` of them have come.
async fn slow(site: &Site, path: &str, from: &str, length: usize, sent: usize) -> TcpStream {
    let mut stream = TcpStream::connect(site.host()).await.unwrap();
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: a\r\nOrigin: {}\r\nX-Forwarded-For: {from}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n\r\n",
        site.url
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all("x".repeat(sent).as_bytes()).await.unwrap();
    stream
}

/// The first line of the answer.
async fn heard(mut stream: TcpStream) -> String {
    let mut answer = vec![0; 256];
    let reading = timeout(Duration::from_secs(10), stream.read(&mut answer));
    let length = reading.await.expect("an answer, though the body has not come").unwrap_or(0);
    String::from_utf8_lossy(&answer[..length]).lines().next().unwrap_or_default().to_owned()
}

async fn post(site: &Site, from: &str, length: usize) -> Answer {
    let browser = site.browser();
    let text = "x".repeat(length);
    browser.send(browser.form("/login", &[("email", &text)]).header("x-forwarded-for", from)).await
}

#[tokio::test]
async fn what_is_not_there_and_what_takes_no_form_is_answered_without_waiting_for_a_body() {
    let site = Site::start().await;
    for (path, status) in [("/no-such-page", "404"), ("/terms/x", "404"), ("/my", "405"), ("/", "405")] {
        let answer = heard(slow(&site, path, "192.0.2.1", 1000, 2).await).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{path}: {answer}");
    }
}

#[tokio::test]
async fn many_slow_bodies_do_not_slow_others() {
    let site = Start::on_sqlite().await.with("LODGE_REQUESTS_AT_ONCE", "2").go().await;
    let mut held = Vec::new();
    for _ in 0..200 {
        held.push(slow(&site, "/login", "192.0.2.1", 1000, 2).await);
    }
    tokio::time::sleep(Duration::from_millis(200)).await;
    let begun = std::time::Instant::now();
    assert_eq!(site.browser().get("/login").await.status, 200);
    assert_eq!(post(&site, "192.0.2.1", 10).await.status, 401);
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn bodies_that_come_slowly_from_one_address_leave_room_for_others() {
    let site = Start::on_sqlite()
        .await
        .with("LODGE_TRUSTED_PROXIES", "127.0.0.1")
        .with("LODGE_BODY_LIMIT", "64KiB")
        .with("LODGE_BODY_BUDGET_PER_ADDRESS", "64KiB")
        .with("LODGE_BODY_BUDGET", "128KiB")
        .with("LODGE_REQUEST_WAIT", "200ms")
        .go()
        .await;
    let held = slow(&site, "/login", "192.0.2.1", 60_000, 50_000).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    let refused = post(&site, "192.0.2.1", 40_000).await;
    assert_eq!(refused.status, 503);
    assert!(!refused.header("retry-after").is_empty());
    assert_eq!(post(&site, "192.0.2.1", 10).await.status, 401, "there is a little room left");
    assert_eq!(post(&site, "192.0.2.2", 40_000).await.status, 401);
    let other = slow(&site, "/login", "192.0.2.2", 60_000, 60_000 - 1).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(post(&site, "192.0.2.3", 40_000).await.status, 503, "all of the budget is taken");
    drop((held, other));
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(post(&site, "192.0.2.1", 40_000).await.status, 401, "it is given back");
}

#[tokio::test]
async fn a_form_has_no_more_fields_than_a_page_could_have() {
    let site = Start::on_sqlite().await.with("LODGE_BODY_FIELDS", "100").go().await;
    let browser = site.browser();
    for (fields, is_taken) in [(100, true), (101, false)] {
        let form: Vec<_> = (0..fields).map(|_| ("email", "x")).collect();
        let status = browser.post("/login", &form).await.status;
        assert_eq!(status == 413, !is_taken, "{fields}: {status}");
        // A save has a name, fingerprints and a text for each field.
        let json = format!("[{}]", vec!["0"; fields * 5].join(","));
        let request = browser.request("POST", "/api/ui/draft-save").header("origin", &site.url);
        let status = browser.send(request.header("content-type", "application/json").body(json)).await.status;
        assert_eq!(status == 413, !is_taken, "{fields} in JSON: {status}");
    }
}

#[tokio::test]
async fn a_connection_sends_little_that_nobody_has_asked_for() {
    const FEW: u32 = 16;
    let site = Site::start().await;
    let mut stream = TcpStream::connect(site.host()).await.unwrap();
    stream.write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0").await.unwrap();
    let mut head = [0; 9];
    stream.read_exact(&mut head).await.unwrap();
    assert_eq!(head[3], 4, "the first frame is the server's settings");
    let mut settings = vec![0; usize::from(u16::from_be_bytes([head[1], head[2]]))];
    stream.read_exact(&mut settings).await.unwrap();
    let setting = |id: u16| {
        let found = settings.chunks(6).find(|setting| setting[..2] == id.to_be_bytes())?;
        Some(u32::from_be_bytes(found[2..].try_into().ok()?))
    };
    assert_eq!(setting(3), Some(FEW), "streams at the same time");
    assert!(setting(4).is_none_or(|window| window <= 64 << 10), "the window of a stream");
}
