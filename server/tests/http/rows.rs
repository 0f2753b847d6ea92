//! One person's draft costs the others nothing: rows without end are refused, and pages are bounded.

use std::fmt::Write;
use std::time::{Duration, Instant};

use backend::drafts::Save;
use domain::merge::Changes;
use reqwest::header::{CONTENT_TYPE, ORIGIN};
use storage::sealed_saves::{Sealing, ToSeal};

use crate::harness::people::{registered, start, ticket};
use crate::harness::visit_visa::pages;
use crate::harness::{Answer, Browser, Site, on_both_databases};

/// The greatest answer, in bytes.
const MOST: usize = 4_000_000;
/// Long enough for any machine, and far too short for work that grows with the square of the rows.
const SOON: Duration = Duration::from_secs(20);

/// A draft of which the first page is right; answers its second, where earlier visits are asked for.
async fn trip(site: &Site, browser: &Browser) -> String {
    let draft = start(browser).await;
    let (_, fields) = pages(site.now()).swap_remove(0);
    let mut fields: Vec<_> = fields.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    fields.push(("go", "continue"));
    browser.post(&format!("{draft}/start"), &fields).await.leads_to();
    format!("{draft}/trip")
}

fn ids(count: usize) -> String {
    (0..count).map(|row| format!("r{row}")).collect::<Vec<_>>().join("\n")
}

/// A posted form with the country of `count` visits that no page has listed.
fn visits(count: usize, ticket: &str) -> String {
    let mut body = format!("ticket={ticket}&revision=0&trip.visited=yes&go=continue");
    (0..count).for_each(|row| write!(body, "&trip.visits.r{row}.country=FI").unwrap());
    body
}

async fn post(site: &Site, browser: &Browser, page: &str, body: String) -> Answer {
    let request = browser.request("POST", page).header(ORIGIN, &site.url).header("accept", "text/html");
    browser.send(request.header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(body)).await
}

on_both_databases! {
    async fn rows_without_end_are_refused_soon_and_given_back(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let page = trip(&site, &browser).await;
        let own = ticket(&browser.get(&page).await.text);
        let begun = Instant::now();
        let refused = post(&site, &browser, &page, visits(4700, &own)).await;
        assert!(begun.elapsed() < SOON, "{:?}", begun.elapsed());
        assert_eq!(refused.status, 413);
        assert!(refused.text.contains(r#"name="trip.visits.r4699.country" value="FI""#), "everything is in the answer");
        assert!(refused.text.contains("nothing on this page is saved yet"), "{}", &refused.text[..2000]);
        assert!(!browser.get(&page).await.text.contains("trip.visits.r"));
    }

    async fn rows_without_end_are_not_sealed_either(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let page = trip(&site, &browser).await;
        let own = ticket(&browser.get(&page).await.text);
        let refused = post(&site, &site.browser(), &page, visits(4700, &own)).await;
        assert_eq!(refused.status, 413);
        assert_eq!(site.database.number("SELECT COUNT(*) FROM sealed_saves").await, 0);
        let kept = post(&site, &site.browser(), &page, visits(120, &own)).await;
        assert!(kept.leads_to().contains("after=sealed"));
        assert!(browser.get(&page).await.text.contains("trip.visits.r119.country"));
    }

    async fn a_draft_for_which_rows_without_end_were_sealed_opens(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let page = trip(&site, &browser).await;
        let own = ticket(&browser.get(&page).await.text);
        let id = page.split('/').nth(2).unwrap().parse().unwrap();
        let fields = (0..14_000).map(|row| (format!("trip.visits.r{row}.country"), "FI".to_owned()));
        let changes = Changes { fields: fields.collect(), ..Changes::default() };
        let content = serde_json::to_vec(&Save { page: "trip".to_owned(), changes, ..Save::default() }).unwrap();
        let save = ToSeal { ticket: &own, origin: None, is_whole: true, content: Some(&content) };
        assert_eq!(site.database.storage.sealed_save(id, save, site.now()).await.unwrap(), Sealing::Kept);
        let begun = Instant::now();
        assert_eq!(browser.get(&page).await.status, 200);
        assert!(begun.elapsed() < SOON, "{:?}", begun.elapsed());
    }

    async fn no_more_waits_for_a_draft_than_it_can_take_in(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let page = trip(&site, &browser).await;
        let id = page.split('/').nth(2).unwrap().parse().unwrap();
        let storage = &site.database.storage;
        let mut answers = Vec::new();
        for _ in 0..3 {
            let window = storage.window_ticket(id).unwrap();
            let content = vec![b' '; 900_000];
            let save = ToSeal { ticket: &window, origin: None, is_whole: true, content: Some(&content) };
            answers.push(storage.sealed_save(id, save, site.now()).await.unwrap());
        }
        assert_eq!(answers, [Sealing::Kept, Sealing::Kept, Sealing::Full]);
    }
}

#[tokio::test]
async fn rows_beyond_those_that_a_page_can_show_are_kept_and_counted() {
    let site = Site::start().await;
    let browser = registered(&site, "elif@example.com").await;
    let page = trip(&site, &browser).await;
    let listed =
        |count: usize| vec![("trip.visited", "yes".to_owned()), ("trip.visits", ids(count)), ("go", "save".to_owned())];
    let save = async |count: usize| {
        let fields = listed(count);
        let fields: Vec<_> = fields.iter().map(|(name, text)| (*name, text.as_str())).collect();
        browser.post(&page, &fields).await.status
    };
    assert_eq!(save(120).await, 204);
    let full = browser.get(&page).await.text;
    assert!(full.contains("trip.visits.r119.country") && !full.contains("more are kept"));
    assert_eq!(save(131).await, 204);
    let shown = browser.get(&page).await.text;
    assert!(shown.contains("trip.visits.r129.country") && !shown.contains("trip.visits.r130.country"));
    assert!(shown.contains("1 more is kept that cannot be shown here"));
    assert_eq!(save(400).await, 204);
    let most = browser.get(&page).await.text;
    assert!(most.contains("270 more are kept that cannot be shown here") && most.len() < full.len() * 5 / 4);
    let print = browser.get(&page.replace("/trip", "/print")).await.text;
    assert!(print.contains("270 more are kept that cannot be shown here") && print.len() < full.len());
    let swedish = browser.get(&format!("/sv{page}")).await.text;
    assert!(swedish.contains("270 till är sparade"));
    assert_eq!(save(401).await, 413, "and there the draft ends");
    let taken_out = browser.post(&page, &[("revision", "99"), ("removed", "trip.visits.r0"), ("go", "save")]).await;
    assert_eq!(taken_out.status, 204);
    assert!(browser.get(&page).await.text.contains("269 more are kept"));
}

#[tokio::test]
async fn signs_that_a_page_writes_at_length_make_no_page_without_end() {
    let site = Site::start().await;
    let browser = registered(&site, "elif@example.com").await;
    let page = format!("{}/start", start(&browser).await);
    let text = "\"".repeat(20_000);
    let mut refused = 0;
    for count in 0..10 {
        let texts = ["name", "address", "email", "phone"]
            .map(|field| (format!("start.filler-{field}"), format!("{count}{}", &text[2..])));
        let mut fields = vec![("revision", "0"), ("start.filler", "other"), ("go", "save")];
        fields.extend(texts.iter().map(|(field, text)| (field.as_str(), text.as_str())));
        refused += u32::from(browser.post(&page, &fields).await.status == 413);
        let shown = browser.get(&page).await.text;
        assert!(shown.len() < MOST, "{} after {count}", shown.len());
    }
    assert!(refused > 0, "a draft has an end");
    for length in [30_000, 400_000, 1_000_000] {
        let body = format!("start.filler=other&start.filler-name={}&go=continue", "\"".repeat(length));
        let back = post(&site, &browser, &page, body).await;
        assert_eq!(back.status, 413);
        assert!(back.text.len() < MOST, "{} for {length}", back.text.len());
    }
}
