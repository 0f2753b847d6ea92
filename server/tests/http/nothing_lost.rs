//! What is typed is kept whatever happens to the session, and however much it is.

use std::time::Duration;

use domain::answers::FIELD_LIMIT;
use reqwest::header::ORIGIN;
use serde_json::{Value, json};

use crate::harness::people::{PASSWORD, log_in, registered, start, ticket};
use crate::harness::visit_visa::fill_in;
use crate::harness::{Browser, Site, Start, on_both_databases};

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(60 * 60);
const NAME: &str = "start.filler-name";

/// The first page of a new draft, with its window's ticket.
async fn page_of(browser: &Browser) -> (String, String) {
    let page = format!("{}/start", start(browser).await);
    let ticket = ticket(&browser.get(&page).await.text);
    (page, ticket)
}

/// The tickets of more windows than may wait for one draft.
async fn windows(browser: &Browser, page: &str) -> Vec<String> {
    let mut tickets = Vec::new();
    for _ in 0..25 {
        tickets.push(ticket(&browser.get(page).await.text));
    }
    tickets
}

async fn post(browser: &Browser, page: &str, ticket: &str, name: &str) -> crate::harness::Answer {
    let fields = [("ticket", ticket), ("revision", "0"), ("start.filler", "other"), (NAME, name), ("go", "continue")];
    browser.post(page, &fields).await
}

fn draft_id(page: &str) -> &str {
    page.split('/').nth(2).expect("/apply/{draft}/…")
}

/// Saves as the wizard does in the browser.
async fn autosave(site: &Site, browser: &Browser, page: &str, ticket: &str, name: &str, renews: bool) -> Value {
    send(site, browser, page, ticket, json!({ "base": 0, "fields": { "start.filler": "other", NAME: name } }), renews)
        .await
}

async fn send(site: &Site, browser: &Browser, page: &str, ticket: &str, changes: Value, renews: bool) -> Value {
    let save = json!({ "save": {
        "draft": draft_id(page), "page": "start", "tried": [], "ticket": ticket, "renews": renews, "changes": changes,
    }});
    let request = browser.request("POST", "/api/ui/draft-save").header(ORIGIN, &site.url).json(&save);
    let answer = browser.send(request).await;
    serde_json::from_str(&answer.text).unwrap_or_else(|_| panic!("{answer:?}"))
}

#[tokio::test]
async fn a_page_that_asks_how_much_time_is_left_does_not_keep_a_session_in_which_nobody_is() {
    let site = Start::on_sqlite().await.with("LODGE_IDLE_TIME", "10m").with("LODGE_PAGE_TIME", "1h").go().await;
    let browser = registered(&site, "elif@example.com").await;
    let (page, ticket) = page_of(&browser).await;
    let ask = async || send(&site, &browser, &page, &ticket, json!({ "base": 0, "fields": {} }), false).await;
    site.advance(6 * MINUTE);
    let typed = autosave(&site, &browser, &page, &ticket, "Deniz", false).await;
    assert_eq!(typed["Saved"]["seconds_left"], 10 * 60, "who types is there");
    site.advance(10 * MINUTE - Duration::from_secs(1));
    assert_eq!(ask().await["Saved"]["seconds_left"], 1);
    site.advance(Duration::from_secs(1));
    assert_eq!(ask().await, json!("Sealed"));
    let again = log_in(&site, "elif@example.com").await;
    assert!(!again.get(&page).await.text.contains("was kept"), "nothing had to be");
}

on_both_databases! {
    async fn a_page_posted_after_the_session_ended_is_in_the_draft_after_the_next_log_in(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let (page, ticket) = page_of(&browser).await;
        site.advance(31 * MINUTE);
        let posted = post(&browser, &page, &ticket, "Deniz").await;
        assert_eq!(posted.leads_to(), format!("/login?after=sealed&next={page}"));
        assert!(browser.get(posted.leads_to()).await.text.contains("What you wrote is kept"));
        let entered = browser.post("/login", &[("email", "elif@example.com"), ("password", PASSWORD), ("next", &page)]).await;
        let shown = browser.get(entered.leads_to()).await.text;
        assert!(shown.contains(r#"value="Deniz""#) && shown.contains("was kept"), "{shown}");
        assert!(!browser.get(&page).await.text.contains("was kept"), "it is said once");
    }

    async fn a_page_posted_without_its_cookie_is_kept_too(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let (page, ticket) = page_of(&browser).await;
        let posted = post(&site.browser(), &page, &ticket, "Deniz").await;
        assert!(posted.leads_to().contains("after=sealed"));
        assert!(browser.get(&page).await.text.contains(r#"value="Deniz""#));
    }

    async fn a_page_posted_after_the_absolute_end_of_the_session_is_kept_too(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let (page, ticket) = page_of(&browser).await;
        site.advance(13 * HOUR);
        assert!(post(&browser, &page, &ticket, "Deniz").await.leads_to().contains("after=sealed"));
        assert!(log_in(&site, "elif@example.com").await.get(&page).await.text.contains(r#"value="Deniz""#));
    }

    async fn what_is_posted_in_somebody_elses_session_is_only_for_the_holder_of_the_draft(site: Site) {
        let ana = registered(&site, "ana@example.com").await;
        let (page, ticket) = page_of(&ana).await;
        let bea = registered(&site, "bea@example.com").await;
        let posted = post(&bea, &page, &ticket, "Deniz").await;
        assert!(bea.get(posted.leads_to()).await.text.contains("What you wrote is kept"), "the log-in shows itself");
        assert_eq!(bea.get(&page).await.status, 404);
        assert!(ana.get(&page).await.text.contains(r#"value="Deniz""#));
    }

    async fn without_the_ticket_of_a_window_nothing_is_kept(site: Site) {
        let ana = registered(&site, "ana@example.com").await;
        let (page, own) = page_of(&ana).await;
        let (other_page, other) = page_of(&ana).await;
        let nothing = format!("/apply/{}/start", "0".repeat(32));
        for (path, ticket) in [(&page, ""), (&page, "a.b"), (&page, &other), (&other_page, &own), (&nothing, &own)] {
            let posted = post(&site.browser(), path, ticket, "Deniz").await;
            assert_eq!(posted.leads_to(), format!("/login?next={path}"), "{ticket}");
        }
        for path in [&page, &other_page] {
            assert!(!ana.get(path).await.text.contains("Deniz"));
        }
    }

    async fn what_waits_longer_than_a_day_is_dropped(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let (page, ticket) = page_of(&browser).await;
        post(&site.browser(), &page, &ticket, "Deniz").await;
        site.advance(25 * HOUR);
        let browser = log_in(&site, "elif@example.com").await;
        assert!(!browser.get(&page).await.text.contains("Deniz"));
        let waiting = "SELECT COUNT(*) FROM sealed_saves";
        assert_eq!(site.database.number(waiting).await, 1);
        site.work.purge().await.unwrap();
        assert_eq!(site.database.number(waiting).await, 0);
    }

    async fn what_waits_goes_with_its_draft(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let (page, ticket) = page_of(&browser).await;
        post(&site.browser(), &page, &ticket, "Deniz").await;
        browser.post(&page.replace("/start", "/delete"), &[]).await;
        assert_eq!(site.database.number("SELECT COUNT(*) FROM sealed_saves").await, 0);
    }

    async fn what_a_window_posts_again_replaces_what_it_had_posted(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let (page, ticket) = page_of(&browser).await;
        for name in ["De", "Deni", "Deniz"] {
            post(&site.browser(), &page, &ticket, name).await;
        }
        assert_eq!(site.database.number("SELECT COUNT(*) FROM sealed_saves").await, 1);
        let shown = browser.get(&page).await.text;
        assert!(shown.contains(r#"value="Deniz""#) && !shown.contains("Deni”"), "{shown}");
    }

    async fn what_waits_and_what_was_saved_meanwhile_are_both_shown(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let (page, ticket) = page_of(&browser).await;
        post(&browser, &page, &ticket, "Saved meanwhile").await;
        post(&site.browser(), &page, &ticket, "Sealed").await;
        let shown = browser.get(&page).await.text;
        assert!(shown.contains("Sealed") && shown.contains("Saved meanwhile"), "{shown}");
    }

    async fn a_ticket_fills_no_disk(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let (page, _) = page_of(&browser).await;
        let mut refused = 0;
        for ticket in windows(&browser, &page).await {
            refused += u32::from(post(&site.browser(), &page, &ticket, "Deniz").await.status == 413);
        }
        assert_eq!(refused, 5);
    }

    async fn windows_that_only_ask_take_no_place_from_one_that_has_a_text(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let (page, own) = page_of(&browser).await;
        for ticket in windows(&browser, &page).await {
            let asked = send(&site, &site.browser(), &page, &ticket, json!({ "base": 0, "fields": {} }), false).await;
            assert_eq!(asked, json!("Sealed"));
        }
        assert_eq!(autosave(&site, &site.browser(), &page, &own, "Deniz", false).await, json!("Sealed"));
        assert!(browser.get(&page).await.text.contains(r#"value="Deniz""#));
    }

    async fn a_window_that_saves_by_itself_is_told_that_it_is_kept(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let (page, ticket) = page_of(&browser).await;
        assert_eq!(autosave(&site, &site.browser(), &page, &ticket, "Deniz", false).await, json!("Sealed"));
        assert_eq!(autosave(&site, &site.browser(), &page, "a.b", "Nobody", false).await, json!("Closed"));
        assert!(browser.get(&page).await.text.contains(r#"value="Deniz""#));
    }

    async fn a_save_that_is_not_understood_is_refused_as_such(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        for body in ["", "{}", "null", r#"{"save":{}}"#, "\u{0}"] {
            let request = browser.request("POST", "/api/ui/draft-save").header(ORIGIN, &site.url);
            let request = request.header("content-type", "application/json").body(body);
            assert_eq!(browser.send(request).await.status, 400, "{body}");
        }
    }

    async fn all_windows_of_a_session_share_the_time_of_the_page_that_was_opened_last(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let (page, ticket) = page_of(&browser).await;
        let left = async |renews| autosave(&site, &browser, &page, &ticket, "Deniz", renews).await["Saved"]["seconds_left"].clone();
        site.advance(10 * MINUTE);
        assert_eq!(left(false).await, 20 * 60, "typing gives no time");
        assert_eq!(left(true).await, 30 * 60, "more time was asked for");
        site.advance(10 * MINUTE);
        browser.get(&page).await;
        assert_eq!(left(false).await, 30 * 60, "a page was opened in another window");
        for _ in 0..12 {
            site.advance(29 * MINUTE);
            assert_eq!(left(true).await, 30 * 60, "more time can be had again and again");
        }
    }

    async fn a_text_longer_than_a_field_may_hold_stays_in_the_box_and_everything_else_is_saved(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let (page, ticket) = page_of(&browser).await;
        let long = "å".repeat(FIELD_LIMIT + 3);
        let fields = [("ticket", ticket.as_str()), ("start.filler", "other"), (NAME, &long), ("start.embassy", "swedish"), ("go", "continue")];
        let refused = browser.post(&page, &fields).await;
        assert_eq!(refused.status, 413);
        assert!(refused.text.contains(&long) && refused.text.contains(r#"aria-invalid="true""#));
        let stored = browser.get(&page).await.text;
        assert!(!stored.contains("ååå"));
        assert_eq!(stored.matches(" checked").count(), 2, "the other answers are saved");
    }

    async fn every_text_comes_back_as_it_was_typed(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let (page, ticket) = page_of(&browser).await;
        let texts = [
            "李 å \u{1F469}\u{200D}\u{1F469}\u{200D}\u{1F467} Ñandú", "\u{202E}right to left\u{202C}", "<script>alert(1)</script> & \"quotes\" 'too'",
            "a\tb\u{a0}c\u{feff}", "İstanbul ığüşöç", "ﷺ ناصر", "\u{FDD0} \u{10FFFF}", "{{7*7}} ${7*7} %00 %n",
        ];
        for text in texts {
            let saved = autosave(&site, &browser, &page, &ticket, text, false).await;
            assert!(saved["Saved"].is_object(), "{saved}");
            let shown = browser.get(&page).await.text;
            let value = shown.split(r#"name="start.filler-name""#).nth(1).and_then(|rest| rest.split("value=\"").nth(1));
            let value = value.and_then(|rest| rest.split('"').next()).unwrap_or_default();
            let value = value.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
            assert_eq!(value, text);
        }
    }

    async fn many_windows_that_save_one_draft_at_once_are_all_heard(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let (page, _) = page_of(&browser).await;
        let fields: Vec<String> = (0..16).map(|row| format!("trip.visits.k{row}.country")).collect();
        let posts = fields.iter().map(|field| {
            let (browser, page) = (&browser, &page);
            async move { browser.post(page, &[(field.as_str(), "FI"), ("go", "save")]).await.status }
        });
        let statuses = futures_util::future::join_all(posts).await;
        assert!(statuses.iter().all(|status| *status == 204), "{statuses:?}");
        let rows: Vec<String> = (0..16).map(|row| format!("k{row}")).collect();
        let start_page = [("start.main-destination", "yes"), ("start.embassy", "swedish"), ("start.work-permit", "no"),
            ("start.eu-family", "no"), ("start.filler", "self"), ("go", "save")];
        browser.post(&page, &start_page).await;
        let trip = page.replace("/start", "/trip");
        browser.post(&trip, &[("trip.visited", "yes"), ("trip.visits", &rows.join("\n")), ("go", "save")]).await;
        assert_eq!(browser.get(&trip).await.text.matches(r#"value="FI" selected"#).count(), 16);
    }

    async fn a_text_that_is_too_long_to_be_sealed_is_given_back_and_the_rest_is_kept(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let (page, ticket) = page_of(&browser).await;
        let long = "å".repeat(FIELD_LIMIT + 3);
        let fields = [("ticket", ticket.as_str()), ("start.filler", "other"), (NAME, &long), ("start.embassy", "swedish"), ("go", "continue")];
        post(&site.browser(), &page, &ticket, "Deniz").await;
        let refused = site.browser().post(&page, &fields).await;
        assert_eq!(refused.status, 413);
        assert!(refused.text.contains(&long) && refused.text.contains(&ticket), "everything is in the answer");
        let kept = browser.get(&page).await.text;
        assert_eq!(kept.matches(" checked").count(), 2, "the other answers are kept");
        assert!(kept.contains(r#"value="Deniz""#), "what had been posted before goes on waiting");
    }

    async fn a_page_that_comes_back_for_a_text_too_long_does_not_undo_what_another_window_wrote(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let (page, ticket) = page_of(&browser).await;
        let address = "start.filler-address";
        browser.post(&page, &[("ticket", ticket.as_str()), ("start.filler", "other"), (address, "Uppsala"), ("go", "save")]).await;
        let long = "å".repeat(FIELD_LIMIT + 1);
        let old = [("ticket", ticket.as_str()), ("revision", "0"), ("start.filler", "other"), (address, ""), (NAME, &long), ("go", "continue")];
        let shown = browser.post(&page, &old).await;
        assert_eq!(shown.status, 413);
        assert!(shown.text.contains(&long) && shown.text.contains("Uppsala"), "{}", shown.text.replace(&long, "long"));
    }

    async fn a_draft_that_grows_without_end_is_refused_and_says_so(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let (page, ticket) = page_of(&browser).await;
        let mut answers = Vec::new();
        for count in 0..30 {
            let text = format!("{count}{}", "x".repeat(FIELD_LIMIT - 5));
            let texts = ["name", "address", "email", "phone"].map(|field| (format!("start.filler-{field}"), text.as_str()));
            let mut fields = vec![("ticket", ticket.as_str()), ("revision", "0"), ("start.filler", "other"), ("go", "continue")];
            fields.extend(texts.iter().map(|(field, text)| (field.as_str(), *text)));
            let answer = browser.post(&page, &fields).await;
            answers.push((answer.status.as_u16(), answer.text.contains(&text)));
        }
        assert_eq!(answers[0].0, 303);
        assert_eq!(answers[29], (413, true), "everything is in the answer");
    }

    async fn a_row_that_a_window_took_out_before_it_had_to_save_as_a_plain_form_is_gone(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let draft = start(&browser).await;
        fill_in(&browser, &draft, site.now()).await;
        let page = format!("{draft}/stay");
        let shown = browser.get(&page).await.text;
        assert!(shown.contains("Zeynep"));
        let revision = shown.split(r#"name="revision" id="revision" value=""#).nth(1).unwrap().split('"').next().unwrap();
        let fields = [("revision", revision), ("removed", "stay.hosts.k1"), ("go", "save")];
        assert_eq!(browser.post(&page, &fields).await.status, 204);
        assert!(!browser.get(&page).await.text.contains("Zeynep"));
    }

    async fn a_late_save_of_a_window_does_not_replace_a_later_one_that_waits(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let (page, ticket) = page_of(&browser).await;
        for (number, name) in [(2, "Deniz"), (1, "Den")] {
            let changes = json!({
                "origin": { "window": 7, "number": number }, "base": 0, "fields": { "start.filler": "other", NAME: name },
            });
            assert_eq!(send(&site, &site.browser(), &page, &ticket, changes, false).await, json!("Sealed"));
        }
        assert!(browser.get(&page).await.text.contains(r#"value="Deniz""#));
    }

    async fn the_word_about_what_was_kept_comes_along_from_my_page(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let (page, ticket) = page_of(&browser).await;
        post(&site.browser(), &page, &ticket, "Deniz").await;
        let opened = browser.get(&page.replace("/start", "")).await;
        assert!(browser.get(opened.leads_to()).await.text.contains("was kept"));
    }

    async fn nothing_is_submitted_that_nobody_has_reviewed(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let draft = start(&browser).await;
        fill_in(&browser, &draft, site.now()).await;
        let page = format!("{draft}/work");
        let ticket = ticket(&browser.get(&page).await.text);
        let review = browser.get(&format!("{draft}/review")).await.text;
        let revision = review.split(r#"name="revision" value=""#).nth(1).unwrap().split('"').next().unwrap().to_owned();
        // Written in a window whose session has ended, on top of what the review shows.
        let fields = [("ticket", ticket.as_str()), ("revision", "0"), ("work.occupation", "Painter"), ("go", "save")];
        site.browser().post(&page, &fields).await;
        let submitted = browser.post(&format!("{draft}/review"), &[("go", "submit"), ("revision", &revision)]).await;
        assert_eq!(submitted.leads_to(), format!("{draft}/review"));
        assert_eq!(browser.get(&format!("{draft}/review")).await.leads_to(), page);
        let shown = browser.get(&page).await.text;
        assert!(shown.contains("Painter") && shown.contains("Biologist"), "both are there to choose from");
    }
}
