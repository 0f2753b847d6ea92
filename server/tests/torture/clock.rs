//! The clock of the process is moved; everything follows it.

use std::process::Command;
use std::time::Duration;

use crate::lodge::Lodge;
use crate::person::{Person, mails};

impl Lodge {
    /// Starts, so much later than now.
    async fn start_at(&mut self, by: &str) {
        self.kill();
        self.variables = fake_time(by);
        self.start().await;
    }
}

/// The variables that make a process believe it is so much later. The command `faketime` sets them
/// too, but stays between us and the process, which then could not be killed.
fn fake_time(by: &str) -> Vec<(String, String)> {
    let output = Command::new("faketime").args(["-f", by, "env"]).output();
    let output = output.expect("these tests need the package `faketime`").stdout;
    let all = String::from_utf8(output).expect("UTF-8");
    let variables = all.lines().filter_map(|line| line.split_once('='));
    let variables = variables.filter(|(name, _)| ["LD_PRELOAD", "FAKETIME"].contains(name));
    variables.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

#[tokio::test]
async fn a_draft_is_kept_for_fourteen_days_by_the_clock_of_the_process() {
    let mut lodge = Lodge::on_sqlite().await;
    lodge.start().await;
    let person = Person::register(&lodge, "elif").await;
    let draft = person.start().await;
    assert!(person.save(&draft, "kept").await);

    lodge.start_at("+13d").await;
    assert!(person.browser.get(&draft).await.leads_to().contains("/login"), "the session has ended");
    person.log_in().await;
    assert_eq!(person.saved(&draft).await, "kept");

    lodge.start_at("+15d").await;
    person.log_in().await;
    let page = person.browser.get(&format!("{draft}/start")).await;
    assert_eq!(page.status, 404, "{}", page.text);
    let told = mails(&lodge, &person.email, |mail| (mail["template"] == "draft-deleted").then_some(())).await;
    assert_eq!(told.len(), 1);
}

#[tokio::test]
async fn a_clock_that_jumps_back_takes_nothing_away() {
    let mut lodge = Lodge::on_sqlite().await;
    lodge.start_at("+2d").await;
    let person = Person::register(&lodge, "elif").await;
    let draft = person.start().await;
    assert!(person.save(&draft, "from the future").await);
    lodge.start_at("+0d").await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    person.log_in().await;
    assert_eq!(person.saved(&draft).await, "from the future");
    assert!(person.save(&draft, "now").await);
    assert_eq!(person.saved(&draft).await, "now");
}
