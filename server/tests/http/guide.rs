//! The form as a guide: what a refusal means, where to begin, which draft is which.

use std::time::Duration;

use crate::harness::Browser;
use crate::harness::on_both_databases;
use crate::harness::people::{registered, start};
use crate::harness::visit_visa::{fill_in, pages};

/// Posts the first pages of a complete visit visa up to the page `until`; answers that page's path.
async fn open_page(browser: &Browser, draft: &str, now: jiff::Timestamp, until: &str) -> String {
    for (page, fields) in pages(now).into_iter().take_while(|(page, _)| *page != until) {
        let fields: Vec<_> = fields.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        browser.post(&format!("{draft}/{page}"), &[&fields[..], &[("go", "continue")]].concat()).await.leads_to();
    }
    format!("{draft}/{until}")
}

on_both_databases! {
    async fn starting_leads_to_the_first_page_itself(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let started = browser.post("/sv/apply/visit-visa", &[]).await;
        let page = started.leads_to().to_owned();
        assert!(page.starts_with("/sv/apply/") && page.ends_with("/start"), "{page}");
        assert_eq!(browser.get(&page).await.status, 200);
    }

    async fn a_passport_that_is_too_old_is_refused_with_what_to_do_about_it(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let draft = start(&browser).await;
        let page = open_page(&browser, &draft, site.now(), "passport").await;
        let issued = [("passport.issued-day", "1"), ("passport.issued-month", "2"), ("passport.issued-year", "2010")];
        browser.post(&page, &[&issued[..], &[("go", "continue")]].concat()).await.leads_to();
        let english = browser.get(&page).await.text;
        assert!(english.contains("Your passport was issued more than 10 years ago, before "), "{english}");
        assert!(english.contains("Get a new passport first"), "{english}");
        let swedish = browser.get(&format!("/sv{page}")).await.text;
        assert!(swedish.contains("Passet utfärdades för mer än tio år sedan"), "{swedish}");
    }

    async fn a_group_that_needs_a_row_opens_with_it_and_stores_it_with_what_is_typed(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let draft = start(&browser).await;
        let page = open_page(&browser, &draft, site.now(), "trip").await;
        browser.post(&page, &[("trip.visited", "yes"), ("go", "continue")]).await.leads_to();
        let opened = browser.get(&page).await.text;
        assert!(opened.contains(r#"name="trip.visits.1.country""#), "{opened}");
        assert!(opened.contains("Visit 1: Country: Choose the country that you visited"), "{opened}");
        browser.post(&page, &[("trip.visits.1.country", ""), ("go", "save")]).await;
        let same = browser.get(&page).await.text;
        assert_eq!(revision(&same), revision(&opened), "looking at a row stores nothing");
        browser.post(&page, &[("trip.visits.1.country", "FR"), ("go", "add:trip.visits")]).await.leads_to();
        browser.post(&page, &[("go", "continue")]).await.leads_to();
        let two = browser.get(&page).await.text;
        assert!(two.contains(r#"<option value="FR" selected>"#), "{two}");
        assert!(two.contains("Visit 2: Country: Choose the country") && !two.contains("Visit 1: Country:"), "{two}");
    }

    async fn my_page_tells_drafts_apart(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let first = start(&browser).await;
        site.advance(Duration::from_secs(60 * 10));
        let second = start(&browser).await;
        open_page(&browser, &second, site.now(), "passport").await;
        let my_page = browser.get("/my").await.text;
        let cards: Vec<_> = my_page.split(r#"<li class="card">"#).skip(1).collect();
        assert_eq!(cards.len(), 2, "{my_page}");
        let (newer, older) = (cards[0], cards[1]);
        assert!(newer.contains(&second) && older.contains(&first), "{my_page}");
        assert!(newer.contains("Elif Yıldız · "), "{newer}");
        assert!(newer.contains("Page 3 of 10: About you"), "{newer}");
        assert!(older.contains("Page 1 of 10: Before you start") && !older.contains("Elif"), "{older}");
        let names = |card: &str| -> Vec<String> {
            card.split("<bdi>Visit visa, started on ").skip(1).map(|it| it.split('<').next().unwrap().to_owned()).collect()
        };
        assert_eq!((names(newer).len(), names(older).len()), (2, 2), "{my_page}");
        assert_ne!(names(newer)[0], names(older)[0]);
    }

    async fn a_draft_with_everything_filled_in_says_so(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let draft = start(&browser).await;
        fill_in(&browser, &draft, site.now()).await;
        assert!(browser.get("/my").await.text.contains("All pages are filled in."));
    }

    async fn the_start_page_of_a_service_names_the_draft_that_there_is(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let before = browser.get("/services/visit-visa").await.text;
        assert!(before.contains("Start the application") && !before.contains("already started"), "{before}");
        let draft = start(&browser).await;
        open_page(&browser, &draft, site.now(), "passport").await;
        let page = browser.get("/services/visit-visa").await.text;
        assert!(page.contains("You have already started this application"), "{page}");
        assert!(page.contains(&format!(r#"href="{draft}""#)) && page.contains("Elif Yıldız"), "{page}");
        assert!(page.contains("Start another application") && !page.contains("Start the application"), "{page}");
        assert!(!site.browser().get("/services/visit-visa").await.text.contains("Elif"));
        let other = registered(&site, "bo@example.com").await;
        assert!(!other.get("/services/visit-visa").await.text.contains("already started"));
    }
}

fn revision(page: &str) -> &str {
    page.split(r#"id="revision" value=""#).nth(1).and_then(|rest| rest.split('"').next()).unwrap()
}
