use reqwest::header::{CONTENT_TYPE, ORIGIN};

use crate::harness::{Answer, Site};

/// A path for every kind of POST.
const POSTS: [&str; 15] = [
    "/register",
    "/register/code",
    "/login",
    "/login/code",
    "/logout",
    "/logout/everywhere",
    "/reset",
    "/reset/0123456789abcdef",
    "/apply/visit-visa",
    "/apply/00000000000000000000000000000001/trip",
    "/apply/00000000000000000000000000000001/review",
    "/apply/00000000000000000000000000000001/delete",
    "/api/ui/draft-save",
    "/sv/register",
    "/no-such-page",
];

const FORM: &str = "application/x-www-form-urlencoded";
const BODY: &str = "email=ana%40example.com&password=four+words+nobody+joins";

async fn post(site: &Site, path: &str, headers: &[(&str, &str)]) -> Answer {
    let browser = site.browser();
    let request =
        headers.iter().fold(browser.request("POST", path), |request, (name, value)| request.header(*name, *value));
    browser.send(request.body(BODY)).await
}

#[tokio::test]
async fn what_another_site_sends_is_refused_on_every_path_and_changes_nothing() {
    let site = Site::start().await;
    let own = site.url.clone();
    let refused: [&[(&str, &str)]; 9] = [
        &[("content-type", FORM)],
        &[("content-type", FORM), ("origin", "https://evil.example")],
        &[("content-type", FORM), ("origin", "null")],
        &[("content-type", FORM), ("origin", "")],
        &[("content-type", FORM), ("sec-fetch-site", "cross-site")],
        &[("content-type", FORM), ("sec-fetch-site", "same-site"), ("origin", "https://sister.example")],
        &[("content-type", "text/plain"), ("origin", &own)],
        &[("content-type", "text/plain"), ("sec-fetch-site", "same-origin")],
        &[("content-type", FORM), ("origin", "https://evil.example"), ("x-forwarded-host", "evil.example")],
    ];
    for path in POSTS {
        for headers in refused {
            let answer = post(&site, path, headers).await;
            assert_eq!(answer.status, 403, "{path} {headers:?}");
            let words = if path.starts_with("/sv") { "inte ta emot" } else { "could not accept" };
            assert!(answer.text.contains(words), "{path} {headers:?}: {}", answer.text);
        }
    }
    assert!(site.mail_to("ana@example.com").await.is_empty());
}

#[tokio::test]
async fn our_own_pages_may_post() {
    let site = Site::start().await;
    let own = site.url.clone();
    let allowed: [&[(&str, &str)]; 3] = [
        &[("content-type", FORM), ("origin", &own)],
        &[("content-type", FORM), ("sec-fetch-site", "same-origin")],
        &[("content-type", FORM), ("sec-fetch-site", "same-origin"), ("origin", &own)],
    ];
    for headers in allowed {
        assert_eq!(post(&site, "/register", headers).await.status, 303, "{headers:?}");
    }
}

#[tokio::test]
async fn other_methods_that_change_things_are_refused_too() {
    let site = Site::start().await;
    for method in ["PUT", "PATCH", "DELETE"] {
        let browser = site.browser();
        let request = browser.request(method, "/my").header(CONTENT_TYPE, FORM).header(ORIGIN, "https://evil.example");
        assert_eq!(browser.send(request.body(BODY)).await.status, 403, "{method}");
    }
}

#[tokio::test]
async fn a_forged_host_reaches_no_page_and_no_mail() {
    let site = Site::start().await;
    let own = site.url.clone();
    let forged =
        [("host", "evil.example"), ("x-forwarded-host", "evil.example"), ("content-type", FORM), ("origin", &own)];
    assert_eq!(post(&site, "/register", &forged).await.status, 303);
    let mails = site.mail_to("ana@example.com").await;
    assert_eq!(mails.len(), 1);
    assert!(!format!("{}{}{}", mails[0].text, mails[0].html, mails[0].message_id).contains("evil.example"));
    let browser = site.browser();
    let page = browser.send(browser.request("GET", "/").header("host", "evil.example")).await;
    assert!(!page.text.contains("evil.example"));
}
