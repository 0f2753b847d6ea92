//! A person at a browser, whose server may die at any moment.

use std::time::Duration;

use reqwest::StatusCode;
use serde_json::Value;

use ports::Clock;
use server::system::SystemClock;

use crate::browser::{Answer, Browser};
use crate::lodge::Lodge;
use crate::visit_visa;

const PASSWORD: &str = "four words nobody joins";
pub const NAME: &str = "start.filler-name";

pub struct Person {
    pub email: String,
    pub browser: Browser,
}

impl Person {
    /// Somebody with an account, logged in.
    pub async fn register(lodge: &Lodge, name: &str) -> Self {
        let (email, browser) = (format!("{name}@example.org"), lodge.browser());
        browser.post("/register", &[("email", &email), ("password", PASSWORD)]).await.leads_to();
        let code = mails(lodge, &email, |mail| digits(mail["text"].as_str()?)).await.pop().expect("a code");
        browser.post("/register/code", &[("code", &code)]).await.leads_to();
        Self { email, browser }
    }

    pub async fn log_in(&self) {
        self.browser.post("/login", &[("email", &self.email), ("password", PASSWORD)]).await.leads_to();
    }

    /// The path of a new draft.
    pub async fn start(&self) -> String {
        let started = self.browser.post("/apply/visit-visa", &[]).await;
        let (draft, _) = started.leads_to().rsplit_once('/').expect("a page of a draft");
        draft.to_owned()
    }

    /// Saves a text; answers whether that was acknowledged.
    pub async fn save(&self, draft: &str, text: &str) -> bool {
        let fields = [("start.filler", "other"), (NAME, text), ("revision", "999999999"), ("go", "save")];
        let answer = self.try_post(&format!("{draft}/start"), &fields).await;
        answer.is_some_and(|answer| answer.status == StatusCode::NO_CONTENT)
    }

    /// The text that the draft's first page shows.
    pub async fn saved(&self, draft: &str) -> String {
        let page = self.browser.get(&format!("{draft}/start")).await.text;
        let control = page.split(&format!("name=\"{NAME}\"")).nth(1).and_then(|after| after.split('>').next());
        let value = control.and_then(|control| control.split("value=\"").nth(1)).and_then(|it| it.split('"').next());
        value.unwrap_or_default().to_owned()
    }

    pub async fn fill_in(&self, draft: &str) {
        visit_visa::fill_in(&self.browser, draft, SystemClock.now()).await;
    }

    /// Submits; answers the verification number when that was acknowledged.
    pub async fn submit(&self, draft: &str) -> Option<String> {
        let answer = self.try_post(&format!("{draft}/review"), &[("go", "submit")]).await?;
        (answer.status == StatusCode::SEE_OTHER).then_some(())?;
        self.number(draft).await
    }

    /// The verification number on the page after submission; `None` when it is still a draft.
    pub async fn number(&self, draft: &str) -> Option<String> {
        let answer = self.browser.try_send(self.browser.request("GET", &format!("{draft}/submitted"))).await?;
        let number = answer.text.split(r#"id="verification-number""#).nth(1)?;
        Some(number.split('>').nth(1)?.split('<').next()?.to_owned())
    }

    async fn try_post(&self, path: &str, fields: &[(&str, &str)]) -> Option<Answer> {
        self.browser.try_send(self.browser.form(path, fields)).await
    }
}

/// What `find` finds in the mails to `address`, oldest first; waits until there is one.
pub async fn mails<T>(lodge: &Lodge, address: &str, find: impl Fn(&Value) -> Option<T>) -> Vec<T> {
    for _ in 0..100 {
        let all = lodge.browser().get("/demo/outbox.json").await.text;
        let all: Vec<Value> = serde_json::from_str(&all).unwrap();
        let mine = all.iter().rev().filter(|mail| mail["to"] == address);
        let found: Vec<T> = mine.filter_map(&find).collect();
        if !found.is_empty() {
            return found;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Vec::new()
}

fn digits(text: &str) -> Option<String> {
    text.split(|c: char| !c.is_ascii_digit()).find(|word| word.len() == 6).map(str::to_owned)
}
