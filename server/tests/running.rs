//! The program as it runs: what it logs, and how it stops.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
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
        Self::start_with(program()).await
    }

    /// Started by a shell that ignores the hang-up of its terminal, as `nohup` does.
    async fn start_without_hang_up() -> Self {
        let mut shell = Command::new("sh");
        shell.args(["-c", r#"trap "" HUP; exec "$0" "$@""#, env!("CARGO_BIN_EXE_lodge")]);
        Self::start_with(shell).await
    }

    async fn start_with(mut program: Command) -> Self {
        let dir = tempfile::tempdir().unwrap();
        build(&dir.path().join("dist"));
        let log = File::create(dir.path().join("log")).unwrap();
        let child = program
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

    fn send(&self, signal: Signal) {
        let pid = Pid::from_raw(i32::try_from(self.child.id()).unwrap()).unwrap();
        kill_process(pid, signal).unwrap();
    }

    /// Another command of the program on the same data.
    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lodge"));
        command.args(arguments).env_clear().current_dir(self.dir.path()).output().unwrap()
    }

    /// A request of which half has arrived, and the other half.
    async fn half_request(&self) -> (TcpStream, &'static [u8]) {
        let body = "email=nobody%40example.com";
        let head = format!(
            "POST /reset HTTP/1.1\r\nHost: a\r\nOrigin: {PUBLIC_URL}\r\nContent-Length: {}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\n\r\n{}",
            body.len(),
            &body[..6]
        );
        let mut half = TcpStream::connect(&self.host).await.unwrap();
        half.write_all(head.as_bytes()).await.unwrap();
        pause().await;
        (half, &body.as_bytes()[6..])
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

/// The program, which hears a hang-up even when whoever runs the tests does not.
fn program() -> Command {
    let mut env = Command::new("env");
    env.args(["--default-signal=HUP", env!("CARGO_BIN_EXE_lodge")]);
    env
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

async fn pause() {
    tokio::time::sleep(Duration::from_millis(200)).await;
}

#[tokio::test]
async fn a_stop_and_a_terminal_that_hangs_up_let_requests_finish() {
    for signal in [Signal::TERM, Signal::HUP] {
        let mut running = Running::start().await;
        let (mut half, rest) = running.half_request().await;
        running.send(signal);
        pause().await;
        assert!(TcpStream::connect(&running.host).await.is_err(), "nobody new is let in");
        // A terminal that closes may say so twice.
        running.send(Signal::HUP);
        pause().await;
        half.write_all(rest).await.unwrap();
        let mut answer = String::new();
        half.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 303") || answer.starts_with("HTTP/1.1 200"), "{answer}");
        assert_eq!(running.exit_code().await, Some(0), "{signal:?}");
        assert!(running.log().contains("stopped"));
    }
}

#[tokio::test]
async fn told_to_stop_twice_it_ends_at_once() {
    let mut running = Running::start().await;
    let (_half, _) = running.half_request().await;
    running.send(Signal::TERM);
    pause().await;
    assert!(running.child.try_wait().unwrap().is_none(), "it waits for the request");
    running.send(Signal::INT);
    assert_eq!(running.exit_code().await, Some(1));
    assert!(running.log().contains("stopped at once"));
}

#[tokio::test]
async fn a_hang_up_that_is_to_be_ignored_is() {
    let mut running = Running::start_without_hang_up().await;
    running.send(Signal::HUP);
    pause().await;
    assert!(running.child.try_wait().unwrap().is_none());
    running.send(Signal::TERM);
    assert_eq!(running.exit_code().await, Some(0));
}

#[tokio::test]
async fn how_far_the_audit_log_goes_is_written_down_at_start_and_stop_and_can_be_checked() {
    let mut running = Running::start().await;
    let client = client();
    let post = |path: &str, fields: &[(&str, &str)]| {
        client.post(running.url(path)).header(ORIGIN, PUBLIC_URL).form(fields).send()
    };
    post("/register", &[("email", EMAIL), ("password", PASSWORD)]).await.unwrap();
    let outbox: Value = client.get(running.url("/demo/outbox.json")).send().await.unwrap().json().await.unwrap();
    let mail = outbox[0]["text"].as_str().unwrap();
    let code = mail.split(|c: char| !c.is_ascii_digit()).find(|word| word.len() == 6).expect("a code");
    post("/register/code", &[("code", code)]).await.unwrap();
    post("/apply/visit-visa", &[]).await.unwrap();
    running.send(Signal::TERM);
    assert_eq!(running.exit_code().await, Some(0));

    let anchors = std::fs::read_to_string(running.dir.path().join("data/audit.anchors")).unwrap();
    assert_eq!(anchors.lines().count(), 2, "{anchors}");
    for file in ["data/audit.anchors", "log"] {
        let verified = running.run(&["audit", "verify", "--since", file]);
        let said = String::from_utf8_lossy(&verified.stdout).into_owned();
        assert!(verified.status.success() && said.contains("at each of 2 anchors"), "{file} {said}");
    }
    let other = anchors.replacen("Z/0/", "Z/1/", 1);
    std::fs::write(running.dir.path().join("changed"), other).unwrap();
    let verified = running.run(&["audit", "verify", "--since", "changed"]);
    assert_eq!(verified.status.code(), Some(1));
    let said = String::from_utf8_lossy(&verified.stderr).into_owned();
    assert!(said.contains("Line 1 does not hold"), "{said}");
}

#[tokio::test]
async fn when_the_terminal_is_gone_and_with_it_the_log_it_still_stops_as_it_should() {
    let dir = tempfile::tempdir().unwrap();
    build(&dir.path().join("dist"));
    let mut child = program()
        .arg("serve")
        .env_clear()
        .env("LODGE_LISTEN", "127.0.0.1:0")
        .env("LODGE_LOG", "debug")
        .current_dir(dir.path())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    assert!(lines.any(|line| line.is_ok_and(|line| line.contains("ready"))), "it starts");
    drop(lines);
    let mut running = Running { child, dir, host: String::new() };
    running.send(Signal::HUP);
    for _ in 0..200 {
        if let Some(status) = running.child.try_wait().unwrap() {
            return assert_eq!(status.code(), Some(0));
        }
        pause().await;
    }
    panic!("it does not stop");
}
