use crate::harness::Site;

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
