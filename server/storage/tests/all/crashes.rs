//! The process is killed while it saves: what was acknowledged must be there.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::time::Duration;

use storage::testing::{ROOT_KEY, TestDatabase, seeded_random};
use storage::{Keys, Pools, Storage};

use crate::support::{DRAFT, ana_with_draft, anas, minute, on_both, save};

on_both!(what_was_acknowledged_survives_kill);

const URL: &str = "LODGE_TEST_CRASH_URL";

async fn what_was_acknowledged_survives_kill(db: TestDatabase) {
    ana_with_draft(&db).await;
    let mut acknowledged = 0;
    for round in 0..10 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "crashes::saves_until_it_is_killed", "--nocapture", "--ignored"])
            .env(URL, &db.url)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let reader = std::thread::spawn(move || {
            lines.map_while(Result::ok).filter_map(|line| line.strip_prefix("saved ")?.parse::<u32>().ok()).last()
        });
        tokio::time::sleep(Duration::from_millis(150 + 37 * round)).await;
        child.kill().unwrap();
        child.wait().unwrap();
        acknowledged = reader.join().unwrap().unwrap_or(acknowledged);
        let stored = anas(&db).await;
        assert!(
            stored.row_version >= acknowledged,
            "{acknowledged} was acknowledged, {} is stored",
            stored.row_version
        );
        assert_eq!(stored.stored.revision.0, stored.row_version, "whole or not at all");
    }
    assert!(acknowledged > 0, "nothing was saved");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "the other side of what_was_acknowledged_survives_kill"]
async fn saves_until_it_is_killed() {
    let Ok(url) = std::env::var(URL) else { return };
    let storage = Storage::connect(&url, Keys::new(ROOT_KEY), seeded_random(2), Pools::default()).await.unwrap();
    loop {
        let opened = storage.draft_open("ana", DRAFT, minute(1)).await.unwrap().unwrap();
        let saved = save(&storage, &opened, "story", &"x".repeat(9_000), minute(1)).await.unwrap();
        let mut out = std::io::stdout().lock();
        writeln!(out, "saved {saved}").unwrap();
        out.flush().unwrap();
    }
}
