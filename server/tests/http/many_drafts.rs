//! Starting more drafts than anybody needs.

use std::time::Duration;

use reqwest::StatusCode;

use crate::harness::people::{registered, start};
use crate::harness::{Site, on_both_databases};

const ANA: &str = "ana@example.org";

on_both_databases! {
    async fn an_eleventh_draft_of_a_service_is_refused_in_words(site: Site) {
        let browser = registered(&site, ANA).await;
        let mut drafts = Vec::new();
        for _ in 0..10 {
            drafts.push(start(&browser).await);
        }
        for (prefix, words) in [("", "already have 10 drafts"), ("/sv", "redan 10 utkast"), ("/ar", "10 مسودات")] {
            let refused = browser.post(&format!("{prefix}/apply/visit-visa"), &[]).await;
            assert_eq!(refused.status, StatusCode::CONFLICT);
            assert!(refused.text.contains(r#"role="alert""#) && refused.text.contains(words), "{}", refused.text);
            assert!(refused.text.contains(&format!(r##"href="{prefix}/my#drafts""##)));
        }
        let mails = site.mail_to(ANA).await;
        assert_eq!(mails.iter().filter(|mail| mail.template == "draft-started").count(), 10);
        assert_eq!(browser.post(&format!("{}/delete", drafts[0]), &[]).await.leads_to(), "/my");
        start(&browser).await;
    }

    async fn of_fifty_drafts_started_at_once_ten_are_there(site: Site) {
        let browser = registered(&site, ANA).await;
        let posts: Vec<_> = (0..50).map(|_| browser.post("/apply/visit-visa", &[])).collect();
        let statuses: Vec<_> =
            futures_util::future::join_all(posts).await.into_iter().map(|answer| answer.status.as_u16()).collect();
        assert_eq!(statuses.iter().filter(|status| **status == 303).count(), 10, "{statuses:?}");
        assert_eq!(statuses.iter().filter(|status| **status == 409).count(), 40, "{statuses:?}");
        assert_eq!(site.database.number("SELECT count(*) FROM applications").await, 10);
    }

    async fn starting_and_deleting_in_turns_ends_after_twenty_in_an_hour(site: Site) {
        let browser = registered(&site, ANA).await;
        for _ in 0..20 {
            let draft = start(&browser).await;
            browser.post(&format!("{draft}/delete"), &[]).await.leads_to();
        }
        let refused = browser.post("/apply/visit-visa", &[]).await;
        assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(refused.header("retry-after"), "180");
        assert!(refused.text.contains(r#"role="alert""#) && refused.text.contains("Wait 3 minutes"), "{}", refused.text);
        site.advance(Duration::from_secs(180));
        start(&browser).await;
    }
}

#[tokio::test]
async fn a_code_goes_out_before_a_flood_of_other_mail() {
    let site = Site::start().await;
    let browser = registered(&site, ANA).await;
    for _ in 0..10 {
        start(&browser).await;
    }
    site.advance(Duration::from_secs(1));
    site.browser().post("/reset", &[("email", ANA)]).await.leads_to();
    let sent = site.mailer.sent().len();
    // As much as the worker takes at a time.
    site.work.mail.as_ref().unwrap().send_due().await.unwrap();
    let newest = site.mailer.sent().split_off(sent);
    assert!(newest.iter().any(|mail| mail.template == "reset"), "{}", newest.len());
    assert!(newest.len() < 11, "the others wait");
}
