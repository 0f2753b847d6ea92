//! What the clock does to drafts: reminded of, deleted, and above all not deleted.

use std::time::Duration;

use ports::SendError;

use crate::harness::people::{log_in, registered, start};
use crate::harness::{Site, Start};

/// So often the jobs run here.
const TICK: Duration = Duration::from_secs(6 * 60 * 60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
const EMAIL: &str = "elif@example.com";

/// One on each database, both with a mail server.
async fn sites() -> [Site; 2] {
    let (sqlite, postgres) = (Start::on_sqlite().await, Start::on_postgres().await);
    [with_mail(sqlite).go().await, with_mail(postgres).go().await]
}

fn with_mail(start: Start) -> Start {
    start.with("LODGE_SMTP_URL", "smtp://127.0.0.1:25")
}

/// One draft, of `EMAIL`, kept for so many days.
async fn draft(site: &Site, days: u64) -> String {
    let draft = start(&registered(site, EMAIL).await).await;
    let more = i64::try_from(DAY.as_millis()).unwrap() * (i64::try_from(days).unwrap() - 14);
    site.database.tamper(&format!("UPDATE applications SET kept_until = kept_until + {more}")).await.unwrap();
    draft
}

/// The server runs for so long.
async fn run(site: &Site, time: Duration) {
    for _ in 0..time.as_secs() / TICK.as_secs() {
        site.advance(TICK);
        site.work.purge().await.unwrap();
        site.work.send_mail().await.unwrap();
    }
}

async fn drafts(site: &Site) -> i64 {
    site.database.number("SELECT COUNT(*) FROM applications").await
}

async fn mails(site: &Site, template: &str) -> usize {
    site.mail_to(EMAIL).await.iter().filter(|mail| mail.template == template).count()
}

async fn is_refused(site: &Site, why: &str) {
    let (before, queued) = (drafts(site).await, site.database.number("SELECT COUNT(*) FROM messages").await);
    let refusal = format!("{:#}", site.work.purge().await.unwrap_err());
    assert!(refusal.contains(why) && refusal.contains("lodge purge --even-so"), "{refusal}");
    assert_eq!(drafts(site).await, before);
    assert_eq!(site.database.number("SELECT COUNT(*) FROM messages").await, queued, "nobody is written to");
}

#[tokio::test]
async fn a_draft_is_deleted_after_its_days_and_not_before() {
    for days in [14, 30] {
        for site in sites().await {
            draft(&site, days).await;
            let day = u32::try_from(days).unwrap();
            run(&site, DAY * (day - 1)).await;
            assert_eq!((drafts(&site).await, mails(&site, "draft-reminder").await), (1, 2), "day {}", days - 1);
            run(&site, DAY - TICK).await;
            assert_eq!(drafts(&site).await, 1, "six hours before");
            run(&site, TICK).await;
            assert_eq!((drafts(&site).await, mails(&site, "draft-deleted").await), (0, 1), "day {days}");
            run(&site, DAY).await;
            assert_eq!(mails(&site, "draft-deleted").await, 1, "day {}", days + 1);
        }
    }
}

#[tokio::test]
async fn after_sixty_days_without_a_server_everybody_is_reminded_before_anything_goes() {
    for site in sites().await {
        let draft = draft(&site, 14).await;
        site.work.purge().await.unwrap();
        site.advance(60 * DAY);
        is_refused(&site, "was the server off?").await;
        let browser = log_in(&site, EMAIL).await;
        assert_eq!(browser.get(&format!("{draft}/start")).await.status, 200, "what is there can be opened");
        let done = site.work.purge_even_so().await.unwrap();
        assert_eq!((done.reminded, done.deleted), (1, 0));
        site.work.send_mail().await.unwrap();
        run(&site, 7 * DAY - TICK).await;
        assert_eq!((drafts(&site).await, mails(&site, "draft-reminder").await), (1, 2));
        run(&site, TICK).await;
        assert_eq!(drafts(&site).await, 0);
    }
}

#[tokio::test]
async fn a_clock_that_jumps_a_hundred_days_and_back_takes_nothing() {
    for site in sites().await {
        draft(&site, 14).await;
        site.work.purge().await.unwrap();
        let right = site.now();
        site.advance(100 * DAY);
        is_refused(&site, "has the clock jumped").await;
        is_refused(&site, "has the clock jumped").await;
        site.clock.set(right);
        run(&site, 13 * DAY).await;
        assert_eq!((drafts(&site).await, mails(&site, "draft-reminder").await), (1, 2));
    }
}

#[tokio::test]
async fn a_clock_that_was_set_back_stops_the_runs_until_somebody_looks() {
    for site in sites().await {
        draft(&site, 14).await;
        // Without anything to do a wrong clock does no harm, and is noted.
        site.advance(6 * DAY);
        site.work.purge().await.unwrap();
        site.clock.set(site.now() - jiff::SignedDuration::from_hours(24 * 3));
        site.database.tamper("UPDATE applications SET kept_until = 0").await.unwrap();
        is_refused(&site, "has the clock been set back?").await;
        site.work.purge_even_so().await.unwrap();
        site.work.purge().await.unwrap();
    }
}

#[tokio::test]
async fn a_mail_server_that_is_down_gives_drafts_more_time() {
    for site in sites().await {
        draft(&site, 14).await;
        run(&site, 6 * DAY).await;
        let down = SendError { is_permanent: false, cause: "451 later".to_owned() };
        site.mailer.fail_with(Some(down));
        run(&site, 3 * DAY).await;
        site.mailer.fail_with(None);
        // The first reminder is handed over on day 9 and says 7 days.
        run(&site, 7 * DAY - TICK).await;
        assert_eq!((drafts(&site).await, mails(&site, "draft-reminder").await), (1, 2));
        run(&site, 2 * TICK).await;
        assert_eq!(drafts(&site).await, 0);
    }
}

#[tokio::test]
async fn an_address_that_takes_no_mail_does_not_keep_a_draft_for_ever() {
    for site in sites().await {
        draft(&site, 14).await;
        run(&site, 6 * DAY).await;
        site.mailer.fail_with(Some(SendError { is_permanent: true, cause: "550 no such user".to_owned() }));
        run(&site, 8 * DAY - TICK).await;
        assert_eq!(drafts(&site).await, 1);
        run(&site, TICK).await;
        assert_eq!(drafts(&site).await, 0);
    }
}

#[tokio::test]
async fn far_more_than_usual_is_not_deleted_without_asking() {
    for start_at in [Start::on_sqlite().await, Start::on_postgres().await] {
        let site = with_mail(start_at).with("LODGE_PURGE_ALWAYS", "1").go().await;
        let browser = registered(&site, EMAIL).await;
        for _ in 0..3 {
            start(&browser).await;
        }
        run(&site, 14 * DAY - TICK).await;
        site.advance(TICK);
        is_refused(&site, "3 of 3 drafts would be deleted at once").await;
        assert_eq!(site.work.purge_even_so().await.unwrap().deleted, 3);
        assert_eq!(mails(&site, "draft-deleted").await, 3);
    }
}

#[tokio::test]
async fn a_run_that_is_killed_is_finished_by_the_next() {
    for site in sites().await {
        let browser = registered(&site, EMAIL).await;
        for _ in 0..10 {
            start(&browser).await;
        }
        run(&site, 14 * DAY - TICK).await;
        assert_eq!(drafts(&site).await, 10);
        site.advance(TICK);
        for pause in 1..8 {
            let work = site.work.clone();
            let killed = tokio::spawn(async move { work.purge().await });
            tokio::time::sleep(Duration::from_millis(pause * 2)).await;
            killed.abort();
            let _ = killed.await;
        }
        site.work.purge().await.unwrap();
        assert_eq!((drafts(&site).await, mails(&site, "draft-deleted").await), (0, 10));
    }
}

#[tokio::test]
async fn messages_go_ninety_days_after_they_were_sent() {
    for site in sites().await {
        let browser = registered(&site, EMAIL).await;
        assert_eq!(site.mail_to(EMAIL).await.len(), 1);
        run(&site, TICK).await;
        drop(browser);
        run(&site, 90 * DAY - 2 * TICK).await;
        assert_eq!(site.database.number("SELECT COUNT(*) FROM messages").await, 1);
        run(&site, TICK).await;
        assert_eq!(site.database.number("SELECT COUNT(*) FROM messages").await, 0);
    }
}
