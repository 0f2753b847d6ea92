//! After many wrong passwords a right one needs a mailed code too.

use reqwest::StatusCode;

use super::*;
use crate::harness::{Answer, Start, on_both_databases};

const LOG_IN: [(&str, &str); 2] = [("email", ANA), ("password", PASSWORD)];
const WRONG: [(&str, &str); 2] = [("email", ANA), ("password", "not the password at all")];

/// As after a hundred wrong passwords.
async fn guessed_at(site: &Site) -> Browser {
    let holder = registered(site, ANA).await;
    holder.post("/logout", &[]).await.leads_to();
    site.database.tamper("UPDATE accounts SET wrong_tries = 100").await.unwrap();
    holder
}

#[tokio::test]
async fn a_hundred_wrong_passwords_do_not_keep_the_holder_out() {
    let site = Start::on_sqlite()
        .await
        .with("LODGE_LOG_INS_PER_ACCOUNT", "1000")
        .with("LODGE_TRIES_PER_ADDRESS", "1000")
        .go()
        .await;
    let holder = registered(&site, ANA).await;
    holder.post("/logout", &[]).await.leads_to();
    let attacker = site.browser();
    for _ in 0..100 {
        assert_eq!(attacker.post("/login", &WRONG).await.status, StatusCode::UNAUTHORIZED);
    }
    assert_eq!(attacker.post("/login", &WRONG).await.status, StatusCode::UNAUTHORIZED, "as before");
    assert_eq!(holder.post("/login", &LOG_IN).await.leads_to(), "/my", "a known browser goes on as before");

    let elsewhere = site.browser();
    assert_eq!(elsewhere.post("/login", &LOG_IN).await.leads_to(), "/login/code");
    assert!(elsewhere.get("/my").await.leads_to().starts_with("/login"), "the password alone is not enough");
    let code = site.code_to(ANA).await;
    assert_eq!(elsewhere.post("/login/code", &[("code", &code)]).await.leads_to(), "/my");
    assert_eq!(elsewhere.get("/my").await.status, 200);
    assert_eq!(site.browser().post("/login", &LOG_IN).await.leads_to(), "/my", "and the row begins anew");
}

on_both_databases! {
    async fn the_code_opens_the_page_that_was_asked_for_and_makes_the_browser_known(site: Site) {
        guessed_at(&site).await;
        let browser = site.browser();
        let asked = browser.post("/sv/login", &[LOG_IN[0], LOG_IN[1], ("next", "/sv/my")]).await;
        assert_eq!(asked.leads_to(), "/sv/login/code?next=/sv/my");
        assert!(cookies(&asked)[0].ends_with("; Path=/; HttpOnly; SameSite=Lax"), "{asked:?}");
        let mail = site.mail_to(ANA).await.pop().unwrap();
        assert_eq!((mail.template.as_str(), mail.language.as_str()), ("log-in-code", "sv"));
        let code = site.code_to(ANA).await;
        let entered = browser.post("/sv/login/code", &[("code", &code), ("next", "/sv/my")]).await;
        assert_eq!(entered.leads_to(), "/sv/my");
        let given = cookies(&entered);
        assert!(given.iter().any(|cookie| cookie.starts_with("lodge-log-in=; ")), "{given:?}");
        assert_eq!(browser.post("/sv/login/code", &[("code", &code)]).await.leads_to(), "/sv/my", "a second click");

        browser.post("/logout", &[]).await.leads_to();
        site.database.tamper("UPDATE accounts SET wrong_tries = 100").await.unwrap();
        assert_eq!(browser.post("/login", &LOG_IN).await.leads_to(), "/my");
    }

    async fn five_wrong_codes_kill_the_code_and_a_new_one_works(site: Site) {
        guessed_at(&site).await;
        let browser = site.browser();
        browser.post("/login", &LOG_IN).await.leads_to();
        let code = site.code_to(ANA).await;
        let wrong = if code == "000000" { "111111" } else { "000000" };
        let first = browser.post("/login/code", &[("code", wrong)]).await;
        assert_eq!(first.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(first.text.contains("4 tries left"));
        for _ in 1..5 {
            browser.post("/login/code", &[("code", wrong)]).await;
        }
        let late = browser.post("/login/code", &[("code", &code)]).await;
        assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(late.text.contains("no longer works"));
        site.advance(MINUTE);
        assert_eq!(browser.post("/login/code", &[("go", "resend")]).await.leads_to(), "/login/code?resent");
        let code = site.code_to(ANA).await;
        assert_eq!(browser.post("/login/code", &[("code", &code)]).await.leads_to(), "/my");
    }
}

#[tokio::test]
async fn the_page_is_a_plain_form_in_every_language() {
    let site = Site::start().await;
    guessed_at(&site).await;
    for (path, language, why) in [
        ("/login", r#"lang="en" dir="ltr""#, "Many wrong passwords have been tried"),
        ("/sv/login", r#"lang="sv" dir="ltr""#, "Många fel lösenord har provats"),
        ("/ar/login", r#"lang="ar" dir="rtl""#, "كلمات مرور خاطئة كثيرة"),
    ] {
        let browser = site.browser();
        let page = browser.post(path, &LOG_IN).await.leads_to().to_owned();
        let page = browser.get(&page).await.text;
        for part in [
            language,
            why,
            ANA,
            &format!(r#"action="{path}/code""#),
            r#"<label for="code""#,
            r#"autocomplete="one-time-code""#,
            r#"inputmode="numeric""#,
            r#"value="resend""#,
        ] {
            assert!(page.contains(part), "{path}: {part} {page}");
        }
        assert!(!page.contains("?correct") && !page.contains("<script"), "{page}");
        let refused = browser.post(&format!("{path}/code"), &[("code", "12")]).await.text;
        assert!(refused.contains(r#"role="alert""#) && refused.contains(r##"href="#code""##));
        assert!(refused.contains(r#"aria-invalid="true""#) && refused.contains("aria-describedby"));
    }
}

#[tokio::test]
async fn without_a_log_in_that_waits_in_this_browser_there_is_no_code_to_enter() {
    let site = Site::start().await;
    guessed_at(&site).await;
    let asked = |answer: Answer| assert_eq!(answer.status, StatusCode::NOT_FOUND, "{}", answer.text);
    let browser = site.browser();
    asked(browser.get("/login/code").await);
    asked(browser.post("/login/code", &[("code", "123456")]).await);
    asked(browser.post("/login/code", &[("go", "resend")]).await);

    // The code of one browser is worth nothing in another.
    browser.post("/login", &LOG_IN).await.leads_to();
    let code = site.code_to(ANA).await;
    asked(site.browser().post("/login/code", &[("code", &code)]).await);
}

#[tokio::test]
async fn who_shares_the_computer_says_so_once() {
    let site = Site::start().await;
    guessed_at(&site).await;
    let browser = site.browser();
    browser.post("/login", &[LOG_IN[0], LOG_IN[1], ("shared", "yes")]).await.leads_to();
    let page = browser.get("/login/code").await.text;
    let field = page.split("id=\"shared\"").nth(1).unwrap().split('>').next().unwrap();
    assert!(field.contains("checked"), "{field}");
}

#[tokio::test]
async fn the_mail_to_somebody_who_registers_again_leads_back_into_the_account() {
    let site = Site::start().await;
    registered(&site, ANA).await;
    let browser = site.browser();
    browser.post("/register", &LOG_IN).await.leads_to();
    let page = browser.get(&site.link_to(ANA).await).await.text;
    assert!(page.contains("There already is an account"), "{page}");
    assert!(page.contains(r#"action="/login""#) && page.contains(r#"href="/reset""#));
}

#[tokio::test]
async fn registering_somebodys_address_over_and_over_leaves_the_link_for_a_new_password() {
    let site = Site::start().await;
    registered(&site, ANA).await;
    let attacker = site.browser();
    for _ in 0..12 {
        attacker.post("/register", &LOG_IN).await;
    }
    assert_eq!(site.browser().post("/reset", &[("email", ANA)]).await.leads_to(), "/reset?sent");
    assert!(site.mail_to(ANA).await.iter().any(|mail| mail.template == "reset"));
}

#[tokio::test]
async fn a_flood_of_requests_for_links_leaves_the_holder_a_link() {
    let site = Start::on_sqlite().await.with("LODGE_TRUSTED_PROXIES", "127.0.0.1").go().await;
    registered(&site, ANA).await;
    let browser = site.browser();
    let from = async |address: &str| {
        let request = browser.request("POST", "/reset").header("origin", &site.url).header("x-forwarded-for", address);
        browser.send(request.form(&[("email", ANA)])).await.status
    };
    for _ in 0..6 {
        assert_eq!(from("192.0.2.7").await, StatusCode::SEE_OTHER);
    }
    assert_eq!(from("192.0.2.7").await, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(from("192.0.2.8").await, StatusCode::SEE_OTHER);
}
