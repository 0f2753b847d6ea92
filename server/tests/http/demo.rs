use serde_json::Value;

use crate::harness::{Site, Start};

const EMAIL: &str = "ana@example.com";

async fn register(site: &Site) {
    let fields = [("email", EMAIL), ("password", "four words nobody joins")];
    assert_eq!(site.browser().post("/register", &fields).await.status, 303);
}

#[tokio::test]
async fn the_outbox_tells_every_message_with_its_content() {
    let site = Site::start().await;
    let empty = site.browser().get("/demo/outbox").await;
    assert!(empty.text.contains("No message has been written yet"), "{}", empty.text);
    register(&site).await;
    let told: Value = serde_json::from_str(&site.browser().get("/demo/outbox.json").await.text).unwrap();
    let mail = &told[0];
    assert_eq!((mail["to"].as_str(), mail["state"].as_str()), (Some(EMAIL), Some("waiting")));
    for name in ["id", "channel", "template", "subject", "text", "html", "created"] {
        assert!(mail[name].as_str().is_some_and(|text| !text.is_empty()), "{name} in {mail}");
    }
    site.mail_to(EMAIL).await;
    let told: Value = serde_json::from_str(&site.browser().get("/demo/outbox.json").await.text).unwrap();
    assert_eq!(told[0]["state"], "sent");
}

#[tokio::test]
async fn the_outbox_shows_mail_in_a_frame_that_can_do_nothing() {
    let site = Site::start().await;
    register(&site).await;
    let page = site.browser().get("/sv/demo/outbox").await;
    assert!(page.text.contains(EMAIL) && page.text.contains("sandbox="), "{}", page.text);
    let from = page.text.find("/demo/outbox/").expect("a frame");
    let frame = site.browser().get(page.text[from..].split('"').next().unwrap()).await;
    assert_eq!(frame.status, 200);
    let policy = frame.header("content-security-policy");
    assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'self'"), "{policy}");
    assert!(!policy.contains("script"), "{policy}");
    assert_eq!(site.browser().get("/demo/outbox/ffff").await.status, 404);
}

#[tokio::test]
async fn in_production_there_is_no_outbox() {
    let key = "3f9a0c51d27be8646b1f0e93a5c8d7427f10be95c36a284de1075bf89ad23c64";
    let start = Start::on_sqlite().await.with("LODGE_MODE", "production").with("LODGE_SECRET_KEY", key);
    let site = start.go().await;
    register(&site).await;
    for path in ["/demo/outbox", "/demo/outbox.json", "/demo/outbox/1"] {
        assert_eq!(site.browser().get(path).await.status, 404, "{path}");
    }
    let home = site.browser().get("/").await;
    assert!(!home.text.contains("/demo/") && !home.text.contains("class=\"demo\""), "{}", home.text);
}
