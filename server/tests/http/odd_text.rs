//! Text of every kind comes back as it was typed, and addresses of every kind are answered.

use domain::answers::{FIELD_LIMIT, normalised};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use reqwest::header::ORIGIN;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::harness::html::{answer, control, with_id};
use crate::harness::people::{registered, start, ticket};
use crate::harness::visit_visa::pages;
use crate::harness::{Answer, Browser, Site, Start};

const PURPOSE: &str = "trip.purpose-other";
const DETAIL: &str = "trip.detail";

/// Texts as people, and those who try us, might type them.
fn texts(count: usize) -> Vec<String> {
    let odd = prop::sample::select(vec![
        "&lt;",
        "&amp;amp;",
        "</textarea>",
        "<script>alert(1)</script>",
        "<!--",
        "\"",
        "'",
        "\n",
        "\n\n",
        "<",
        "&",
        "]]>",
        "{{x}}",
        "{text}",
        "å",
        "a\u{308}",
        "李",
        "🛂",
        "\u{202e}",
        "\u{200f}",
        "\t",
        "%0d",
        "\\u0041",
        "\u{2028}",
        "\u{fffe}",
    ]);
    let text = prop::collection::vec(prop_oneof![odd.prop_map(str::to_owned), "\\PC{1,8}"], 1..8);
    let mut runner = TestRunner::deterministic();
    let texts = std::iter::repeat_with(|| text.new_tree(&mut runner).unwrap().current().concat());
    let fixed = ["A&lt;B", "\nfirst line is empty", "</textarea><b>bold</b>", " spaces around "].map(str::to_owned);
    let has_words = |text: &String| !text.trim().is_empty();
    fixed.into_iter().chain(texts).filter(has_words).take(count).collect()
}

/// A draft that is open at its second page.
async fn draft_at_trip(site: &Site, browser: &Browser) -> String {
    let draft = start(browser).await;
    let (page, mut fields) = pages(site.now()).swap_remove(0);
    fields.push(("go".to_owned(), "continue".to_owned()));
    let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post(&format!("{draft}/{page}"), &fields).await.leads_to();
    draft
}

/// Saves both texts of the page.
async fn save(browser: &Browser, page: &str, line: &str, text: &str, others: &[(&str, &str)]) -> Answer {
    let mut fields = vec![("trip.purpose", "other"), (PURPOSE, line), (DETAIL, text), ("go", "continue")];
    fields.extend(others);
    browser.post(page, &fields).await
}

#[tokio::test]
async fn any_text_comes_back_unchanged_on_every_page_that_shows_it() {
    let site = Site::start().await;
    let browser = registered(&site, "elif@example.com").await;
    let draft = draft_at_trip(&site, &browser).await;
    let page = format!("{draft}/trip");
    for text in texts(60) {
        // A browser lets no line break into a field of one line.
        let (line, stored) = (text.replace('\n', " "), normalised(&text));
        save(&browser, &page, &line, &text, &[]).await.leads_to();
        let wizard = browser.get(&page).await.text;
        assert_eq!(control(&wizard, PURPOSE).unwrap(), normalised(&line), "{text:?}");
        assert_eq!(control(&wizard, DETAIL).unwrap(), stored, "{text:?}");
        let print = browser.get(&format!("{draft}/print")).await.text;
        assert_eq!(answer(&print, "More about your plans").unwrap().trim(), stored.trim(), "{text:?}");
    }
}

#[tokio::test]
async fn two_texts_to_choose_between_are_shown_as_they_were_typed() {
    let site =
        Start::on_sqlite().await.with("LODGE_DRAFTS_PER_SERVICE", "99").with("LODGE_DRAFTS_PER_HOUR", "99").go().await;
    let browser = registered(&site, "elif@example.com").await;
    for text in texts(20) {
        let page = format!("{}/trip", draft_at_trip(&site, &browser).await);
        save(&browser, &page, "x", &text, &[("revision", "1")]).await.leads_to();
        save(&browser, &page, "x", "written in another window", &[("revision", "1")]).await.leads_to();
        let shown = with_id(&browser.get(&page).await.text, "trip.detail-contested").unwrap_or_default();
        assert!(shown.contains(normalised(&text).trim()), "{text:?} in {shown:?}");
    }
}

#[tokio::test]
async fn what_could_not_be_saved_comes_back_unchanged_to_be_sent_again() {
    let site = Site::start().await;
    let browser = registered(&site, "elif@example.com").await;
    let page = format!("{}/trip", draft_at_trip(&site, &browser).await);
    let ticket = ticket(&browser.get(&page).await.text);
    for text in texts(40) {
        let long = format!("{text}{}", "x".repeat(FIELD_LIMIT));
        let again = save(&site.browser(), &page, &text, &long, &[("ticket", &ticket)]).await;
        assert_eq!(again.status, 413);
        assert_eq!(control(&again.text, DETAIL).unwrap(), long, "{text:?}");
        assert_eq!(control(&again.text, PURPOSE).unwrap(), text);
    }
}

#[tokio::test]
async fn an_address_that_is_none_of_ours_is_answered_like_any_that_is_not_there() {
    let site = Site::start().await;
    let browser = registered(&site, "elif@example.com").await;
    for service in ["%0d%0a", "%00", "a%2fb", "%c3%a5", "%ff", "%E2%80%AE", "x%22%3e"] {
        let stranger = site.browser().post(&format!("/apply/{service}"), &[]).await;
        assert!(!stranger.status.is_server_error(), "{service}: {}", stranger.status);
        let known = browser.post(&format!("/apply/{service}"), &[]).await;
        assert!(known.status.is_client_error(), "{service}: {}", known.status);
        for path in ["/services", "/resume", "/reset", "/apply"] {
            let status = browser.get(&format!("{path}/{service}")).await.status;
            assert!(!status.is_server_error(), "{path}/{service}: {status}");
        }
    }
}

#[tokio::test]
async fn a_program_may_send_no_more_than_a_form() {
    let site = Site::start().await;
    let browser = registered(&site, "elif@example.com").await;
    let page = format!("{}/start", start(&browser).await);
    let ticket = ticket(&browser.get(&page).await.text);
    let draft = page.split('/').nth(2).unwrap();
    let body = |text: &str| {
        let changes = json!({ "base": 0, "fields": { "start.filler": "other", "start.filler-name": text } });
        json!({ "save": { "draft": draft, "page": "start", "tried": [], "ticket": ticket, "renews": false, "changes": changes } })
            .to_string()
    };
    let send = |body: Vec<u8>| {
        let request = browser.request("POST", "/api/ui/draft-save").header(ORIGIN, &site.url);
        browser.send(request.header("content-type", "application/json").body(body))
    };
    assert_eq!(send(body("Deniz \\u0000").into_bytes()).await.status, 200, "a backslash is a character");
    assert_eq!(send(body("a\0b").into_bytes()).await.status, 400);
    let mut broken = body("here").into_bytes();
    let place = broken.windows(4).position(|four| four == b"here").unwrap();
    broken[place] = 0xff;
    assert_eq!(send(broken).await.status, 400);
    let surrogate = body("here").replace("here", "\\ud800");
    assert_eq!(send(surrogate.into_bytes()).await.status, 400);
    assert_eq!(control(&browser.get(&page).await.text, "start.filler-name").unwrap_or_default(), "Deniz \\u0000");
}

#[tokio::test]
async fn a_request_says_once_whom_it_is_for() {
    let site = Site::start().await;
    for (hosts, status) in [("Host: a\r\n", 200), ("", 400), ("Host: a\r\nHost: b\r\n", 400)] {
        let mut stream = TcpStream::connect(site.host()).await.unwrap();
        let request = format!("GET /login HTTP/1.1\r\n{hosts}Connection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        let answer = String::from_utf8_lossy(&answer);
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{hosts:?}: {answer}");
    }
}
