use crate::harness::Site;

const CSS: &str = "/pkg/main-00112233aabbccdd.css";

#[tokio::test]
async fn a_page_names_the_style_sheet_that_was_built() {
    let site = Site::start().await;
    let page = site.browser().get("/").await;
    assert!(page.text.contains(CSS));
    let css = site.browser().get(CSS).await;
    assert_eq!((css.status.as_u16(), css.header("content-type")), (200, "text/css; charset=utf-8"));
    assert_eq!(css.text, "body { margin: 0 }");
    assert_eq!(css.header("cache-control"), "public, max-age=31536000, immutable");
}

#[tokio::test]
async fn built_files_are_sent_as_they_were_compressed() {
    let site = Site::start().await;
    let browser = site.browser();
    for (accepted, encoding, text) in [("gzip, br", "br", "as if brotli"), ("gzip", "gzip", "as if gzip")] {
        let answer = browser.send(browser.request("GET", CSS).header("accept-encoding", accepted)).await;
        assert_eq!((answer.header("content-encoding"), answer.text.as_str()), (encoding, text));
        assert!(answer.header("vary").contains("accept-encoding"));
    }
}

#[tokio::test]
async fn what_is_not_built_is_not_there() {
    let site = Site::start().await;
    for path in ["/pkg/index.html", "/pkg/none.css", "/pkg/..%2f..%2fCargo.toml", "/pkg/main-00112233aabbccdd.css.br"] {
        assert_eq!(site.browser().get(path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn icons_are_where_browsers_look() {
    let site = Site::start().await;
    for (path, content_type) in [
        ("/favicon.svg", "image/svg+xml"),
        ("/manifest.webmanifest", "application/manifest+json"),
        ("/robots.txt", "text/plain; charset=utf-8"),
    ] {
        let file = site.browser().get(path).await;
        assert_eq!((file.status.as_u16(), file.header("content-type")), (200, content_type), "{path}");
    }
}
