use backend::accounts::CodeError;
use backend::fault::Fault;
use backend::session::{DeviceToken, SessionToken};
use tokio::task::JoinSet;

use super::*;

/// Wrong passwords that are too many. That they are a hundred by default is tested through HTTP.
const MANY: u32 = 3;

/// Ana's account after many wrong passwords, with a browser that is known.
async fn guessed_at() -> (World, DeviceToken) {
    let world = World::with(|settings| {
        lift_limits(settings);
        settings.wrong_in_a_row = MANY;
    })
    .await;
    let device = world.account(ANA).await.device;
    guess(&world).await;
    (world, device)
}

async fn guess(world: &World) {
    for _ in 0..MANY {
        let guess = world.flows.log_in(ANA, "not the password at all", "en", &client_at("198.51.100.9")).await;
        assert_eq!(guess.unwrap_err(), LogInError::Wrong);
    }
}

/// Enters the right password in a browser that is not known.
async fn waiting(world: &World) -> PendingToken {
    // Messages are told apart by the time at which they were written.
    world.wait(Duration::from_millis(1));
    match world.flows.log_in(ANA, PASSWORD, "en", &client()).await {
        Ok(Entry::NeedsCode(pending)) => pending,
        other => panic!("{other:?}"),
    }
}

async fn confirm(world: &World, pending: &PendingToken, code: &str) -> Result<LoggedIn, CodeError> {
    world.flows.log_in_confirm(pending, code, &client()).await
}

#[tokio::test]
async fn after_many_wrong_passwords_the_holder_gets_in_with_a_mailed_code() {
    let (world, _) = guessed_at().await;
    let pending = waiting(&world).await;
    assert_eq!(world.flows.log_in_pending(&pending).await.unwrap().as_deref(), Some(ANA));
    let mail = world.newest_mail().await;
    assert_eq!((mail.template.as_str(), mail.recipient.as_str()), ("log-in-code", ANA));
    let entered = confirm(&world, &pending, &world.newest_code().await).await.unwrap();
    assert!(world.flows.session(&entered.session).await.unwrap().is_some());
    assert_eq!(confirm(&world, &pending, &world.newest_code().await).await.unwrap_err(), CodeError::NothingWaits);

    world.log_in(ANA, PASSWORD).await.expect("the row of wrong passwords has begun anew");
    guess(&world).await;
    let client = Client { device: Some(entered.device), ..client() };
    world.log_in_from(ANA, PASSWORD, &client).await.expect("the browser is known from now on");
}

#[tokio::test]
async fn a_known_browser_needs_no_code_and_leaves_it_to_the_others() {
    let (world, device) = guessed_at().await;
    let client = Client { device: Some(device), ..client() };
    world.log_in_from(ANA, PASSWORD, &client).await.unwrap();
    waiting(&world).await;
}

#[tokio::test]
async fn a_wrong_password_never_tells_that_a_code_would_be_needed() {
    let (world, _) = guessed_at().await;
    assert_eq!(world.log_in(ANA, "granite pillow eighteen").await.unwrap_err(), LogInError::Wrong);
    assert_ne!(world.newest_mail().await.template, "log-in-code", "and mails nothing");
}

#[tokio::test]
async fn five_wrong_codes_kill_the_code_and_a_new_one_works() {
    let (world, _) = guessed_at().await;
    let pending = waiting(&world).await;
    let code = world.newest_code().await;
    assert_eq!(confirm(&world, &pending, "12 345").await.unwrap_err(), CodeError::Wrong { tries_left: 5 });
    for tries_left in (1..=4).rev() {
        assert_eq!(confirm(&world, &pending, &wrong(&code)).await.unwrap_err(), CodeError::Wrong { tries_left });
    }
    assert_eq!(confirm(&world, &pending, &wrong(&code)).await.unwrap_err(), CodeError::Dead);
    assert_eq!(confirm(&world, &pending, &code).await.unwrap_err(), CodeError::Dead);
    world.wait(MINUTE);
    world.flows.log_in_resend(&pending, &client()).await.unwrap();
    confirm(&world, &pending, &world.newest_code().await).await.unwrap();
}

#[tokio::test]
async fn a_code_is_good_for_an_hour_in_its_browser_alone() {
    let (world, _) = guessed_at().await;
    let pending = waiting(&world).await;
    let code = world.newest_code().await;
    let other = waiting(&world).await;
    assert_eq!(confirm(&world, &other, &code).await.unwrap_err(), CodeError::Wrong { tries_left: 4 });
    assert_eq!(confirm(&world, &PendingToken("x".repeat(43)), &code).await.unwrap_err(), CodeError::NothingWaits);
    world.wait(HOUR);
    assert_eq!(confirm(&world, &pending, &code).await.unwrap_err(), CodeError::Dead);
}

#[tokio::test]
async fn of_twenty_right_codes_at_once_one_succeeds() {
    let (world, _) = guessed_at().await;
    let pending = waiting(&world).await;
    let code = world.newest_code().await;
    let before = world.db.number("SELECT count(*) FROM sessions").await;
    let mut tries = JoinSet::new();
    for _ in 0..20 {
        let (flows, pending, code) = (world.flows.clone(), pending.clone(), code.clone());
        tries.spawn(async move { flows.log_in_confirm(&pending, &code, &client()).await });
    }
    let results = tries.join_all().await;
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
    assert_eq!(world.db.number("SELECT count(*) FROM sessions").await, before + 1);
}

#[tokio::test]
async fn a_new_password_ends_a_log_in_that_waits_and_the_need_for_codes() {
    let (world, _) = guessed_at().await;
    let pending = waiting(&world).await;
    let code = world.newest_code().await;
    world.wait(MINUTE);
    world.flows.reset_request(ANA, "en", &client()).await.unwrap();
    let token = world.newest_reset_token().await;
    world.flows.reset_finish(&token, "marble blanket eighteen").await.unwrap();
    assert_eq!(confirm(&world, &pending, &code).await.unwrap_err(), CodeError::NothingWaits);
    world.log_in(ANA, "marble blanket eighteen").await.unwrap();
}

#[tokio::test]
async fn codes_to_one_mailbox_are_limited_and_their_limit_is_their_own() {
    let (world, _) = guessed_at().await;
    // The same database under the usual limits.
    let world = World { flows: usual(&world), ..world };
    let pending = waiting(&world).await;
    for _ in 1..6 {
        world.flows.log_in_resend(&pending, &client()).await.unwrap();
    }
    let refused = world.flows.log_in_resend(&pending, &client()).await.unwrap_err();
    assert!(matches!(refused, CodeError::Fault(Fault::TooMany(_))), "{refused:?}");
    world.flows.reset_request(ANA, "en", &client()).await.unwrap();
}

#[tokio::test]
async fn no_flood_of_strangers_keeps_the_holder_out() {
    let (world, device) = guessed_at().await;
    let world = World { flows: usual(&world), ..world };
    let attacker = client_at("198.51.100.9");
    for _ in 0..50 {
        _ = world.flows.register(registration(ANA, PASSWORD), &attacker).await;
        _ = world.flows.reset_request(ANA, "en", &attacker).await;
        _ = world.flows.log_in(ANA, "not the password at all", "en", &attacker).await;
    }
    let pending = waiting(&world).await;
    confirm(&world, &pending, &world.newest_code().await).await.unwrap();
    world.wait(MINUTE);
    world.flows.reset_request(ANA, "en", &client()).await.unwrap();
    world.newest_reset_token().await;

    // From hundreds of addresses: the known browser gets its link all the same.
    for number in 0..=255 {
        _ = world.flows.reset_request(ANA, "en", &client_at(&format!("203.0.113.{number}"))).await;
    }
    let resets = "SELECT count(*) FROM messages WHERE template = 'reset'";
    let before = world.db.number(resets).await;
    assert!(before <= 40, "{before}");
    world.wait(Duration::from_millis(1));
    let known = Client { device: Some(device), ..client_at("203.0.113.7") };
    world.flows.reset_request(ANA, "en", &known).await.unwrap();
    assert_eq!(world.db.number(resets).await, before + 1);
}

#[tokio::test]
async fn logging_in_by_code_ends_the_session_that_the_browser_had() {
    let (world, device) = guessed_at().await;
    let known = Client { device: Some(device), ..client() };
    let old = world.log_in_from(ANA, PASSWORD, &known).await.unwrap().session;
    let pending = waiting(&world).await;
    let client = Client { session: Some(old.clone()), ..client() };
    world.flows.log_in_confirm(&pending, &world.newest_code().await, &client).await.unwrap();
    assert!(world.flows.session(&old).await.unwrap().is_none());
}

#[tokio::test]
async fn logging_out_everywhere_ends_every_session_and_forgets_the_other_browsers() {
    let world = World::new().await;
    let library = world.account(ANA).await;
    let home = world.log_in(ANA, PASSWORD).await.unwrap();
    let pressed = Client { device: Some(home.device.clone()), ..client() };
    assert!(world.flows.log_out_everywhere(&home.session, &pressed).await.unwrap());
    for session in [&library.session, &home.session] {
        assert!(world.flows.session(session).await.unwrap().is_none());
    }
    let ana = world.db.storage.account_by_email(ANA).await.unwrap().unwrap().id;
    assert!(!world.db.storage.device_find(&library.device.0, ana).await.unwrap());
    assert!(world.db.storage.device_find(&home.device.0, ana).await.unwrap());
    let audited = "SELECT count(*) FROM audit WHERE action = 'session.all-ended'";
    assert_eq!(world.db.number(audited).await, 1);
    assert!(!world.flows.log_out_everywhere(&home.session, &pressed).await.unwrap(), "there is nobody any more");
    assert!(!world.flows.log_out_everywhere(&SessionToken("x".to_owned()), &pressed).await.unwrap());
    world.log_in(ANA, PASSWORD).await.unwrap();
}

/// The flows of a server that has just been started on the same database.
fn usual(world: &World) -> Arc<AccountFlows> {
    let post = Post::new("https://apply.example.org");
    let (storage, settings) =
        (world.db.storage.clone(), AccountSettings { wrong_in_a_row: MANY, ..AccountSettings::default() });
    Arc::new(AccountFlows::new(storage, world.clock.clone(), world.random.clone(), post, TimeZone::UTC, settings))
}
