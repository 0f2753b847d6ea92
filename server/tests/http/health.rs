use crate::harness::Site;

#[tokio::test]
async fn a_server_that_can_work_says_so() {
    let site = Site::start().await;
    assert_eq!(site.browser().get("/health/live").await.status, 200);
    assert_eq!(site.browser().get("/health/ready").await.status, 200);
}

#[tokio::test]
async fn without_its_database_it_lives_but_is_not_ready() {
    let site = Site::start().await;
    site.database.storage.close().await.unwrap();
    assert_eq!(site.browser().get("/health/live").await.status, 200);
    assert_eq!(site.browser().get("/health/ready").await.status, 503);
}
