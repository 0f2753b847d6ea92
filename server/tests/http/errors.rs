use crate::harness::{Site, Start};

#[tokio::test]
async fn a_missing_page_says_so_and_what_to_do() {
    let site = Site::start().await;
    let page = site.browser().get("/no-such-page").await;
    assert_eq!(page.status, 404);
    assert!(page.header("content-type").starts_with("text/html"));
    assert!(page.text.contains("Page not found") && page.text.contains("<html lang=\"en\""), "{}", page.text);
}

#[tokio::test]
async fn a_method_that_a_page_does_not_know_is_an_error_page_too() {
    let site = Site::start().await;
    let page = site.browser().post("/", &[("a", "b")]).await;
    assert_eq!(page.status, 405);
    assert!(page.header("content-type").starts_with("text/html") && !page.header("allow").is_empty());
}

#[tokio::test]
async fn too_much_at_once_is_refused_in_plain_words() {
    let site = Start::on_sqlite().await.with("LODGE_BODY_LIMIT", "64KiB").go().await;
    // A little more, and far more than is even read.
    for length in [65 << 10, 4 << 20] {
        let text = "x".repeat(length);
        let page = site.browser().post("/login", &[("email", &text)]).await;
        assert_eq!(page.status, 413);
        assert!(page.text.contains("too large"), "{}", page.text);
    }
}

#[tokio::test]
async fn a_form_just_under_the_limit_is_read() {
    let site = Start::on_sqlite().await.with("LODGE_BODY_LIMIT", "64KiB").go().await;
    let text = "x".repeat((64 << 10) - 100);
    let status = site.browser().post("/login", &[("email", &text)]).await.status;
    assert!(status != 413 && !status.is_server_error(), "{status}");
}

#[tokio::test]
async fn ten_thousand_fields_and_broken_text_are_no_fault_of_ours() {
    let site = Site::start().await;
    let own = site.url.clone();
    let many = (0..10_000).map(|n| format!("f{n}=v")).collect::<Vec<_>>().join("&");
    for body in [many.as_str(), "email=%FF%FE&password=%C3", "email=a%00b", "%", "email", "=&=&="] {
        for path in ["/login", "/register", "/reset"] {
            let browser = site.browser();
            let form = browser.request("POST", path).header("origin", &own);
            let form = form.header("content-type", "application/x-www-form-urlencoded").body(body.to_owned());
            let answer = browser.send(form).await;
            assert!(!answer.status.is_server_error(), "{path} {}", &body[..body.len().min(30)]);
        }
    }
}

#[tokio::test]
async fn a_database_that_is_gone_is_said_and_named_by_no_inside() {
    let site = Site::start().await;
    site.database.storage.close().await.unwrap();
    let page = site.browser().get("/reset/0123456789abcdef").await;
    assert_eq!(page.status, 503);
    assert!(!page.header("retry-after").is_empty());
    assert!(page.text.contains("cannot be reached") && page.text.contains("Fault number"), "{}", page.text);
    assert!(!page.text.to_lowercase().contains("sql"));
}

#[tokio::test]
async fn a_program_that_wants_no_page_gets_none() {
    let site = Site::start().await;
    let browser = site.browser();
    let answer = browser.send(browser.request("GET", "/no-such-page").header("accept", "application/json")).await;
    assert_eq!((answer.status.as_u16(), answer.text.as_str()), (404, ""));
}
