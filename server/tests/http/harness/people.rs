//! People who apply.

use super::{Browser, Site};

pub const PASSWORD: &str = "four words nobody joins";

/// A browser in which a new account is logged in.
pub async fn registered(site: &Site, email: &str) -> Browser {
    let browser = site.browser();
    browser.post("/register", &[("email", email), ("password", PASSWORD)]).await.leads_to();
    let code = site.code_to(email).await;
    browser.post("/register/code", &[("code", &code)]).await.leads_to();
    browser
}

pub async fn log_in(site: &Site, email: &str) -> Browser {
    let browser = site.browser();
    browser.post("/login", &[("email", email), ("password", PASSWORD)]).await.leads_to();
    browser
}

/// Starts a draft and answers its path.
pub async fn start(browser: &Browser) -> String {
    let started = browser.post("/apply/visit-visa", &[]).await;
    let (draft, _) = started.leads_to().rsplit_once('/').expect("a page of a draft");
    draft.to_owned()
}

/// The ticket in the page's form.
pub fn ticket(page: &str) -> String {
    let after = page.split(r#"name="ticket" value=""#).nth(1).expect("a form with a ticket");
    after.split('"').next().unwrap_or_default().to_owned()
}
