use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use crate::harness::{Site, on_both_databases};

#[tokio::test]
async fn a_server_that_can_work_says_so() {
    let site = Site::start().await;
    assert_eq!(site.browser().get("/health/live").await.status, 200);
    assert_eq!(site.browser().get("/health/ready").await.status, 200);
}

on_both_databases! {
    async fn without_its_database_it_lives_but_is_not_ready(site: Site) {
        site.database.storage.close().await.unwrap();
        assert_eq!(site.browser().get("/health/live").await.status, 200);
        let ready = site.browser().get("/health/ready").await;
        assert_eq!(ready.status, 503);
        assert!(ready.text.starts_with("nothing can be stored: the database is unavailable"), "{}", ready.text);
    }

    async fn a_flood_of_probes_costs_one_write_a_second(site: Site) {
        let begin = Instant::now();
        let mut times = BTreeSet::new();
        for _ in 0..100 {
            // What is written is the time.
            site.advance(Duration::from_millis(1));
            assert_eq!(site.browser().get("/health/ready").await.status, 200);
            times.insert(site.database.number(PROBED).await);
        }
        let most = usize::try_from(begin.elapsed().as_secs()).unwrap() + 1;
        assert!((1..=most).contains(&times.len()), "{} writes in {:?}", times.len(), begin.elapsed());
        tokio::time::sleep(Duration::from_millis(1100)).await;
        site.advance(Duration::from_millis(1));
        site.browser().get("/health/ready").await;
        assert!(times.insert(site.database.number(PROBED).await), "later it is tried again");
    }

    async fn a_database_that_does_not_answer_is_told_within_a_second(site: Site) {
        // Somebody else holds the only place at which the probe could write.
        let held = site.database.storage.begin(site.now()).await.unwrap();
        held.purged_set(false).await.unwrap();
        for _ in 0..3 {
            let begin = Instant::now();
            let ready = site.browser().get("/health/ready").await;
            assert_eq!(ready.status, 503);
            assert!(begin.elapsed() < Duration::from_secs(1), "{:?}", begin.elapsed());
            assert!(ready.text.contains("did not store anything within"), "{}", ready.text);
        }
        drop(held);
        tokio::time::sleep(Duration::from_millis(1100)).await;
        assert_eq!(site.browser().get("/health/ready").await.status, 200);
    }
}

const PROBED: &str = "SELECT probed FROM installation";
