//! Creating an account, logging in and out, and choosing a new password.

mod equal;
mod log_in;
mod log_in_code;
mod overload;
mod register;
mod reset;
mod session;

use std::time::Duration;

use crate::harness::{Browser, Site};

const ANA: &str = "ana@example.org";
const PASSWORD: &str = "granite pillow seventeen";
const MINUTE: Duration = Duration::from_secs(60);

/// A browser in which an account has just been created, when nothing of it counts for a limit
/// any more.
async fn registered(site: &Site, email: &str) -> Browser {
    let browser = site.browser();
    browser.post("/register", &[("email", email), ("password", PASSWORD)]).await.leads_to();
    let code = site.code_to(email).await;
    assert_eq!(browser.post("/register/code", &[("code", &code)]).await.leads_to(), "/my");
    site.advance(MINUTE);
    browser
}

/// The `Set-Cookie` headers of an answer.
fn cookies(answer: &crate::harness::Answer) -> Vec<String> {
    answer.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap().to_owned()).collect()
}
