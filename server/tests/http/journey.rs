//! The way through the whole service, in short; each step has tests of its own.

use std::time::Duration;

use crate::harness::on_both_databases;

const EMAIL: &str = "ana@example.com";
const PASSWORD: &str = "four words nobody joins";

on_both_databases! {
    async fn a_person_registers_and_is_logged_out_after_half_an_hour_of_nothing(site: Site) {
        let browser = site.browser();
        let registered = browser.post("/register", &[("email", EMAIL), ("password", PASSWORD)]).await;
        assert_eq!(registered.leads_to(), "/register/code");
        let code = site.code_to(EMAIL).await;
        assert_eq!(browser.post("/register/code", &[("code", &code)]).await.leads_to(), "/my");
        assert_eq!(browser.get("/my").await.status, 200);
        site.advance(Duration::from_secs(31 * 60));
        assert!(browser.get("/my").await.leads_to().starts_with("/login"));
    }

    async fn a_forgotten_password_is_replaced_by_the_link_in_the_mail(site: Site) {
        let browser = site.browser();
        browser.post("/register", &[("email", EMAIL), ("password", PASSWORD)]).await;
        let code = site.code_to(EMAIL).await;
        browser.post("/register/code", &[("code", &code)]).await.leads_to();
        browser.post("/reset", &[("email", EMAIL)]).await;
        let link = site.link_to(EMAIL).await;
        assert_eq!(browser.get(&link).await.status, 200, "{link}");
        let other = "five other words nobody joins";
        browser.post(&link, &[("password", other)]).await.leads_to();
        let fresh = site.browser();
        let logged_in = fresh.post("/login", &[("email", EMAIL), ("password", other)]).await;
        assert_eq!(logged_in.leads_to(), "/my");
    }
}
