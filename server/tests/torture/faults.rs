//! The disk is full, or the database is gone: an honest answer, and recovery without a restart.

use std::io::Write;
use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::RETRY_AFTER;

use crate::lodge::Lodge;
use crate::person::{NAME, Person};
use crate::times;

/// What a plain form is told when it cannot be stored: nothing is acknowledged, and everything
/// typed is in the answer, to be sent again.
async fn is_told_honestly(person: &Person, draft: &str) {
    let fields = [("start.filler", "other"), (NAME, "typed in the worst moment"), ("go", "continue")];
    let refused = person.browser.post(&format!("{draft}/start"), &fields).await;
    assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE, "{}", refused.text);
    assert!(!refused.header(RETRY_AFTER.as_str()).is_empty());
    assert!(refused.text.contains("Not saved yet") && refused.text.contains("typed in the worst moment"));
}

/// A SQLite server whose data is in a file system of its own, of so many MiB.
async fn on_a_small_disk() -> Lodge {
    let mut lodge = Lodge::on_sqlite().await;
    let data = lodge.data.display().to_string();
    let mount = format!(r#"mount -t tmpfs -o size=6m tmpfs "{data}" && exec "$@""#);
    let words = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", &mount, "sh"];
    lodge.wrapper = words.map(str::to_owned).to_vec();
    lodge
}

#[tokio::test]
async fn a_full_disk_is_told_honestly_and_nothing_acknowledged_is_lost() {
    let mut lodge = on_a_small_disk().await;
    lodge.start().await;
    let person = Person::register(&lodge, "elif").await;
    let draft = person.start().await;
    assert!(person.save(&draft, "before").await);

    let filler = lodge.inside(&lodge.data.join("filler"));
    fill(&filler);
    let mut acknowledged = "before".to_owned();
    let mut refusals = 0;
    for count in 0..400 {
        let text = format!("{count} {}", "x".repeat(5_000));
        match person.save(&draft, &text).await {
            true => acknowledged = text,
            false => refusals += 1,
        }
        if refusals == 5 {
            break;
        }
    }
    assert_eq!(refusals, 5, "the disk never filled up");
    lodge.becomes_ready(false).await;
    let (status, why) = lodge.readiness().await.unwrap();
    assert!(status == 503 && why.contains("full"), "{status} {why}");
    is_told_honestly(&person, &draft).await;
    assert_eq!(person.saved(&draft).await, acknowledged, "reading goes on");

    std::fs::remove_file(&filler).unwrap();
    assert!(person.save(&draft, "after").await, "it recovers without a restart");
    lodge.becomes_ready(true).await;
    assert_eq!(person.saved(&draft).await, "after");
}

fn fill(path: &std::path::Path) {
    let mut file = std::fs::File::create(path).unwrap();
    let block = [0; 4096];
    while file.write_all(&block).is_ok() {}
}

#[tokio::test]
async fn a_database_that_goes_away_and_returns_is_used_again_without_a_restart() {
    let mut lodge = Lodge::on_postgres().await;
    lodge.start().await;
    let person = Person::register(&lodge, "elif").await;
    let draft = person.start().await;
    assert!(person.save(&draft, "before").await);

    lodge.database().go_away().await;
    // A load balancer sends people elsewhere.
    lodge.becomes_ready(false).await;
    assert!(!person.save(&draft, "meanwhile").await);
    is_told_honestly(&person, &draft).await;
    // A minute in the long run.
    let away = Duration::from_secs(if times() > 50 { 60 } else { 3 });
    tokio::time::sleep(away).await;
    is_told_honestly(&person, &draft).await;

    lodge.database().come_back();
    let mut tries = 0;
    while !person.save(&draft, "after").await {
        tries += 1;
        assert!(tries < 50, "it does not recover");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(person.saved(&draft).await, "after");
    lodge.becomes_ready(true).await;
}

#[tokio::test]
async fn a_file_of_the_database_that_was_deleted_is_told() {
    let mut lodge = Lodge::on_sqlite().await;
    lodge.start().await;
    std::fs::remove_file(lodge.data.join("lodge.sqlite")).unwrap();
    lodge.becomes_ready(false).await;
}
