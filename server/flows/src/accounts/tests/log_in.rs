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
    world.flows.log_in(ANA, password, "en", &client).await
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
async fn a_hundred_wrong_passwords_in_a_row_disable_the_password_until_it_is_reset() {
    let world = World::without_limits().await;
    let device = world.account(ANA).await.device;
    for _ in 0..100 {
        assert_eq!(guess(&world, ANA).await, LogInError::Wrong);
    }
    assert_eq!(world.log_in(ANA, PASSWORD).await.unwrap_err(), LogInError::Wrong, "and does not say why");
    with_device(&world, &device, PASSWORD).await.unwrap();
    assert_eq!(world.log_in(ANA, PASSWORD).await.unwrap_err(), LogInError::Wrong, "still disabled");

    world.wait(MINUTE);
    world.flows.reset_request(ANA, "en", &client()).await.unwrap();
    let token = world.newest_reset_token().await;
    world.flows.reset_finish(&token, "marble blanket eighteen").await.unwrap();
    world.log_in(ANA, "marble blanket eighteen").await.unwrap();
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
    let entered = world.flows.log_in(ANA, PASSWORD, "ar", &client()).await.unwrap();
    assert_eq!(world.flows.session(&entered.session).await.unwrap().unwrap().language, "ar");
}
