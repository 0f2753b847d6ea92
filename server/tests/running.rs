//! The program as it runs: what it logs, and how it stops.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fs::File;
use std::path::Path;
use std::process::{Child, Command};
use std::time::Duration;

use reqwest::header::ORIGIN;
use reqwest::{Client, redirect};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const PUBLIC_URL: &str = "http://127.0.0.1:3000";
const EMAIL: &str = "canary.bird@example.com";
const PASSWORD: &str = "canary password of four words";

/// A demo in a folder of its own; killed when the test ends without stopping it.
struct Running {
    child: Child,
    dir: TempDir,
    /// Host and port.
    host: String,
}

impl Running {
    async fn start() -> Self {
        let dir = tempfile::tempdir().unwrap();
        build(&dir.path().join("dist"));
        let log = File::create(dir.path().join("log")).unwrap();
        let child = Command::new(env!("CARGO_BIN_EXE_lodge"))
            .arg("serve")
            .env_clear()
            .env("LODGE_LISTEN", "127.0.0.1:0")
            .env("LODGE_LOG", "debug")
            .current_dir(dir.path())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut running = Self { child, dir, host: String::new() };
        for _ in 0..200 {
            if let Some((_, rest)) = running.log().split_once("listen=") {
                running.host = rest.split_whitespace().next().unwrap().to_owned();
                return running;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("it does not start: {}", running.log());
    }

    /// All that it has logged, without colours.
    fn log(&self) -> String {
        let text = std::fs::read_to_string(self.dir.path().join("log")).unwrap();
        let mut parts = text.split('\u{1b}');
        let first = parts.next().unwrap_or_default().to_owned();
        first + &parts.filter_map(|part| part.split_once('m')).map(|(_, rest)| rest).collect::<String>()
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.host)
    }

    fn terminate(&self) {
        let pid = Pid::from_raw(i32::try_from(self.child.id()).unwrap()).unwrap();
        kill_process(pid, Signal::TERM).unwrap();
    }

    async fn exit_code(&mut self) -> Option<i32> {
        for _ in 0..200 {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("it does not stop: {}", self.log());
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It has usually ended by itself.
        let _ = self.child.kill();
    }
}

/// What the program needs to find of the browser's part.
fn build(dist: &Path) {
    std::fs::create_dir(dist).unwrap();
    std::fs::write(dist.join("index.html"), "\"/pkg/a.css\" \"/pkg/a.js\" \"/pkg/a_bg.wasm\"").unwrap();
}

fn client() -> Client {
    Client::builder().cookie_store(true).redirect(redirect::Policy::none()).build().unwrap()
}

#[tokio::test]
async fn nothing_of_what_a_person_types_is_in_the_log() {
    let running = Running::start().await;
    let client = client();
    let post = |path: &str, fields: &[(&str, &str)]| {
        client.post(running.url(path)).header(ORIGIN, PUBLIC_URL).form(fields).send()
    };
    post("/register", &[("email", EMAIL), ("password", PASSWORD)]).await.unwrap();
    post("/register/code", &[("code", "000000")]).await.unwrap();
    let outbox: Value = client.get(running.url("/demo/outbox.json")).send().await.unwrap().json().await.unwrap();
    let mail = outbox[0]["text"].as_str().unwrap();
    assert_eq!(outbox[0]["to"], EMAIL);
    let code = mail.split(|c: char| !c.is_ascii_digit()).find(|word| word.len() == 6).expect("a code");
    let entered = post("/register/code", &[("code", code)]).await.unwrap();
    let cookie = entered.cookies().find(|cookie| cookie.name() == "lodge").expect("a session").value().to_owned();
    post("/login", &[("email", EMAIL), ("password", "canary wrong password")]).await.unwrap();
    client.get(running.url("/reset/canarytoken?canary=query")).send().await.unwrap();
    client.get(running.url("/apply/visit-visa/canary-page")).send().await.unwrap();
    let log = running.log();
    assert!(log.contains("http.route=\"/register\"") && log.contains("http.status=303"), "{log}");
    assert!(log.contains("THIS IS A DEMO"), "{log}");
    for secret in ["canary", EMAIL, PASSWORD, code, &cookie] {
        assert!(!log.contains(secret), "{secret} in {log}");
    }
}

#[tokio::test]
async fn a_stop_lets_requests_finish() {
    let mut running = Running::start().await;
    let mut half = TcpStream::connect(&running.host).await.unwrap();
    let body = "email=nobody%40example.com";
    let head = format!(
        "POST /reset HTTP/1.1\r\nHost: a\r\nOrigin: {PUBLIC_URL}\r\nContent-Length: {}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\n\r\n{}",
        body.len(),
        &body[..6]
    );
    half.write_all(head.as_bytes()).await.unwrap();
    tokio::time::sleep(Duration::from_millis(200)).await;
    running.terminate();
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!(TcpStream::connect(&running.host).await.is_err(), "nobody new is let in");
    half.write_all(&body.as_bytes()[6..]).await.unwrap();
    let mut answer = String::new();
    half.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 303") || answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert_eq!(running.exit_code().await, Some(0));
    assert!(running.log().contains("stopped"));
}
