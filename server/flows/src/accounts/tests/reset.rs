use backend::accounts::ResetError;
use backend::fault::Fault;
use domain::password::PasswordProblem;
use tokio::task::JoinSet;

use super::*;

const NEW: &str = "marble blanket eighteen";

/// An account whose holder has just asked for a link.
async fn asked() -> (World, LoggedIn, String) {
    let world = World::new().await;
    let entered = world.account(ANA).await;
    world.flows.reset_request("ANA@example.org", "en", &client()).await.unwrap();
    let token = world.newest_reset_token().await;
    (world, entered, token)
}

#[tokio::test]
async fn a_forgotten_password_is_replaced_by_the_mailed_link() {
    let (world, entered, token) = asked().await;
    assert!(world.flows.reset_is_open(&token).await.unwrap());
    world.wait(MINUTE);
    world.flows.reset_finish(&token, NEW).await.unwrap();

    assert!(world.flows.session(&entered.session).await.unwrap().is_none(), "every session has ended");
    let notice = world.newest_mail().await;
    assert_eq!((notice.template.as_str(), notice.recipient.as_str()), ("password-changed", ANA));
    assert!(notice.text.contains("https://apply.example.org/reset\n"));
    world.log_in(ANA, NEW).await.unwrap();
    assert_eq!(world.log_in(ANA, PASSWORD).await.unwrap_err(), LogInError::Wrong);
}

#[tokio::test]
async fn looking_at_the_link_does_not_use_it_up() {
    let (world, _, token) = asked().await;
    for _ in 0..10 {
        assert!(world.flows.reset_is_open(&token).await.unwrap());
    }
    world.flows.reset_finish(&token, NEW).await.unwrap();
}

#[tokio::test]
async fn the_link_works_once() {
    let (world, _, token) = asked().await;
    let mut tries = JoinSet::new();
    for number in 0..6 {
        let (flows, token) = (world.flows.clone(), token.clone());
        tries.spawn(async move { flows.reset_finish(&token, &format!("marble blanket number {number}")).await });
    }
    let results = tries.join_all().await;
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
    assert!(!world.flows.reset_is_open(&token).await.unwrap());
    assert_eq!(world.flows.reset_finish(&token, NEW).await.unwrap_err(), ResetError::Dead);
}

#[tokio::test]
async fn the_link_works_for_an_hour() {
    let (world, _, token) = asked().await;
    world.wait(HOUR - MINUTE);
    assert!(world.flows.reset_is_open(&token).await.unwrap());
    world.wait(MINUTE);
    assert!(!world.flows.reset_is_open(&token).await.unwrap());
    assert_eq!(world.flows.reset_finish(&token, NEW).await.unwrap_err(), ResetError::Dead);
    world.log_in(ANA, PASSWORD).await.unwrap();
}

#[tokio::test]
async fn a_refused_password_does_not_cost_the_link() {
    let (world, _, token) = asked().await;
    let refused = world.flows.reset_finish(&token, "short").await.unwrap_err();
    assert_eq!(refused, ResetError::Password(PasswordProblem::TooShort { min: 15 }));
    world.flows.reset_finish(&token, NEW).await.unwrap();
}

#[tokio::test]
async fn a_new_password_uses_up_every_other_link() {
    let (world, _, first) = asked().await;
    world.wait(MINUTE);
    world.flows.reset_request(ANA, "en", &client()).await.unwrap();
    let second = world.newest_reset_token().await;
    world.flows.reset_finish(&second, NEW).await.unwrap();
    assert!(!world.flows.reset_is_open(&first).await.unwrap());
}

#[tokio::test]
async fn an_address_without_an_account_is_answered_alike_and_gets_no_mail() {
    let world = World::new().await;
    world.flows.reset_request("nobody@example.org", "en", &client()).await.unwrap();
    assert!(world.mails().await.is_empty());
    assert_eq!(world.flows.reset_request("nobody", "en", &client()).await.unwrap_err(), ResetError::NotEmail);
}

#[tokio::test]
async fn a_made_up_link_is_dead() {
    let world = World::new().await;
    for token in ["", "x", &"A".repeat(43), "' OR 1=1 --", &"å".repeat(1_000)] {
        assert!(!world.flows.reset_is_open(token).await.unwrap());
        assert_eq!(world.flows.reset_finish(token, NEW).await.unwrap_err(), ResetError::Dead);
    }
}

#[tokio::test]
async fn links_to_one_mailbox_are_limited_with_and_without_an_account() {
    let world = World::new().await;
    world.account(ANA).await;
    world.wait(HOUR);
    for email in [ANA, "nobody@example.org"] {
        for _ in 0..6 {
            world.flows.reset_request(email, "en", &client()).await.unwrap();
        }
        let refused = world.flows.reset_request(email, "en", &client()).await.unwrap_err();
        assert!(matches!(refused, ResetError::Fault(Fault::TooMany(_))), "{email}");
    }
}
