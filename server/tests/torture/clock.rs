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
        self.variables.push(("LODGE_PURGE_AHEAD".to_owned(), "8d".to_owned()));
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

    lodge.start_at("+7d").await;
    are_sent(&lodge, &person, "draft-reminder", 1).await;
    lodge.start_at("+13d").await;
    are_sent(&lodge, &person, "draft-reminder", 2).await;
    assert!(person.browser.get(&draft).await.leads_to().contains("/login"), "the session has ended");
    person.log_in().await;
    assert_eq!(person.saved(&draft).await, "kept");

    lodge.start_at("+15d").await;
    are_sent(&lodge, &person, "draft-deleted", 1).await;
    person.log_in().await;
    let page = person.browser.get(&format!("{draft}/start")).await;
    assert_eq!(page.status, 404, "{}", page.text);
}

/// Waits until the person has been sent so many mails from the template.
async fn are_sent(lodge: &Lodge, person: &Person, template: &str, count: usize) {
    for _ in 0..100 {
        let sent = mails(lodge, &person.email, |mail| (mail["template"] == template).then_some(())).await;
        if sent.len() == count {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("there are not {count} mails of {template}");
}

#[tokio::test]
async fn a_clock_a_hundred_days_ahead_deletes_nothing_until_somebody_says_so() {
    let mut lodge = Lodge::on_sqlite().await;
    lodge.start().await;
    let person = Person::register(&lodge, "elif").await;
    let draft = person.start().await;
    assert!(person.save(&draft, "kept").await);

    lodge.start_at("+100d").await;
    let stopped = lodge.run(&["purge"]);
    let told = String::from_utf8_lossy(&stopped.stderr).into_owned();
    assert_eq!(stopped.status.code(), Some(1), "{told}");
    assert!(told.contains("has the clock jumped") && told.contains("lodge purge --even-so"), "{told}");
    let would = String::from_utf8(lodge.run(&["purge", "--dry-run"]).stdout).unwrap();
    assert!(would.contains("It would stop and change nothing"), "{would}");
    assert!(would.contains("visit-visa: drafts to remind of for the first time: 1,"), "{would}");
    assert!(would.contains("to delete: 0") && !would.contains(&person.email), "{would}");
    person.log_in().await;
    assert_eq!(person.saved(&draft).await, "kept");

    let insisted = lodge.run(&["purge", "--even-so"]);
    assert!(insisted.status.success(), "{}", String::from_utf8_lossy(&insisted.stderr));
    assert_eq!(String::from_utf8_lossy(&insisted.stdout), "Drafts reminded of: 1\nDrafts deleted: 0\n");
    assert_eq!(person.saved(&draft).await, "kept");
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
