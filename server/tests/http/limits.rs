use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::harness::{Site, Start};

async fn impatient() -> Site {
    Start::on_sqlite()
        .await
        .with("LODGE_FIRST_BYTE_TIME", "300ms")
        .with("LODGE_HEADER_TIME", "300ms")
        .with("LODGE_BODY_TIME", "300ms")
        .go()
        .await
}

/// What the server says to a connection on which only this was sent, until it closes it.
async fn heard(site: &Site, sent: &str) -> String {
    let mut stream = TcpStream::connect(site.host()).await.unwrap();
    stream.write_all(sent.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    timeout(Duration::from_secs(5), stream.read_to_end(&mut answer)).await.expect("the server closes it").unwrap_or(0);
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn a_silent_or_half_sent_request_is_not_waited_for() {
    let site = impatient().await;
    for sent in ["", "P", "PRI * HTTP/2.0\r\n", "GET / HT", "GET / HTTP/1.1\r\nHost: a\r\nX-Slow: "] {
        let answer = heard(&site, sent).await;
        assert!(!answer.contains("200 OK"), "{sent:?} {answer}");
    }
}

#[tokio::test]
async fn a_body_that_does_not_come_is_not_waited_for() {
    let site = impatient().await;
    let head = format!(
        "POST /login HTTP/1.1\r\nHost: a\r\nOrigin: {}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: 100\r\n\r\nemail=",
        site.url
    );
    let answer = heard(&site, &head).await;
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
}

#[tokio::test]
async fn many_slow_connections_do_not_slow_others() {
    let site = Site::start().await;
    let mut slow = Vec::new();
    for _ in 0..200 {
        let mut stream = TcpStream::connect(site.host()).await.unwrap();
        stream.write_all(b"GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ").await.unwrap();
        slow.push(stream);
    }
    let begun = Instant::now();
    assert_eq!(site.browser().get("/login").await.status, 200);
    assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn one_address_has_only_so_many_connections() {
    let site = Start::on_sqlite().await.with("LODGE_CONNECTIONS_PER_ADDRESS", "2").go().await;
    let _first = TcpStream::connect(site.host()).await.unwrap();
    let _second = TcpStream::connect(site.host()).await.unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(heard(&site, "GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n").await, "");
}

#[tokio::test]
async fn http_2_is_spoken_too() {
    let site = Site::start().await;
    let client = reqwest::Client::builder().http2_prior_knowledge().build().unwrap();
    let answer = client.get(format!("{}/login", site.url)).send().await.unwrap();
    assert_eq!((answer.status().as_u16(), answer.version()), (200, reqwest::Version::HTTP_2));
}
