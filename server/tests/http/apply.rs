//! Filling in, leaving, coming back, checking and submitting.

use std::time::Duration;

use crate::harness::on_both_databases;
use crate::harness::people::{log_in, registered, start};
use crate::harness::visit_visa::fill_in;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

on_both_databases! {
    async fn a_person_applies_and_gets_a_verification_number_by_mail_and_on_my_page(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let draft = start(&browser).await;
        fill_in(&browser, &draft, site.now()).await;
        let review = browser.get(&format!("{draft}/review")).await;
        assert!(review.text.contains("Svartbäcksgatan 1, Uppsala") && review.text.contains("EUR\u{a0}90"));
        let submitted = browser.post(&format!("{draft}/review"), &[("go", "submit")]).await;
        assert_eq!(submitted.leads_to(), format!("{draft}/submitted"));
        let confirmed = browser.get(submitted.leads_to()).await;
        assert!(confirmed.text.contains(r#"data-state="submitted""#));
        let number = confirmed.text.split(r#"id="verification-number""#).nth(1).unwrap().split('>').nth(1).unwrap()[..11].to_owned();
        assert!(number.parse::<domain::verification_number::VerificationNumber>().is_ok(), "{number}");
        let mail = site.mail_to("elif@example.com").await.pop().unwrap();
        assert_eq!(mail.template, "submitted");
        assert!(mail.text.contains(&number) && mail.html.contains(&number));
        assert!(browser.get("/my").await.text.contains(&number));
    }

    async fn who_has_submitted_is_told_what_they_still_have_to_do_and_pay(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let draft = start(&browser).await;
        fill_in(&browser, &draft, site.now()).await;
        assert!(browser.get(&format!("{draft}/review")).await.text.contains("the fee for you alone"));
        let submitted = browser.post(&format!("{draft}/review"), &[("go", "submit")]).await;
        let confirmed = browser.get(submitted.leads_to()).await.text;
        let mail = site.mail_to("elif@example.com").await.pop().unwrap().text;
        for text in [&confirmed, &mail] {
            assert!(text.contains("You must also visit the embassy"), "{text}");
        }
        assert!(confirmed.contains("<ol><li>Gather the papers") && mail.contains("\n1. Gather the papers"), "{mail}");
        let print = browser.get(&format!("{draft}/print")).await.text;
        assert!(print.contains("<ol><li>Gather the papers"), "{print}");
        assert!(mail.contains("\n\nThe fee is EUR\u{a0}90. You will be sent an invoice."), "{mail}");
    }

    async fn submitting_again_and_again_gives_one_number_and_one_mail(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let draft = start(&browser).await;
        fill_in(&browser, &draft, site.now()).await;
        let path = format!("{draft}/review");
        let posts: Vec<_> = (0..50).map(|_| browser.post(&path, &[("go", "submit")])).collect();
        for answer in futures_util::future::join_all(posts).await {
            assert_eq!(answer.leads_to(), format!("{draft}/submitted"));
        }
        let mails = site.mail_to("elif@example.com").await;
        assert_eq!(mails.iter().filter(|mail| mail.template == "submitted").count(), 1);
    }

    async fn after_submitting_nothing_can_be_changed(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let draft = start(&browser).await;
        fill_in(&browser, &draft, site.now()).await;
        browser.post(&format!("{draft}/review"), &[("go", "submit")]).await;
        let changed = browser.post(&format!("{draft}/you"), &[("you.surname", "Andersdotter"), ("go", "continue")]).await;
        assert_eq!(changed.leads_to(), format!("{draft}/submitted"));
        let deleted = browser.post(&format!("{draft}/delete"), &[]).await;
        assert_eq!(deleted.leads_to(), format!("{draft}/submitted"));
        let print = browser.get(&format!("{draft}/print")).await.text;
        assert!(print.contains("Yıldız") && !print.contains("Andersdotter"));
    }

    async fn a_refused_continue_keeps_what_was_typed_and_says_what_is_wrong(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let draft = start(&browser).await;
        let page = format!("{draft}/start");
        let refused = browser.post(&page, &[("start.eu-family", "no"), ("go", "continue")]).await;
        assert_eq!(refused.leads_to(), format!("{page}#problems"));
        let shown = browser.get(&page).await.text;
        assert!(shown.contains(r#"role="alert""#) && shown.contains(r##"href="#start.embassy""##), "{shown}");
        assert!(shown.contains(r#"aria-invalid="true""#));
        assert!(shown.contains("<title>Error: Before you start – Visit visa – Lodge</title>"), "{shown}");
    }

    async fn a_page_that_was_not_tried_shows_no_problems(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let draft = start(&browser).await;
        let shown = browser.get(&format!("{draft}/start")).await.text;
        assert!(!shown.contains(r#"role="alert""#) && !shown.contains("aria-invalid"));
        assert!(shown.contains("<title>Before you start – Visit visa – Lodge</title>"), "{shown}");
    }

    async fn a_list_of_countries_has_them_all_and_says_which_is_chosen(site: Site) {
        const TEXT: &str = "trip.detail";
        let browser = registered(&site, "elif@example.com").await;
        let draft = start(&browser).await;
        let pages = crate::harness::visit_visa::pages(site.now());
        let posted: Vec<_> = pages[0].1.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        browser.post(&format!("{draft}/start"), &[&posted[..], &[("go", "continue")]].concat()).await;
        for (chosen, selected) in [("FI", 1), ("", 0), ("no country", 0)] {
            let trip = format!("{draft}/trip");
            let fields = [("trip.first-entry", chosen), (TEXT, "<!--countries SE-->"), ("revision", "99"), ("go", "save")];
            browser.post(&trip, &fields).await;
            let shown = browser.get(&trip).await.text;
            let countries = shown.matches("<option ").count();
            assert!(countries > 240 && shown.contains(r#"<option value="SE">"#), "{countries} countries");
            let marked = r#"<option value="FI" selected>"#;
            assert_eq!(shown.matches(marked).count(), selected, "with {chosen:?}");
            assert_eq!(shown.matches(" selected").count(), selected, "with {chosen:?}");
            assert!(shown.contains("&lt;!--countries SE--&gt;"), "what is typed is shown as typed");
        }
    }

    async fn a_later_page_leads_to_the_first_that_is_not_right(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let draft = start(&browser).await;
        assert_eq!(browser.get(&format!("{draft}/money")).await.leads_to(), format!("{draft}/start"));
        assert_eq!(browser.get(&format!("{draft}/review")).await.leads_to(), format!("{draft}/start"));
        let submitted = browser.post(&format!("{draft}/review"), &[("go", "submit")]).await;
        assert_eq!(submitted.leads_to(), format!("{draft}/review"));
    }

    async fn save_and_log_out_keeps_everything_and_the_mailed_link_leads_back(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let draft = start(&browser).await;
        let link = site.link_to("elif@example.com").await;
        let typed = [("start.filler", "other"), ("start.filler-name", "Dîlan & <co>"), ("go", "leave")];
        let left = browser.post(&format!("{draft}/start"), &typed).await;
        assert!(left.leads_to().starts_with("/login"), "{}", left.leads_to());
        assert!(browser.get(&format!("{draft}/start")).await.leads_to().starts_with("/login"));
        let browser = log_in(&site, "elif@example.com").await;
        assert_eq!(browser.get(&link).await.leads_to(), draft);
        assert_eq!(browser.get(&draft).await.leads_to(), format!("{draft}/start"));
        let shown = browser.get(&format!("{draft}/start")).await.text;
        assert!(shown.contains("Dîlan &amp; &lt;co&gt;"), "{shown}");
    }

    async fn rows_are_added_and_removed_without_javascript(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let draft = start(&browser).await;
        let page = format!("{draft}/trip");
        browser.post(&page, &[("trip.visited", "yes"), ("go", "add:trip.visits")]).await;
        let none = browser.get(&format!("{draft}/start")).await;
        assert_eq!(none.status, 200);
        // The page itself opens once the one before it is right.
        let start_page = [("start.main-destination", "yes"), ("start.embassy", "swedish"), ("start.work-permit", "no"),
            ("start.eu-family", "no"), ("start.filler", "self"), ("go", "continue")];
        assert_eq!(browser.post(&format!("{draft}/start"), &start_page).await.leads_to(), page);
        let shown = browser.get(&page).await.text;
        assert_eq!(shown.matches(r#"value="remove:"#).count(), 2, "the row that the group opened with, and another");
        let button = shown.split(r#"value="remove:"#).nth(2).unwrap().split('"').next().unwrap().to_owned();
        browser.post(&page, &[("go", &format!("remove:{button}"))]).await;
        assert_eq!(browser.get(&page).await.text.matches("remove:").count(), 1);
    }

    async fn two_windows_that_answer_different_questions_are_merged(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let draft = start(&browser).await;
        let page = format!("{draft}/start");
        browser.post(&page, &[("revision", "0"), ("start.embassy", "swedish"), ("go", "save")]).await;
        browser.post(&page, &[("revision", "0"), ("start.embassy", ""), ("start.filler", "self"), ("go", "save")]).await;
        let shown = browser.get(&page).await.text;
        assert_eq!(shown.matches(" checked").count(), 2, "{shown}");
    }

    async fn two_windows_that_answer_the_same_question_are_asked_which_it_shall_be(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let draft = start(&browser).await;
        let page = format!("{draft}/start");
        let name = |text| [("revision", "0"), ("start.filler", "other"), ("start.filler-name", text), ("go", "save")];
        browser.post(&page, &name("Ana")).await;
        browser.post(&page, &name("Bodil")).await;
        let shown = browser.get(&page).await.text;
        assert!(shown.contains("Ana") && shown.contains(r#"value="Bodil""#), "{shown}");
        browser.post(&page, &[("revision", "2"), ("go", "take:start.filler-name")]).await;
        let settled = browser.get(&page).await.text;
        assert!(settled.contains(r#"value="Ana""#) && !settled.contains("Bodil"), "{settled}");
    }

    async fn nobody_sees_what_belongs_to_another_account(site: Site) {
        let ana = registered(&site, "ana@example.com").await;
        let draft = start(&ana).await;
        let bea = registered(&site, "bea@example.com").await;
        for path in ["", "/start", "/review", "/print", "/submitted", "/delete"] {
            assert_eq!(bea.get(&format!("{draft}{path}")).await.status, 404, "{path}");
            assert!(site.browser().get(&format!("{draft}{path}")).await.leads_to().starts_with("/login"));
        }
        for path in ["/start", "/review", "/delete"] {
            let posted = bea.post(&format!("{draft}{path}"), &[("start.filler", "self"), ("go", "submit")]).await;
            assert_eq!(posted.status, 404, "{path}");
        }
        assert!(!ana.get(&format!("{draft}/start")).await.text.contains(" checked"));
    }

    async fn a_draft_is_kept_fourteen_days_after_the_last_save_with_two_reminders(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let draft = start(&browser).await;
        site.advance(DAY);
        let browser = { drop(browser); log_in(&site, "elif@example.com").await };
        browser.post(&format!("{draft}/start"), &[("start.filler", "self"), ("go", "save")]).await;
        let mut told = Vec::new();
        for day in 1..=14 {
            site.advance(DAY);
            site.work.purge().await.unwrap();
            let mails = site.mail_to("elif@example.com").await;
            told.extend(mails.iter().skip(2 + told.len()).map(|mail| (day, mail.template.clone())).collect::<Vec<_>>());
        }
        let wanted = [(7, "draft-reminder"), (13, "draft-reminder"), (14, "draft-deleted")];
        assert_eq!(told, wanted.map(|(day, template)| (day, template.to_owned())));
        let browser = log_in(&site, "elif@example.com").await;
        assert_eq!(browser.get(&format!("{draft}/start")).await.status, 404);
    }

    async fn a_draft_is_deleted_by_hand_after_asking(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let draft = start(&browser).await;
        assert_eq!(browser.get(&format!("{draft}/delete")).await.status, 200);
        assert_eq!(browser.post(&format!("{draft}/delete"), &[]).await.leads_to(), "/my");
        assert_eq!(browser.get(&draft).await.status, 404);
        assert_eq!(site.mail_to("elif@example.com").await.pop().unwrap().template, "draft-deleted");
    }

    async fn who_is_not_logged_in_comes_back_to_the_start_page_of_the_service(site: Site) {
        let started = site.browser().post("/apply/visit-visa", &[]).await;
        assert_eq!(started.leads_to(), "/login?next=/services/visit-visa");
        assert_eq!(site.browser().get("/sv/services/visit-visa").await.status, 200);
    }

    async fn looking_at_a_service_creates_no_draft(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        browser.get("/services/visit-visa").await;
        assert!(!browser.get("/my").await.text.contains("/apply/"));
        assert_eq!(browser.post("/apply/no-such-service", &[]).await.status, 404);
    }

    async fn a_hundred_and_twenty_rows_are_rendered_at_once(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let draft = start(&browser).await;
        fill_in(&browser, &draft, site.now()).await;
        let page = format!("{draft}/trip");
        let rows: Vec<String> = (0..120).map(|row| format!("k{row}")).collect();
        let rows = rows.join("\n");
        browser.post(&page, &[("trip.visited", "yes"), ("trip.visits", &rows), ("go", "save")]).await;
        let shown = browser.get(&page).await;
        assert_eq!(shown.status, 200);
        assert_eq!(shown.text.matches(r#"value="remove:"#).count(), 120);
    }
}
