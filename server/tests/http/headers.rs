use crate::harness::{Site, Start};

#[tokio::test]
async fn a_page_without_scripts_allows_none() {
    let site = Site::start().await;
    let page = site.browser().get("/").await;
    assert_eq!(page.status, 200);
    let policy = page.header("content-security-policy");
    for part in ["default-src 'none'", "script-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"] {
        assert!(policy.contains(part), "{part} in {policy}");
    }
    assert!(!policy.contains("unsafe-inline") && !page.text.contains("<script"));
}

#[tokio::test]
async fn every_answer_tells_the_browser_what_not_to_do() {
    let site = Site::start().await;
    for path in ["/", "/login", "/no-such-page", "/health/live", "/pkg/main-00112233aabbccdd.css"] {
        let answer = site.browser().get(path).await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin", "{path}");
        assert!(answer.header("permissions-policy").contains("camera=()"), "{path}");
        assert!(!answer.header("content-security-policy").is_empty(), "{path}");
    }
}

#[tokio::test]
async fn no_page_is_kept_by_the_browser() {
    let site = Site::start().await;
    for path in ["/", "/login", "/no-such-page"] {
        assert_eq!(site.browser().get(path).await.header("cache-control"), "no-store", "{path}");
    }
}

#[tokio::test]
async fn https_is_demanded_where_the_public_address_has_it() {
    let plain = Site::start().await;
    assert_eq!(plain.browser().get("/").await.header("strict-transport-security"), "");
    let secure = Start::on_sqlite().await.with("LODGE_PUBLIC_URL", "https://apply.example.org").go().await;
    let page = secure.browser().get("/").await;
    assert_eq!(page.header("strict-transport-security"), "max-age=63072000");
}

#[tokio::test]
async fn pages_are_compressed_for_whoever_can_read_that() {
    let site = Site::start().await;
    let browser = site.browser();
    for (accepted, encoding) in [("br, gzip", "br"), ("gzip", "gzip"), ("identity", "")] {
        let answer = browser.request("GET", "/").header("accept-encoding", accepted).send().await.unwrap();
        let found = answer.headers().get("content-encoding").map_or("", |value| value.to_str().unwrap());
        assert_eq!(found, encoding, "{accepted}");
    }
}
