//! An attack on cost: whatever a stranger sends, and whatever a person's own windows send, no single
//! request may cost much, nor may the pages that then show the draft.
//!
//! Every route that takes a form, and the server function of the wizard, is sent what is made to be
//! dear. A case is first sent by the holder of a draft, whose pages are then opened; then to another
//! draft without a session, whose holder then opens it.
//!
//! `LODGE_CASES=1000` sends a tenth as many cases made by chance; without it, a few.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

mod attacks;
#[expect(dead_code, unused_macros, unused_imports, reason = "the other tests use more of it")]
#[path = "../http/harness/mod.rs"]
mod harness;

use std::time::Duration;

use harness::people::{log_in, registered, start, ticket};
use harness::visit_visa::pages;
use harness::{Answer, Browser, Site, Start};
use reqwest::header::{ACCEPT, CONTENT_TYPE, ORIGIN};
use rustix::time::{ClockId, clock_gettime};

use attacks::{Attack, Dice, Way};

const EMAIL: &str = "elif@example.com";
const HOUR: Duration = Duration::from_secs(60 * 60);
/// The greatest answer, in bytes.
const MOST: usize = 4_000_000;
/// What one request may cost, in ordinary saves of a page with the page that shows it. Those take a
/// third of a millisecond in a release build, where a request may cost 50 milliseconds. A debug
/// build is slower by ten times or more, but it is so with both: counted like this, the limit means
/// the same in each.
const LIMIT: u32 = 150;
/// An ordinary save may also be measured as too cheap on a machine that has just been idle.
const LEAST: Duration = Duration::from_millis(2);

/// Processor time that the whole process has used: the server, its database and the client.
fn used() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or(0))
}

/// What a request has cost, and its answer.
async fn cost(browser: &Browser, request: reqwest::RequestBuilder) -> (Duration, Answer) {
    let before = used();
    let answer = browser.send(request).await;
    (used() - before, answer)
}

struct Attacked {
    site: Site,
    browser: Browser,
    limit: Duration,
    dearest: (Duration, String),
    failures: Vec<String>,
}

impl Attacked {
    async fn new() -> Self {
        let site = Start::on_sqlite()
            .await
            .with("LODGE_TRIES_PER_ADDRESS", "1000000")
            .with("LODGE_LOG_INS_PER_ACCOUNT", "1000000")
            .with("LODGE_MAILS_PER_HOUR", "1000000")
            .go()
            .await;
        let browser = registered(&site, EMAIL).await;
        let dearest = (Duration::ZERO, String::new());
        let mut attacked = Self { site, browser, limit: Duration::MAX, dearest, failures: Vec::new() };
        attacked.limit = attacked.ordinary().await.max(LEAST) * LIMIT;
        attacked
    }

    /// What a save costs that a person makes, with the page that shows it: the middle of several.
    async fn ordinary(&mut self) -> Duration {
        let draft = self.draft().await;
        let mut costs = Vec::new();
        for count in 0..15 {
            let name = format!("Deniz {count}");
            let fields = [("start.filler", "other"), ("start.filler-name", name.as_str()), ("go", "save")];
            let save = self.browser.form(&format!("{draft}/start"), &fields);
            let (saving, _) = cost(&self.browser, save).await;
            let (showing, _) = cost(&self.browser, self.browser.request("GET", &format!("{draft}/start"))).await;
            costs.push(saving + showing);
        }
        costs.sort();
        costs[costs.len() / 2]
    }

    /// A draft of which the first page is right.
    async fn draft(&self) -> String {
        let draft = start(&self.browser).await;
        let (_, fields) = pages(self.site.now()).swap_remove(0);
        let mut fields: Vec<_> = fields.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        fields.push(("go", "continue"));
        self.browser.post(&format!("{draft}/start"), &fields).await.leads_to();
        draft
    }

    fn request(&self, browser: &Browser, path: &str, kind: &str, body: &str) -> reqwest::RequestBuilder {
        let request = browser.request("POST", path).header(ORIGIN, &self.site.url).header(CONTENT_TYPE, kind);
        request.header(ACCEPT, "text/html").body(body.to_owned())
    }

    async fn send(&mut self, what: &str, browser: &Browser, request: reqwest::RequestBuilder) {
        let (cost, answer) = cost(browser, request).await;
        let size = answer.text.len();
        if cost > self.limit || size > MOST || answer.status == 500 {
            self.failures.push(format!("{what}: {cost:?} of {:?}, {size} bytes, {}", self.limit, answer.status));
        }
        if cost > self.dearest.0 {
            self.dearest = (cost, what.to_owned());
        }
    }

    /// Sends the attack in one of the draft's windows, with or without a session.
    async fn strike(&mut self, attack: &Attack, draft: &str, who: &Browser) {
        let page = format!("{draft}/{}", attack.page);
        let own = ticket(&self.browser.get(&format!("{draft}/start")).await.text);
        let id = draft.rsplit('/').next().unwrap_or_default();
        let (path, kind, body) = match attack.way {
            Way::Form => (page.as_str(), "application/x-www-form-urlencoded", attack.form(&own)),
            Way::Json => ("/api/ui/draft-save", "application/json", attack.json(id, &own)),
        };
        let request = self.request(who, path, kind, &body);
        self.send(&format!("{} by {:?}, {} bytes", attack.name, attack.way, body.len()), who, request).await;
    }

    async fn look(&mut self, attack: &Attack, draft: &str) {
        let pages = [attack.page, "review", "print"].map(|page| format!("{draft}/{page}"));
        // These tell the draft from others by what is in it.
        let lists = ["/my", "/services/visit-visa"].map(str::to_owned);
        for path in pages.into_iter().chain(lists) {
            let holder = self.browser.clone();
            let request = holder.request("GET", &path).header(ACCEPT, "text/html");
            self.send(&format!("{path} after {}", attack.name), &holder, request).await;
        }
    }

    async fn attack(&mut self, attack: &Attack) {
        // A person may only start so many drafts in an hour.
        self.site.advance(HOUR);
        self.browser = log_in(&self.site, EMAIL).await;
        let own = self.draft().await;
        let holder = self.browser.clone();
        self.strike(attack, &own, &holder).await;
        self.look(attack, &own).await;
        self.strike(&attack.again(), &own, &holder).await;
        self.look(attack, &own).await;
        let sealed = self.draft().await;
        let stranger = self.site.browser();
        self.strike(attack, &sealed, &stranger).await;
        self.look(attack, &sealed).await;
        // Nor have so many.
        for draft in [own, sealed] {
            self.browser.post(&format!("{draft}/delete"), &[]).await.leads_to();
        }
    }

    /// The other routes that take a form, which anybody may send to.
    async fn knock(&mut self, attack: &Attack) {
        let body = attack.form("a.b");
        let stranger = self.site.browser();
        for path in
            ["/login", "/register", "/register/code", "/reset", "/reset/x", "/logout", "/apply/visit-visa", "/no"]
        {
            let request = self.request(&stranger, path, "application/x-www-form-urlencoded", &body);
            self.send(&format!("{} to {path}", attack.name), &stranger, request).await;
        }
        let draft = self.draft().await;
        for path in [format!("{draft}/review"), format!("{draft}/delete")] {
            let holder = self.browser.clone();
            let request = self.request(&holder, &path, "application/x-www-form-urlencoded", &body);
            self.send(&format!("{} to {path}", attack.name), &holder, request).await;
        }
    }
}

/// Each is sent three times, with thirty other requests.
fn cases() -> u64 {
    std::env::var("LODGE_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(60) / 10
}

#[tokio::test]
async fn no_request_costs_much_whatever_it_holds() {
    let mut attacked = Attacked::new().await;
    for attack in attacks::known() {
        attacked.attack(&attack).await;
    }
    for case in 0..cases() {
        let attack = attacks::by_chance(&mut Dice::new(case), case);
        attacked.attack(&attack).await;
        attacked.knock(&attack).await;
    }
    for attack in attacks::of_accounts() {
        attacked.knock(&attack).await;
    }
    println!("the dearest of {:?}: {:?}", attacked.limit, attacked.dearest);
    assert!(attacked.failures.is_empty(), "{}", attacked.failures.join("\n"));
}
