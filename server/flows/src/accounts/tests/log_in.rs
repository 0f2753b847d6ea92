use backend::fault::Fault;
use backend::session::DeviceToken;

use super::*;

const STRANGER: &str = "198.51.100.9";

/// A guess from somewhere else.
async fn guess(world: &World, email: &str) -> LogInError {
    world.flows.log_in(email, "not the password at all", "en", &client_at(STRANGER)).await.unwrap_err()
}

async fn with_device(world: &World, device: &DeviceToken, password: &str) -> Result<LoggedIn, LogInError> {
    let client = Client { device: Some(device.clone()), ..client() };
    world.log_in_from(ANA, password, &client).await
}

#[tokio::test]
async fn every_log_in_has_a_token_of_its_own() {
    let world = World::new().await;
    let first = world.account(ANA).await;
    let second = world.log_in(" Ana@EXAMPLE.org ", PASSWORD).await.unwrap();
    assert!(first.session != second.session);
    assert!(world.flows.session(&second.session).await.unwrap().is_some());
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_are_answered_alike() {
    let world = World::new().await;
    world.account(ANA).await;
    assert_eq!(world.log_in(ANA, "granite pillow eighteen").await.unwrap_err(), LogInError::Wrong);
    assert_eq!(world.log_in("bo@example.org", PASSWORD).await.unwrap_err(), LogInError::Wrong);
    assert_eq!(world.log_in("not an address", "").await.unwrap_err(), LogInError::Wrong);
    let megabyte = "x".repeat(1_000_000);
    assert_eq!(world.log_in(ANA, &megabyte).await.unwrap_err(), LogInError::Wrong);
    assert_eq!(world.log_in(&megabyte, PASSWORD).await.unwrap_err(), LogInError::Wrong);
}

#[tokio::test]
async fn five_log_ins_a_minute_to_one_account_from_one_address() {
    let world = World::new().await;
    world.account(ANA).await;
    for _ in 0..5 {
        assert_eq!(guess(&world, ANA).await, LogInError::Wrong);
    }
    let refused = guess(&world, ANA).await;
    assert!(matches!(refused, LogInError::Fault(Fault::TooMany(wait)) if wait <= MINUTE), "{refused:?}");
    world.log_in(ANA, PASSWORD).await.unwrap();
    world.wait(MINUTE);
    assert_eq!(guess(&world, ANA).await, LogInError::Wrong);
}

#[tokio::test]
async fn the_limit_is_the_same_for_an_address_without_an_account() {
    let world = World::new().await;
    for _ in 0..5 {
        assert_eq!(guess(&world, "nobody@example.org").await, LogInError::Wrong);
    }
    assert!(matches!(guess(&world, "nobody@example.org").await, LogInError::Fault(Fault::TooMany(_))));
}

#[tokio::test]
async fn twenty_log_ins_a_minute_from_one_address() {
    let world = World::new().await;
    for person in 0..20 {
        assert_eq!(guess(&world, &format!("person{person}@example.org")).await, LogInError::Wrong);
    }
    assert!(matches!(guess(&world, "person20@example.org").await, LogInError::Fault(Fault::TooMany(_))));
}

#[tokio::test]
async fn the_holders_known_device_gets_in_while_an_attacker_burns_the_tries() {
    let world = World::new().await;
    let device = world.account(ANA).await.device;
    // Even from the holder's own network.
    for _ in 0..5 {
        assert_eq!(world.log_in(ANA, "not the password at all").await.unwrap_err(), LogInError::Wrong);
    }
    assert!(matches!(world.log_in(ANA, PASSWORD).await, Err(LogInError::Fault(Fault::TooMany(_)))));
    let entered = with_device(&world, &device, PASSWORD).await.unwrap();
    assert!(entered.device == device, "the browser stays the one it was");
}

#[tokio::test]
async fn a_known_device_is_known_for_its_account_alone() {
    let world = World::new().await;
    let ana = world.account(ANA).await;
    world.account("bo@example.org").await;
    let client = Client { device: Some(ana.device), ..client_at(STRANGER) };
    for _ in 0..5 {
        world.flows.log_in("bo@example.org", "wrong", "en", &client).await.unwrap_err();
    }
    let refused = world.flows.log_in("bo@example.org", PASSWORD, "en", &client).await.unwrap_err();
    assert!(matches!(refused, LogInError::Fault(Fault::TooMany(_))));
}

#[tokio::test]
async fn a_known_device_has_five_tries_a_minute_too() {
    let world = World::new().await;
    let device = world.account(ANA).await.device;
    for _ in 0..5 {
        assert_eq!(with_device(&world, &device, "wrong").await.unwrap_err(), LogInError::Wrong);
    }
    assert!(matches!(with_device(&world, &device, PASSWORD).await, Err(LogInError::Fault(Fault::TooMany(_)))));
}

#[tokio::test]
async fn ninety_nine_wrong_passwords_and_a_right_one_begin_the_row_anew() {
    let world = World::without_limits().await;
    world.account(ANA).await;
    for _ in 0..99 {
        guess(&world, ANA).await;
    }
    world.log_in(ANA, PASSWORD).await.unwrap();
    assert_eq!(world.db.number("SELECT wrong_tries FROM accounts").await, 0);
}

#[tokio::test]
async fn a_stolen_device_is_no_way_to_guess_without_end() {
    let world = World::without_limits().await;
    let device = world.account(ANA).await.device;
    for _ in 0..101 {
        assert_eq!(with_device(&world, &device, "wrong").await.unwrap_err(), LogInError::Wrong);
    }
    assert_eq!(world.db.number("SELECT count(*) FROM devices").await, 0);
    assert_eq!(world.db.number("SELECT wrong_tries FROM accounts").await, 0);
}

#[tokio::test]
async fn mails_follow_the_language_of_the_latest_log_in() {
    let world = World::new().await;
    world.account(ANA).await;
    let Ok(Entry::LoggedIn(entered)) = world.flows.log_in(ANA, PASSWORD, "ar", &client()).await else {
        panic!("not logged in")
    };
    assert_eq!(world.flows.session(&entered.session).await.unwrap().unwrap().language, "ar");
}

#[tokio::test]
async fn a_planted_device_is_never_taken_over() {
    let world = World::new().await;
    let attacker = world.account("bo@example.org").await.device;
    world.account(ANA).await;
    // One that was made up, and one that we have given to somebody else.
    for planted in [DeviceToken("A".repeat(43)), attacker] {
        let client = Client { device: Some(planted.clone()), ..client() };
        let entered = world.log_in_from(ANA, PASSWORD, &client).await.unwrap();
        assert!(entered.device != planted);
        let ana = world.db.storage.account_by_email(ANA).await.unwrap().unwrap().id;
        assert!(!world.db.storage.device_find(&planted.0, ana).await.unwrap());
        assert!(world.db.storage.device_find(&entered.device.0, ana).await.unwrap());
    }
    let planted = DeviceToken("B".repeat(43));
    let pending = world.register("cem@example.org", PASSWORD).await;
    let client = Client { device: Some(planted.clone()), ..client() };
    let code = world.newest_code().await;
    assert!(world.flows.register_confirm(&pending, &code, &client).await.unwrap().device != planted);
}

#[tokio::test]
async fn a_log_in_ends_the_session_that_the_browser_had() {
    let world = World::new().await;
    let first = world.account(ANA).await.session;
    let elsewhere = world.log_in(ANA, PASSWORD).await.unwrap().session;
    let client = Client { session: Some(first.clone()), ..client() };
    let second = world.log_in_from(ANA, PASSWORD, &client).await.unwrap().session;
    let is_open = async |session| world.flows.session(session).await.unwrap().is_some();
    assert!(!is_open(&first).await && is_open(&second).await && is_open(&elsewhere).await);

    let pending = world.register("bo@example.org", PASSWORD).await;
    let code = world.newest_code().await;
    let client = Client { session: Some(second.clone()), ..client };
    world.flows.register_confirm(&pending, &code, &client).await.unwrap();
    assert!(!is_open(&second).await, "a new account replaces it too");
}
