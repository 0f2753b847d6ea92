use super::*;
use crate::harness::on_both_databases;

const NEW: &str = "marble blanket eighteen";

on_both_databases! {
    async fn a_new_password_ends_every_session_and_is_told_by_mail(site: Site) {
        let before = registered(&site, ANA).await;
        let browser = site.browser();
        assert_eq!(browser.post("/reset", &[("email", ANA)]).await.leads_to(), "/reset?sent");
        assert!(browser.get("/reset?sent").await.text.contains("1 hour"));
        let link = site.link_to(ANA).await;
        // As a mail scanner does it.
        for _ in 0..5 {
            assert_eq!(site.browser().get(&link).await.status, 200);
            let head = site.browser();
            head.send(head.request("HEAD", &link)).await;
        }
        assert_eq!(browser.post(&link, &[("password", NEW)]).await.leads_to(), "/login?after=reset");
        assert!(browser.get("/login?after=reset").await.text.contains("Your new password is saved"));
        assert!(before.get("/my").await.leads_to().starts_with("/login"));
        assert_eq!(site.mail_to(ANA).await.last().unwrap().template, "password-changed");

        assert_eq!(browser.post(&link, &[("password", "another new password")]).await.status, 404);
        assert_eq!(browser.get(&link).await.status, 404);
        assert_eq!(browser.post("/login", &[("email", ANA), ("password", NEW)]).await.leads_to(), "/my");
        assert_eq!(site.browser().post("/login", &[("email", ANA), ("password", PASSWORD)]).await.status, 401);
    }
}

#[tokio::test]
async fn a_forged_host_never_reaches_a_mail() {
    let site = Site::start().await;
    let browser = registered(&site, ANA).await;
    for (path, email) in [("/reset", ANA), ("/register", ANA), ("/register", "bo@example.org")] {
        let request = browser
            .request("POST", path)
            .header("host", "evil.example")
            .header("x-forwarded-host", "evil.example")
            .header("forwarded", "host=evil.example")
            .header("origin", &site.url);
        browser.send(request.form(&[("email", email), ("password", PASSWORD)])).await;
    }
    site.work.send_mail().await.unwrap();
    let mails = site.mailer.sent();
    assert!(mails.len() >= 3, "{}", mails.len());
    for mail in mails {
        let everything = format!("{} {} {} {}", mail.subject, mail.text, mail.html, mail.message_id);
        assert!(!everything.contains("evil"), "{}", mail.template);
    }
}

#[tokio::test]
async fn a_refused_password_says_why_and_leaves_the_link_as_it_was() {
    let site = Site::start().await;
    registered(&site, ANA).await;
    let browser = site.browser();
    browser.post("/reset", &[("email", ANA)]).await.leads_to();
    let link = site.link_to(ANA).await;
    let refused = browser.post(&link, &[("password", "too short")]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text.contains(r##"href="#password""##) && refused.text.contains(r#"autocomplete="new-password""#));
    browser.post(&link, &[("password", NEW)]).await.leads_to();
}

#[tokio::test]
async fn a_dead_link_says_so_in_the_language_of_the_mail() {
    let site = Site::start().await;
    registered(&site, ANA).await;
    let browser = site.browser();
    browser.post("/sv/reset", &[("email", ANA)]).await.leads_to();
    let link = site.link_to(ANA).await;
    assert!(link.starts_with("/sv/reset/"));
    site.advance(60 * MINUTE);
    let dead = browser.get(&link).await;
    assert_eq!(dead.status, 404);
    assert!(dead.text.contains("Länken fungerar inte längre") && dead.text.contains(r#"href="/sv/reset""#));
    for made_up in ["/reset/x", "/reset/%00", "/reset/%FF", "/reset/..%2f..%2fmy"] {
        let status = browser.get(made_up).await.status;
        assert!(status == 404 || status == 400, "{made_up} {status}");
    }
}

#[tokio::test]
async fn half_an_address_is_refused_in_words() {
    let site = Site::start().await;
    let refused = site.browser().post("/reset", &[("email", "ana@")]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text.contains(r#"role="alert""#) && refused.text.contains(r#"value="ana@""#));
}
