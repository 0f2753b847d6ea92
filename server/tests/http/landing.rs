//! Where people without JavaScript land: at the question, at what is wrong, at what has come up.

use crate::harness::form::{borrowed, filled, of_page};
use crate::harness::on_both_databases;
use crate::harness::people::{log_in, registered, start};
use crate::harness::visit_visa::{fill_in, pages};
use crate::harness::{Browser, Site};

const START: [(&str, &str); 5] = [
    ("start.main-destination", "yes"),
    ("start.embassy", "swedish"),
    ("start.work-permit", "no"),
    ("start.eu-family", "no"),
    ("start.filler", "other"),
];

/// Posts the page as it stands with these answers; answers where that leads.
async fn go_on(browser: &Browser, page: &str, answers: &[(&str, &str)]) -> String {
    let shown = browser.get(page).await.text;
    browser
        .post(page.split(['?', '#']).next().unwrap(), &borrowed(&filled(&shown, answers, "continue")))
        .await
        .leads_to()
        .to_owned()
}

fn title(page: &str) -> &str {
    page.split("<title>").nth(1).and_then(|rest| rest.split('<').next()).expect("a title")
}

/// The page `id` of a draft in which all before it is filled in.
async fn opened(site: &Site, browser: &Browser, id: &str) -> String {
    let draft = start(browser).await;
    for (page, fields) in pages(site.now()).into_iter().take_while(|(page, _)| *page != id) {
        let fields = [fields, vec![("go".to_owned(), "continue".to_owned())]].concat();
        browser.post(&format!("{draft}/{page}"), &borrowed(&fields)).await.leads_to();
    }
    format!("{draft}/{id}")
}

on_both_databases! {
    async fn questions_that_come_up_are_shown_before_anybody_is_told_that_they_are_missing(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let page = opened(&site, &browser, "start").await;
        let again = go_on(&browser, &page, &START).await;
        let more = "more=start.filler-name,start.filler-address,start.filler-email,start.filler-phone";
        assert_eq!(again, format!("{page}?{more}#more"));
        let shown = browser.get(&again).await.text;
        assert!(shown.contains("bring 4 more questions") && shown.contains(r##"href="#start.filler-name""##), "{shown}");
        assert!(!shown.contains(r#"role="alert""#) && !shown.contains("aria-invalid"), "{shown}");
        assert!(!title(&shown).starts_with("Error:"), "{}", title(&shown));
        assert!(shown.contains(r#"id="more" tabindex="-1""#));
        // Now they have been seen.
        let refused = go_on(&browser, &again, &[]).await;
        assert_eq!(refused, format!("{page}#problems"));
        assert!(browser.get(&refused).await.text.contains("4 problems"));
    }

    async fn what_was_wrong_already_is_said_beside_what_comes_up(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let page = opened(&site, &browser, "start").await;
        let again = go_on(&browser, &page, &START[1..]).await;
        assert!(again.starts_with(&format!("{page}?more=")) && again.ends_with("#problems"), "{again}");
        let shown = browser.get(&again).await.text;
        assert!(shown.contains("There is 1 problem") && shown.contains("4 more questions"), "{shown}");
    }

    async fn questions_that_need_not_be_answered_are_shown_too(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let page = opened(&site, &browser, "trip").await;
        let trip = pages(site.now()).into_iter().find(|(id, _)| *id == "trip").unwrap().1;
        let trip: Vec<_> = borrowed(&trip).into_iter().filter(|(name, _)| *name != "trip.fingerprints").collect();
        let again = go_on(&browser, &page, &[&trip[..], &[("trip.fingerprints", "yes")]].concat()).await;
        assert_eq!(again, format!("{page}?more=trip.fingerprints-date,trip.sticker#more"));
        let next = go_on(&browser, &again, &[]).await;
        assert_eq!(next, page.replace("/trip", "/you"));
    }

    async fn a_group_that_comes_up_is_one_question(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let page = opened(&site, &browser, "trip").await;
        let again = go_on(&browser, &page, &[("trip.visited", "yes")]).await;
        assert!(again.contains("more=trip.visits#"), "{again}");
    }

    async fn the_notice_is_in_every_language(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let page = opened(&site, &browser, "start").await;
        for (prefix, words) in [("/sv", "4 frågor till"), ("/ar", "4 أسئلة أخرى")] {
            let shown = browser.get(&format!("{prefix}{page}?more=start.filler-name")).await.text;
            assert!(!shown.contains(words), "what is not asked has not come up");
            browser.post(&page, &[("start.filler", ""), ("revision", "99"), ("go", "save")]).await;
            let again = go_on(&browser, &format!("{prefix}{page}"), &START).await;
            let shown = browser.get(&again).await.text;
            assert!(shown.contains(words), "{shown}");
        }
    }

    async fn a_post_that_is_not_a_whole_form_is_judged_by_its_answers_alone(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let page = opened(&site, &browser, "start").await;
        let refused = browser.post(&page, &[&START[..], &[("go", "continue")]].concat()).await;
        assert_eq!(refused.leads_to(), format!("{page}#problems"));
    }

    async fn a_change_from_the_review_lands_on_the_control_and_comes_back_to_the_answer(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let draft = start(&browser).await;
        fill_in(&browser, &draft, site.now()).await;
        let review = browser.get(&format!("{draft}/review")).await.text;
        // Of choices it is the chosen one.
        for link in ["/start?review=start.work-permit#start.work-permit:no", "/trip?review=trip.arrival#trip.arrival-day"] {
            assert!(review.contains(&format!("href=\"{draft}{link}\"")), "{link} in {review}");
        }
        let changed = [("trip.detail", "To see my sister.")];
        let back = go_on(&browser, &format!("{draft}/trip?review=trip.detail"), &changed).await;
        assert_eq!(back, format!("{draft}/review#trip.detail"));
        assert!(browser.get(&back).await.text.contains(r#"id="trip.detail" tabindex="-1""#));
    }

    async fn who_changes_something_goes_back_to_the_review_by_way_of_what_it_makes_wrong(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let draft = start(&browser).await;
        fill_in(&browser, &draft, site.now()).await;
        let answers = [&START[..3], &[("start.eu-family", "yes"), ("start.filler", "self")]].concat();
        let next = go_on(&browser, &format!("{draft}/start?review=start.eu-family"), &answers).await;
        assert_eq!(next, format!("{draft}/eu-family?review=start.eu-family"));
    }

    async fn a_refused_continue_lands_on_the_summary_and_says_so_in_the_title(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let page = opened(&site, &browser, "start").await;
        for (prefix, word) in [("", "Error:"), ("/sv", "Fel:"), ("/ar", "خطأ:")] {
            let refused = go_on(&browser, &format!("{prefix}{page}"), &[]).await;
            assert_eq!(refused, format!("{prefix}{page}#problems"));
            let shown = browser.get(&refused).await.text;
            assert!(title(&shown).starts_with(word), "{}", title(&shown));
            assert!(shown.contains(r#"role="alert" id="problems" tabindex="-1""#), "{shown}");
        }
    }

    async fn a_new_row_is_landed_on(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let page = opened(&site, &browser, "trip").await;
        let added = browser.post(&page, &[("trip.visited", "yes"), ("go", "add:trip.visits")]).await;
        let at = added.leads_to().split('#').nth(1).unwrap().to_owned();
        assert!(at.starts_with("trip.visits.") && at.ends_with(".country"), "{at}");
        assert!(browser.get(&page).await.text.contains(&format!("id=\"{at}\"")));
    }

    async fn who_chooses_between_two_texts_lands_on_the_question(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let page = opened(&site, &browser, "start").await;
        let name = |text| [("revision", "0"), ("start.filler", "other"), ("start.filler-name", text), ("go", "save")];
        browser.post(&page, &name("Ana")).await;
        browser.post(&page, &name("Bea")).await;
        let kept = browser.post(&page, &[("revision", "2"), ("go", "keep:start.filler-name")]).await;
        assert_eq!(kept.leads_to(), format!("{page}#start.filler-name"));
    }

    async fn the_content_that_is_skipped_to_is_the_form(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let page = opened(&site, &browser, "start").await;
        let shown = browser.get(&page).await.text;
        assert!(shown.contains(r##"href="#form" class="skip""##), "{shown}");
        let (before, form) = shown.split_once(r#"id="form""#).unwrap();
        assert!(before.contains("wizard__pages") && form.contains("wizard-form"));
    }

    async fn every_page_of_accounts_with_an_error_says_so_in_its_title_and_has_the_focus_on_it(site: Site) {
        registered(&site, "elif@example.com").await;
        let link = {
            site.browser().post("/reset", &[("email", "elif@example.com")]).await;
            site.link_to("elif@example.com").await
        };
        for (prefix, word) in [("", "Error:"), ("/sv", "Fel:"), ("/ar", "خطأ:")] {
            let browser = site.browser();
            let email = format!("new{}@example.com", prefix.trim_start_matches('/'));
            browser.post("/register", &[("email", &email), ("password", "four words nobody joins")]).await.leads_to();
            let wrong: [(&str, &[(&str, &str)]); 5] = [
                ("/login", &[("email", "elif@example.com"), ("password", "wrong")]),
                ("/register", &[("email", "nobody"), ("password", "")]),
                ("/register/code", &[("code", "x")]),
                ("/reset", &[("email", "nobody")]),
                (&link, &[("password", "short")]),
            ];
            for (path, fields) in wrong {
                let page = browser.post(&format!("{prefix}{path}"), fields).await;
                assert!(page.status.is_client_error(), "{path}");
                assert!(title(&page.text).starts_with(word), "{path}: {}", title(&page.text));
                let summary = page.text.split("role=\"alert\"").nth(1).unwrap().split('>').next().unwrap();
                assert!(summary.contains("tabindex=\"-1\"") && summary.contains("autofocus"), "{path}: {summary}");
            }
        }
        assert!(!title(&site.browser().get("/login").await.text).starts_with("Error:"));
    }

    async fn a_row_that_was_taken_out_is_put_back_whole_by_one_button(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let page = opened(&site, &browser, "trip").await;
        let rows = [("trip.visited", "yes"), ("trip.visits", "k1\nk2\nk3"), ("trip.visits.k2.country", "DE"),
            ("trip.visits.k2.from-year", "twenty"), ("go", "save")];
        browser.post(&page, &rows).await;
        let before = browser.get(&page).await.text;
        let removed = browser.post(&page, &borrowed(&of_page(&before, "remove:trip.visits.k2"))).await;
        assert_eq!(removed.leads_to(), format!("{page}?removed=trip.visits.k2#trip.visits.k2-removed"));
        let shown = browser.get(removed.leads_to()).await.text;
        assert!(shown.contains("Removed: Visit 2 (Germany)."), "{shown}");
        assert!(shown.contains(r#"id="trip.visits.k2-removed" tabindex="-1""#) && !shown.contains(r#"id="trip.visits.k2""#));
        // It stays while the page does, whatever else is done on it.
        let again = browser.post(&page, &borrowed(&of_page(&shown, "add:trip.visits"))).await;
        assert!(again.leads_to().contains("removed=trip.visits.k2#"), "{}", again.leads_to());
        let shown = browser.get(again.leads_to()).await.text;
        let back = browser.post(&page, &borrowed(&of_page(&shown, "undo:trip.visits.k2"))).await;
        assert!(back.leads_to().ends_with("#trip.visits.k2"), "{}", back.leads_to());
        let shown = browser.get(back.leads_to()).await.text;
        assert!(shown.contains(r#"value="twenty""#) && !shown.contains("Removed:"), "{shown}");
        let at = |row: &str| shown.find(&format!("id=\"trip.visits.{row}\"")).unwrap();
        assert!(at("k1") < at("k2") && at("k2") < at("k3"));
    }

    async fn a_row_is_put_back_though_the_session_has_ended_meanwhile(site: Site) {
        let browser = registered(&site, "elif@example.com").await;
        let page = opened(&site, &browser, "trip").await;
        let rows = [("trip.visited", "yes"), ("trip.visits", "k1"), ("trip.visits.k1.from-year", "twenty"), ("go", "save")];
        browser.post(&page, &rows).await;
        let before = browser.get(&page).await.text;
        let removed = browser.post(&page, &borrowed(&of_page(&before, "remove:trip.visits.k1"))).await;
        let shown = browser.get(removed.leads_to()).await.text;
        browser.post("/logout", &[]).await.leads_to();
        let sealed = browser.post(&page, &borrowed(&of_page(&shown, "undo:trip.visits.k1"))).await;
        assert!(sealed.leads_to().starts_with("/login?after=sealed"), "{}", sealed.leads_to());
        let browser = log_in(&site, "elif@example.com").await;
        let kept = browser.get(&page).await.text;
        assert!(kept.contains(r#"value="twenty""#), "{kept}");
    }
}
