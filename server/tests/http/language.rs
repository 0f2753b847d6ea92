use crate::harness::Site;
use crate::harness::people::{registered, start};
use crate::harness::visit_visa::fill_in;

#[tokio::test]
async fn the_beginning_of_a_path_chooses_the_language() {
    let site = Site::start().await;
    for (path, tag) in [
        ("/", "lang=\"en\" dir=\"ltr\""),
        ("/sv", "lang=\"sv\" dir=\"ltr\""),
        ("/sv/", "lang=\"sv\" dir=\"ltr\""),
        ("/ar/login", "lang=\"ar\" dir=\"rtl\""),
    ] {
        let page = site.browser().get(path).await;
        assert_eq!(page.status, 200, "{path}");
        assert!(page.text.contains(tag), "{path}");
    }
}

#[tokio::test]
async fn an_error_page_is_in_the_language_of_its_path() {
    let site = Site::start().await;
    let page = site.browser().get("/ar/no-such-page").await;
    assert_eq!(page.status, 404);
    assert!(page.text.contains("dir=\"rtl\""), "{}", page.text);
}

#[tokio::test]
async fn a_start_page_in_a_language_that_its_form_lacks_says_in_which_languages_the_form_is() {
    let site = Site::start().await;
    let arabic = site.browser().get("/ar/services/visit-visa").await.text;
    assert!(arabic.contains("أسئلة هذا الطلب متاحة بهذه اللغات: \u{2068}الإنجليزية والسويدية\u{2069}."), "{arabic}");
    for (path, words) in
        [("/services/visit-visa", "fill in this form in"), ("/sv/services/visit-visa", "fylla i formuläret på")]
    {
        assert!(!site.browser().get(path).await.text.contains(words), "{path} is in a language of the form");
    }
}

#[tokio::test]
async fn in_arabic_a_verification_number_does_not_turn_round() {
    let site = Site::start().await;
    let browser = registered(&site, "elif@example.com").await;
    let draft = start(&browser).await;
    fill_in(&browser, &draft, site.now()).await;
    browser.post(&format!("{draft}/review"), &[("go", "submit")]).await;
    let my_page = browser.get("/ar/my").await.text;
    let number = my_page.split("<bdi>").nth(1).unwrap()[..11].to_owned();
    assert!(number.parse::<domain::verification_number::VerificationNumber>().is_ok(), "{my_page}");
    let confirmed = browser.get(&format!("/ar{draft}/submitted")).await.text;
    assert!(confirmed.contains(&format!("\u{2068}{number}\u{2069}")), "{confirmed}");
    assert!(confirmed.contains("\u{2068}elif@example.com\u{2069}"), "{confirmed}");
}
