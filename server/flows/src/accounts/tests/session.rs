use super::*;

#[tokio::test]
async fn a_session_ends_after_thirty_idle_minutes() {
    let world = World::new().await;
    world.account(ANA).await;
    let token = world.log_in(ANA, PASSWORD).await.unwrap().session;
    world.wait(30 * MINUTE - Duration::from_secs(1));
    assert!(world.flows.session(&token).await.unwrap().is_some());
    world.wait(Duration::from_secs(1));
    assert!(world.flows.session(&token).await.unwrap().is_none());
    assert!(world.flows.session_extend(&token).await.unwrap().is_none(), "it cannot be woken up");
}

#[tokio::test]
async fn activity_extends_a_session_and_looking_does_not() {
    let world = World::new().await;
    world.account(ANA).await;
    let token = world.log_in(ANA, PASSWORD).await.unwrap().session;
    for _ in 0..3 {
        world.wait(20 * MINUTE);
        let session = world.flows.session_extend(&token).await.unwrap().unwrap();
        assert_eq!(session.idle_end.duration_since(ports::Clock::now(&*world.clock)).as_mins(), 30);
    }
    world.wait(20 * MINUTE);
    assert!(world.flows.session(&token).await.unwrap().is_some());
    world.wait(20 * MINUTE);
    assert!(world.flows.session(&token).await.unwrap().is_none());
}

#[tokio::test]
async fn activity_is_written_once_a_minute() {
    let world = World::new().await;
    world.account(ANA).await;
    let token = world.log_in(ANA, PASSWORD).await.unwrap().session;
    let written = || world.db.number("SELECT max(last_activity) FROM sessions");
    let at_log_in = written().await;
    world.wait(Duration::from_secs(59));
    world.flows.session_extend(&token).await.unwrap();
    assert_eq!(written().await, at_log_in);
    world.wait(Duration::from_secs(1));
    world.flows.session_extend(&token).await.unwrap();
    assert_eq!(written().await, at_log_in + 60_000);
}

#[tokio::test]
async fn a_short_idle_time_is_kept_exactly_too() {
    let world = World::with(|settings| settings.idle_time = Duration::from_secs(10)).await;
    world.account(ANA).await;
    let token = world.log_in(ANA, PASSWORD).await.unwrap().session;
    for _ in 0..5 {
        world.wait(Duration::from_secs(9));
        assert!(world.flows.session_extend(&token).await.unwrap().is_some());
    }
}

#[tokio::test]
async fn a_session_ends_after_twelve_hours_whatever_is_done() {
    let world = World::new().await;
    world.account(ANA).await;
    let token = world.log_in(ANA, PASSWORD).await.unwrap().session;
    for _ in 0..35 {
        world.wait(20 * MINUTE);
        assert!(world.flows.session_extend(&token).await.unwrap().is_some());
    }
    world.wait(19 * MINUTE);
    let session = world.flows.session_extend(&token).await.unwrap().unwrap();
    assert_eq!(session.idle_end, session.absolute_end, "the page counts down to the real end");
    world.wait(MINUTE);
    assert!(world.flows.session_extend(&token).await.unwrap().is_none());
}

#[tokio::test]
async fn log_out_ends_the_session_and_may_be_repeated() {
    let world = World::new().await;
    let here = world.account(ANA).await.session;
    let elsewhere = world.log_in(ANA, PASSWORD).await.unwrap().session;
    world.flows.log_out(&here).await.unwrap();
    world.flows.log_out(&here).await.unwrap();
    assert!(world.flows.session(&here).await.unwrap().is_none());
    assert!(world.flows.session(&elsewhere).await.unwrap().is_some());
}

#[tokio::test]
async fn what_has_ended_is_tidied_away() {
    let world = World::new().await;
    world.account(ANA).await;
    world.register("bo@example.org", PASSWORD).await;
    world.flows.reset_request(ANA, "en", &client()).await.unwrap();
    let left = "SELECT (SELECT count(*) FROM sessions) + (SELECT count(*) FROM registrations)
        + (SELECT count(*) FROM tokens)";
    world.flows.tidy().await.unwrap();
    assert_eq!(world.db.number(left).await, 3, "nothing that is alive is touched");
    world.wait(48 * HOUR + MINUTE);
    world.flows.tidy().await.unwrap();
    assert_eq!(world.db.number(left).await, 0);

    world.wait(365 * 24 * HOUR);
    world.flows.tidy().await.unwrap();
    assert_eq!(world.db.number("SELECT count(*) FROM devices").await, 0, "a browser is known for a year");
}
