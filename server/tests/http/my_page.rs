//! What My page lists, however much there is.

use crate::harness::people::{registered, start};
use crate::harness::{Site, Start, on_both_databases};

const ANA: &str = "ana@example.org";

fn count(page: &str, part: &str) -> usize {
    page.matches(part).count()
}

async fn with_many_drafts(start: Start) -> Site {
    start.with("LODGE_DRAFTS_PER_SERVICE", "1000").with("LODGE_DRAFTS_PER_HOUR", "1000").go().await
}

on_both_databases! {
    async fn a_short_list_has_no_other_pages(site: Site) {
        let browser = registered(&site, ANA).await;
        start(&browser).await;
        let page = browser.get("/my").await.text;
        assert_eq!(count(&page, r#"class="card""#), 1);
        assert!(!page.contains("Next page") && !page.contains("Previous page"), "{page}");
        for odd in ["/my?drafts=0", "/my?drafts=x", "/my?drafts=-1", "/my?drafts=1&x=y", "/my?messages=99999999999999"] {
            assert_eq!(count(&browser.get(odd).await.text, r#"class="card""#), 1, "{odd}");
        }
    }
}

async fn a_long_list_comes_in_pages(site: Site) {
    let browser = registered(&site, ANA).await;
    for _ in 0..45 {
        start(&browser).await;
        site.advance(std::time::Duration::from_millis(1));
    }
    let all = site.database.number("SELECT count(*) FROM applications").await;
    assert_eq!(all, 45);
    let first = browser.get("/my").await.text;
    assert_eq!(count(&first, r#"class="card""#), 20);
    assert!(first.contains(r##"href="/my?drafts=2#drafts""##) && !first.contains("Previous page"), "{first}");
    // Of the messages 45 belong to drafts, and the list has pages of its own.
    assert_eq!(count(&first, "<dt>"), 20);
    assert!(first.contains(r##"href="/my?messages=2#messages""##));

    let second = browser.get("/sv/my?drafts=2&messages=3").await.text;
    assert_eq!((count(&second, r#"class="card""#), count(&second, "<dt>")), (20, 5));
    for link in ["/sv/my?messages=3#drafts", "/sv/my?drafts=3&messages=3#drafts", "/sv/my?drafts=2&messages=2#messages"]
    {
        assert!(second.replace("&amp;", "&").contains(&format!(r#"href="{link}""#)), "{link} {second}");
    }
    assert!(second.contains("Sida 2") && second.contains(r#"aria-label="Utkast, fler sidor""#));

    let last = browser.get("/ar/my?drafts=3").await.text;
    assert_eq!(count(&last, r#"class="card""#), 5);
    assert!(last.contains("الصفحة السابقة") && !last.contains(r##"drafts=4"##));

    let beyond = browser.get("/my?drafts=9").await.text;
    assert!(beyond.contains("There is nothing on this page") && beyond.contains(r##"href="/my#drafts""##), "{beyond}");
    assert!(first.len() < 60_000, "{}", first.len());
}

#[tokio::test]
async fn a_long_list_comes_in_pages_on_sqlite() {
    a_long_list_comes_in_pages(with_many_drafts(Start::on_sqlite().await).await).await;
}

#[tokio::test]
async fn a_long_list_comes_in_pages_on_postgres() {
    a_long_list_comes_in_pages(with_many_drafts(Start::on_postgres().await).await).await;
}
