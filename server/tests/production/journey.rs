//! From the first visit to the confirmation by mail.

use std::net::Ipv4Addr;

use axum::http::StatusCode;
use ports::Clock;
use ports::testing::Authority;
use reqwest::redirect;
use server::system::SystemClock;
use storage::testing::TlsServer;

use crate::browser::{Browser, HOST_NAME};
use crate::deployment::{Deployment, Outside, free_port};
use crate::documents::block;
use crate::mail_server::MailServer;
use crate::proxy::Proxy;
use crate::visit_visa::fill_in;

const EMAIL: &str = "canary.bird@example.com";
const PASSWORD: &str = "canary password of four words";

/// Everything that runs that night.
struct Night {
    authority: Authority,
    mail: MailServer,
    lodge: Deployment,
    _proxy: Proxy,
    /// Where the proxy speaks HTTP and TLS.
    ports: [u16; 2],
}

impl Night {
    async fn begin(authority: Authority, database: Option<String>) -> Self {
        let mail = MailServer::start(&authority.certify("localhost")).await;
        let [plain, public, port] = [free_port(), free_port(), free_port()];
        let proxy = Proxy::start(&authority.certify(HOST_NAME), plain, public, port);
        let outside =
            Outside { public_port: public, mail_port: mail.port, authority: &authority.certificate, database };
        let lodge = Deployment::start(port, outside).await;
        Self { authority, mail, lodge, _proxy: proxy, ports: [plain, public] }
    }

    fn browser(&self, last: u8) -> Browser {
        Browser::new(&self.authority, self.ports[1], Ipv4Addr::new(127, 0, 0, last))
    }

    /// Somebody registers, logs in, fills in and submits; then Lodge is told to stop.
    async fn pass(&mut self) {
        let browser = self.browser(2);
        browser.post("/register", &[("email", EMAIL), ("password", PASSWORD)]).await.leads_to();
        let code = self.mail.mail(EMAIL, "code").await.code().to_owned();
        assert_eq!(browser.post("/register/code", &[("code", &code)]).await.leads_to(), "/my");
        browser.post("/logout", &[]).await.leads_to();
        assert!(browser.get("/my").await.leads_to().starts_with("/login"));
        browser.post("/login", &[("email", EMAIL), ("password", PASSWORD)]).await.leads_to();

        let started = browser.post("/apply/visit-visa", &[]).await;
        let (draft, _) = started.leads_to().rsplit_once('/').expect("a page of a draft");
        let started = self.mail.mail(EMAIL, "draft-started").await;
        let public_url = format!("https://{HOST_NAME}:{}/", self.ports[1]);
        assert!(started.text.contains(&public_url), "{started:?}");
        fill_in(&browser, draft, SystemClock.now()).await;
        let submitted = browser.post(&format!("{draft}/review"), &[("go", "submit")]).await;
        let receipt = browser.get(submitted.leads_to()).await.text;
        let (_, number) = receipt.split_once(r#"id="verification-number""#).expect("a verification number");
        let number = number.split(['>', '<']).nth(1).unwrap().to_owned();
        let confirmation = self.mail.mail(EMAIL, "submitted").await;
        assert!(confirmation.text.contains(&number), "{number} in {confirmation:?}");

        self.nothing_of_it_is_logged(&[&code, &browser.cookie("__Host-lodge"), &number, &draft["/apply/".len()..]]);
        assert_eq!(self.lodge.stop().await, Some(0));
        assert!(self.lodge.log().contains("stopped"));
    }

    fn nothing_of_it_is_logged(&self, secrets: &[&str]) {
        let log = self.lodge.log();
        for secret in secrets.iter().copied().chain(["canary", "Elif", "U1234567", "user:password", "lodge:password"]) {
            assert!(!secret.is_empty() && !log.contains(secret), "{secret} in {log}");
        }
        for trouble in ["WARN", "ERROR", "panicked"] {
            assert!(!log.contains(trouble), "{trouble} in {log}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_applies_on_the_first_night() {
    let mut night = Night::begin(Authority::new("Example Agency"), None).await;
    night.pass().await;
    assert!(night.lodge.has_sqlite_file());
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_applies_on_the_first_night_on_postgres() {
    let authority = Authority::new("Example Agency");
    let identity = authority.certify("localhost");
    let postgres = TlsServer::start(&identity.certificate, &identity.key);
    postgres.run("CREATE DATABASE lodge").await;
    let folder = tempfile::tempdir().unwrap();
    let trusted = folder.path().join("authority.pem");
    std::fs::write(&trusted, &authority.certificate).unwrap();
    let (port, trusted) = (postgres.port, trusted.display());
    let database =
        format!("postgres://lodge:password@localhost:{port}/lodge?sslmode=verify-full&sslrootcert={trusted}");
    let mut night = Night::begin(authority, Some(database)).await;
    night.pass().await;
    assert!(!night.lodge.has_sqlite_file());
    postgres.run_in("lodge", &block("docs/operating.md", "## Watching", "sql")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_proxy_and_lodge_protect_browsers_and_each_other() {
    let night = Night::begin(Authority::new("Example Agency"), None).await;
    let [plain, public] = night.ports;
    let browser = night.browser(2);
    let page = browser.get("/").await;
    assert_eq!(page.status, 200);
    for (name, value) in [
        ("strict-transport-security", "max-age=63072000"),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cache-control", "no-store"),
    ] {
        assert_eq!(page.header(name), value, "{name}");
    }
    assert!(page.header("content-security-policy").contains("frame-ancestors 'none'"));
    assert_eq!(browser.get("/health/ready").await.status, 200);
    assert_eq!(browser.get("/demo/outbox.json").await.status, 404, "a demo's page");

    let client = reqwest::Client::builder().redirect(redirect::Policy::none()).build().unwrap();
    let moved = client.get(format!("http://127.0.0.1:{plain}/login")).send().await.unwrap();
    assert_eq!(moved.headers()["location"], format!("https://{HOST_NAME}:{public}/login"));

    let (mut liar, honest) = (night.browser(3), night.browser(4));
    liar.forged = Some("127.0.0.4");
    let mut tries = 0;
    // Of another account each time: it is the limit of the address that is looked for.
    while log_in_wrongly(&liar, &format!("nobody-{tries}@example.com")).await != 429 {
        tries += 1;
        assert!(tries < 60, "tries from one address have an end");
    }
    assert_ne!(log_in_wrongly(&honest, "somebody@example.com").await, 429, "whose address the liar gave");
}

async fn log_in_wrongly(browser: &Browser, email: &str) -> StatusCode {
    browser.post("/login", &[("email", email), ("password", "a wrong password of words")]).await.status
}
