use std::sync::Arc;

use tokio::task::JoinSet;

use super::*;
use crate::harness::on_both_databases;

#[tokio::test]
async fn the_form_helps_password_managers_and_every_language_has_it() {
    let site = Site::start().await;
    for (path, language) in [
        ("/register", r#"lang="en" dir="ltr""#),
        ("/sv/register", r#"lang="sv" dir="ltr""#),
        ("/ar/register", r#"lang="ar" dir="rtl""#),
    ] {
        let page = site.browser().get(path).await;
        assert_eq!(page.status, 200);
        assert!(page.text.contains(language), "{path}");
        assert!(
            page.text.contains(r#"autocomplete="new-password""#) && page.text.contains(r#"autocomplete="username""#)
        );
        assert!(page.text.contains(&format!(r#"action="{path}""#)) && page.text.contains("password-strength"));
    }
}

#[tokio::test]
async fn the_code_page_says_what_to_do_when_no_mail_comes() {
    let site = Site::start().await;
    let browser = site.browser();
    browser.post("/register", &[("email", ANA), ("password", PASSWORD)]).await.leads_to();
    let page = browser.get("/register/code").await.text;
    assert!(page.contains(ANA) && page.contains("spam") && page.contains("24 hours"));
    assert!(page.contains(r#"autocomplete="one-time-code""#) && page.contains(r#"inputmode="numeric""#));
    assert!(page.contains(r#"href="/register?correct""#) && page.contains(r#"value="resend""#));
}

#[tokio::test]
async fn a_mistyped_address_is_corrected_in_the_form() {
    let site = Site::start().await;
    let browser = site.browser();
    browser.post("/register", &[("email", "ana@exmaple.org"), ("password", PASSWORD)]).await.leads_to();
    assert!(browser.get("/register?correct").await.text.contains(r#"value="ana@exmaple.org""#));
    assert!(!browser.get("/register").await.text.contains("ana@exmaple.org"), "the next person does not see it");
    browser.post("/register", &[("email", ANA), ("password", PASSWORD)]).await.leads_to();
    let code = site.code_to(ANA).await;
    assert_eq!(browser.post("/register/code", &[("code", &code)]).await.leads_to(), "/my");
}

#[tokio::test]
async fn what_was_typed_stays_after_a_refusal_but_for_the_password() {
    let site = Site::start().await;
    let answer = site.browser().post("/register", &[("email", ANA), ("password", "too short")]).await;
    assert_eq!(answer.status, 422);
    assert!(answer.text.contains(r#"role="alert""#) && answer.text.contains(r##"href="#password""##));
    assert!(answer.text.contains(r#"aria-invalid="true""#) && answer.text.contains("at least 15 characters"));
    assert!(answer.text.contains(&format!(r#"value="{ANA}""#)) && !answer.text.contains("too short\""));

    let answer = site.browser().post("/register", &[("email", "<b>ana"), ("password", PASSWORD)]).await;
    assert_eq!(answer.status, 422);
    assert!(answer.text.contains(r##"href="#email""##) && !answer.text.contains("<b>ana"));
}

#[tokio::test]
async fn cookies_are_for_this_site_and_this_visit_alone() {
    let site = Site::start().await;
    let browser = site.browser();
    let begun = browser.post("/register", &[("email", ANA), ("password", PASSWORD)]).await;
    let [pending] = &cookies(&begun)[..] else { panic!("one cookie: {begun:?}") };
    assert!(
        pending.starts_with("lodge-pending=") && pending.ends_with("; Path=/; HttpOnly; SameSite=Lax"),
        "{pending}"
    );

    let code = site.code_to(ANA).await;
    let entered = cookies(&browser.post("/register/code", &[("code", &code)]).await);
    let cookie = |name: &str| entered.iter().find(|cookie| cookie.starts_with(&format!("{name}="))).unwrap();
    assert!(cookie("lodge").ends_with("; Path=/; HttpOnly; SameSite=Lax"), "{entered:?}");
    assert!(cookie("lodge-device").contains("Max-Age="), "{entered:?}");
    assert!(cookie("lodge-pending").starts_with("lodge-pending=;"), "{entered:?}");
}

#[tokio::test]
async fn the_page_that_was_asked_for_comes_after_registration() {
    let site = Site::start().await;
    let browser = site.browser();
    let log_in = browser.get("/sv/login?next=/sv/services/visit-visa").await.text;
    assert!(log_in.contains(r#"href="/sv/register?next=/sv/services/visit-visa""#));
    let form = browser.get("/sv/register?next=/sv/services/visit-visa").await.text;
    assert!(form.contains(r#"name="next" value="/sv/services/visit-visa""#));
    let fields = [("email", ANA), ("password", PASSWORD), ("next", "/sv/services/visit-visa")];
    let code_page = browser.post("/sv/register", &fields).await.leads_to().to_owned();
    assert_eq!(code_page, "/sv/register/code?next=/sv/services/visit-visa");
    let code = site.code_to(ANA).await;
    let entered = browser.post("/sv/register/code", &[("code", &code), ("next", "/sv/services/visit-visa")]).await;
    assert_eq!(entered.leads_to(), "/sv/services/visit-visa");
    assert!(site.mail_to(ANA).await[0].html.contains(r#"<html lang="sv""#));
}

#[tokio::test]
async fn without_a_registration_in_this_browser_there_is_no_code_to_enter() {
    let site = Site::start().await;
    registered(&site, ANA).await;
    let browser = site.browser();
    assert_eq!(browser.get("/register/code").await.status, 404);
    assert_eq!(browser.post("/register/code", &[("code", "123456")]).await.status, 404);
    assert_eq!(browser.post("/register/code", &[("go", "resend")]).await.status, 404);
}

#[tokio::test]
async fn more_codes_than_a_mailbox_can_bear_are_refused_for_a_while() {
    let site = Site::start().await;
    let browser = site.browser();
    browser.post("/register", &[("email", ANA), ("password", PASSWORD)]).await.leads_to();
    for _ in 0..5 {
        let resent = browser.post("/register/code", &[("go", "resend")]).await;
        assert_eq!(resent.leads_to(), "/register/code?resent");
    }
    let refused = browser.post("/register/code", &[("go", "resend")]).await;
    assert_eq!(refused.status, 429);
    assert!(refused.header("retry-after").parse::<u64>().unwrap() <= 600);
    assert!(refused.text.contains(r#"role="alert""#) && refused.text.contains("10 minutes"), "{}", refused.text);
    assert_eq!(site.mail_to(ANA).await.len(), 6);
}

on_both_databases! {
    async fn of_twenty_posts_of_the_right_code_one_succeeds(site: Site) {
        let browser = Arc::new(site.browser());
        browser.post("/register", &[("email", ANA), ("password", PASSWORD)]).await.leads_to();
        let code = site.code_to(ANA).await;
        // Each with the cookie of the registration alone, as twenty requests on their way at once.
        let pending = Arc::new(site.browser());
        let begun = pending.post("/register", &[("email", "bo@example.org"), ("password", PASSWORD)]).await;
        let other_cookie = cookies(&begun)[0].split(';').next().unwrap().to_owned();
        let other_code = site.code_to("bo@example.org").await;
        let mut posts = JoinSet::new();
        for _ in 0..20 {
            let fresh = site.browser();
            let (cookie, code, origin) = (other_cookie.clone(), other_code.clone(), site.url.clone());
            posts.spawn(async move {
                let request = fresh.request("POST", "/register/code").header("origin", origin).header("cookie", cookie);
                fresh.send(request.form(&[("code", code)])).await.status
            });
        }
        let statuses = posts.join_all().await;
        assert_eq!(statuses.iter().filter(|status| **status == 303).count(), 1, "{statuses:?}");
        assert_eq!(statuses.iter().filter(|status| **status == 404).count(), 19, "{statuses:?}");
        assert_eq!(browser.post("/register/code", &[("code", &code)]).await.leads_to(), "/my");
        assert_eq!(site.database.number("SELECT count(*) FROM accounts").await, 2);
    }

    async fn of_two_browsers_that_register_an_address_the_first_with_the_code_gets_it(site: Site) {
        let (one, other) = (site.browser(), site.browser());
        one.post("/register", &[("email", ANA), ("password", PASSWORD)]).await.leads_to();
        let code_of_one = site.code_to(ANA).await;
        // Mails written in the same moment come in no order.
        site.advance(MINUTE);
        other.post("/register", &[("email", ANA), ("password", "another password entirely")]).await.leads_to();
        let code_of_other = site.code_to(ANA).await;
        assert_eq!(other.post("/register/code", &[("code", &code_of_other)]).await.leads_to(), "/my");
        assert_eq!(one.post("/register/code", &[("code", &code_of_one)]).await.status, 422);
        assert_eq!(other.get("/my").await.status, 200);
        assert_eq!(site.database.number("SELECT count(*) FROM accounts").await, 1);
    }

    async fn five_wrong_codes_kill_the_code_and_a_new_one_works(site: Site) {
        let browser = site.browser();
        browser.post("/register", &[("email", ANA), ("password", PASSWORD)]).await.leads_to();
        let code = site.code_to(ANA).await;
        let wrong = if code == "000000" { "111111" } else { "000000" };
        let first = browser.post("/register/code", &[("code", wrong)]).await;
        assert_eq!(first.status, 422);
        assert!(first.text.contains("4 tries left"));
        for _ in 1..5 {
            assert_eq!(browser.post("/register/code", &[("code", wrong)]).await.status, 422);
        }
        let late = browser.post("/register/code", &[("code", &code)]).await;
        assert_eq!(late.status, 422);
        assert!(late.text.contains("no longer works"));
        browser.post("/register/code", &[("go", "resend")]).await.leads_to();
        let code = site.code_to(ANA).await;
        assert_eq!(browser.post("/register/code", &[("code", &code)]).await.leads_to(), "/my");
    }
}
