//! The server is killed at random points.

use std::collections::BTreeSet;
use std::time::Duration;

use futures_util::future::join_all;
use tokio::time::sleep;

use crate::lodge::Lodge;
use crate::person::{Person, mails};
use crate::times;

/// How long it may take until people are served again.
const READY: Duration = Duration::from_secs(5);
const WRITERS: usize = 5;

#[tokio::test]
async fn what_was_acknowledged_survives_every_kill_on_sqlite() {
    torture(Lodge::on_sqlite().await).await;
}

#[tokio::test]
async fn what_was_acknowledged_survives_every_kill_on_postgres() {
    torture(Lodge::on_postgres().await).await;
}

/// Somebody who saves again and again, and knows what was acknowledged.
struct Writer {
    person: Person,
    draft: String,
    acknowledged: usize,
    tried: usize,
}

impl Writer {
    async fn write_until_it_dies(&mut self) {
        loop {
            self.tried += 1;
            if !self.person.save(&self.draft, &format!("text {}", self.tried)).await {
                return;
            }
            self.acknowledged = self.tried;
        }
    }

    async fn check(&self) {
        let saved = self.person.saved(&self.draft).await;
        let number: usize = saved.trim_start_matches("text ").parse().unwrap_or(0);
        let (least, most) = (self.acknowledged, self.tried);
        assert!((least..=most).contains(&number), "`{saved}` is stored, text {least} was acknowledged");
    }
}

async fn torture(mut lodge: Lodge) {
    lodge.start().await;
    let mut writers = Vec::new();
    for index in 0..WRITERS {
        let person = Person::register(&lodge, &format!("writer{index}")).await;
        let draft = person.start().await;
        writers.push(Writer { person, draft, acknowledged: 0, tried: 0 });
    }
    let applicant = Person::register(&lodge, "applicant").await;
    let mut numbers = BTreeSet::new();
    let (mut slowest, mut saves, mut unheard) = (Duration::ZERO, 0, 0);

    for round in 0..times() {
        let draft = applicant.start().await;
        applicant.fill_in(&draft).await;
        let before: usize = writers.iter().map(|writer| writer.acknowledged).sum();
        // Anywhere in a commit, in a submission, before or after.
        let moment = Duration::from_micros(getrandom::u32().unwrap_or_default() as u64 % 120_000);
        let submitting = async {
            sleep(moment / 2).await;
            applicant.submit(&draft).await
        };
        let killing = async {
            sleep(moment).await;
            lodge.kill();
        };
        let (_, acknowledged, ()) =
            tokio::join!(join_all(writers.iter_mut().map(Writer::write_until_it_dies)), submitting, killing);
        slowest = slowest.max(lodge.start().await);

        join_all(writers.iter().map(Writer::check)).await;
        saves += writers.iter().map(|writer| writer.acknowledged).sum::<usize>() - before;
        let stored = applicant.number(&draft).await;
        unheard += usize::from(stored.is_some() && acknowledged.is_none());
        if acknowledged.is_some() {
            assert_eq!(stored, acknowledged, "an acknowledged submission keeps its number");
        }
        let number = applicant.submit(&draft).await.expect("it can be submitted, or is already");
        assert!(stored.is_none_or(|stored| stored == number), "there is no second number");
        assert!(numbers.insert(number), "no two applications have one number");
        if round % 20 == 19 {
            println!("{} kills, {saves} saves acknowledged", round + 1);
        }
    }
    let receipts =
        mails(&lodge, &applicant.email, |mail| (mail["template"] == "submitted").then(|| mail["text"].to_string()))
            .await;
    assert_eq!(receipts.len(), numbers.len(), "one mail for each application");
    assert!(numbers.iter().all(|number| receipts.iter().filter(|text| text.contains(number.as_str())).count() == 1));
    assert!(slowest < READY, "it took {slowest:?} until people were served again");
    println!(
        "{} kills, {saves} saves acknowledged and all there, {unheard} submissions unheard, ready again in {slowest:?} at most",
        times()
    );
}
