use backend::accounts::{Accounts, CodeError, RegisterError};
use backend::fault::Fault;
use backend::session::PendingToken;
use domain::password::PasswordProblem;
use tokio::task::JoinSet;

use super::*;

#[tokio::test]
async fn a_person_registers_with_the_mailed_code_and_is_logged_in() {
    let world = World::new().await;
    let pending = world.register(ANA, PASSWORD).await;
    assert_eq!(world.flows.register_pending(&pending).await.unwrap().as_deref(), Some(ANA));
    let mail = world.newest_mail().await;
    assert_eq!((mail.recipient.as_str(), mail.template.as_str()), (ANA, "code"));

    let code = world.newest_code().await;
    let entered = world.flows.register_confirm(&pending, &code, &client()).await.unwrap();
    let session = world.flows.session(&entered.session).await.unwrap().unwrap();
    assert_eq!((session.email.as_str(), session.language.as_str()), (ANA, "en"));
    world.log_in(ANA, PASSWORD).await.unwrap();
}

#[tokio::test]
async fn until_the_code_is_entered_there_is_no_account() {
    let world = World::new().await;
    world.register(ANA, PASSWORD).await;
    assert_eq!(world.log_in(ANA, PASSWORD).await.unwrap_err(), LogInError::Wrong);
}

#[tokio::test]
async fn a_wrong_code_leaves_four_tries_and_five_kill_it() {
    let world = World::new().await;
    let pending = world.register(ANA, PASSWORD).await;
    let code = world.newest_code().await;
    for tries_left in (1..=4).rev() {
        let refused = world.flows.register_confirm(&pending, &wrong(&code), &client()).await.unwrap_err();
        assert_eq!(refused, CodeError::Wrong { tries_left });
    }
    let refused = world.flows.register_confirm(&pending, &wrong(&code), &client()).await.unwrap_err();
    assert_eq!(refused, CodeError::Dead);
    let refused = world.flows.register_confirm(&pending, &code, &client()).await.unwrap_err();
    assert_eq!(refused, CodeError::Dead, "the right code comes too late");
}

#[tokio::test]
async fn a_slip_of_the_finger_costs_no_try() {
    let world = World::new().await;
    let pending = world.register(ANA, PASSWORD).await;
    for slip in ["", "12345", "1234567", "code"] {
        let refused = world.flows.register_confirm(&pending, slip, &client()).await.unwrap_err();
        assert_eq!(refused, CodeError::Wrong { tries_left: 5 }, "{slip:?}");
    }
    let code = world.newest_code().await;
    let spaced = format!(" {} {}", &code[..3], &code[3..]);
    world.flows.register_confirm(&pending, &spaced, &client()).await.unwrap();
}

#[tokio::test]
async fn a_new_code_works_and_kills_the_old_one() {
    let world = World::new().await;
    let pending = world.register(ANA, PASSWORD).await;
    let old = world.newest_code().await;
    world.wait(MINUTE);
    world.flows.register_resend(&pending, &client()).await.unwrap();
    let new = world.newest_code().await;
    let refused = world.flows.register_confirm(&pending, &old, &client()).await.unwrap_err();
    assert_eq!(refused, CodeError::Wrong { tries_left: 4 });
    world.flows.register_confirm(&pending, &new, &client()).await.unwrap();
}

#[tokio::test]
async fn a_code_is_good_for_a_day_and_no_longer() {
    let world = World::new().await;
    let (ana, bo) = (world.register(ANA, PASSWORD).await, world.newest_code().await);
    world.wait(24 * HOUR - MINUTE);
    world.flows.register_confirm(&ana, &bo, &client()).await.unwrap();

    let late = world.register("bo@example.org", PASSWORD).await;
    let code = world.newest_code().await;
    world.wait(24 * HOUR);
    assert_eq!(world.flows.register_confirm(&late, &code, &client()).await.unwrap_err(), CodeError::Dead);
}

#[tokio::test]
async fn a_code_is_good_in_its_browser_alone() {
    let world = World::new().await;
    world.register(ANA, PASSWORD).await;
    let code = world.newest_code().await;
    let other = world.register("bo@example.org", PASSWORD).await;
    let refused = world.flows.register_confirm(&other, &code, &client()).await.unwrap_err();
    assert_eq!(refused, CodeError::Wrong { tries_left: 4 });
    let nobody = PendingToken("x".repeat(43));
    let refused = world.flows.register_confirm(&nobody, &code, &client()).await.unwrap_err();
    assert_eq!(refused, CodeError::NothingWaits);
}

#[tokio::test]
async fn of_twenty_right_codes_at_once_one_succeeds() {
    let world = World::new().await;
    let pending = world.register(ANA, PASSWORD).await;
    let code = world.newest_code().await;
    let mut tries = JoinSet::new();
    for _ in 0..20 {
        let (flows, pending, code) = (world.flows.clone(), pending.clone(), code.clone());
        tries.spawn(async move { flows.register_confirm(&pending, &code, &client()).await });
    }
    let results = tries.join_all().await;
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
    assert!(results.iter().flat_map(|result| result.as_ref().err()).all(|error| *error == CodeError::NothingWaits));
    assert_eq!(world.db.number("SELECT count(*) FROM accounts").await, 1);
    assert_eq!(world.db.number("SELECT count(*) FROM sessions").await, 1);
}

#[tokio::test]
async fn registering_an_address_again_tells_its_holder_and_changes_nothing() {
    let world = World::new().await;
    let holder = world.account(ANA).await;
    let pending = world.register("Ana@Example.ORG", "another password entirely").await;
    let mail = world.newest_mail().await;
    assert_eq!((mail.template.as_str(), mail.recipient.as_str()), ("already-registered", "Ana@Example.ORG"));
    assert!(mail.text.contains("https://apply.example.org/login"));
    assert_eq!(world.flows.register_pending(&pending).await.unwrap().as_deref(), Some("Ana@Example.ORG"));

    for tries_left in (1..=4).rev() {
        let refused = world.flows.register_confirm(&pending, "000000", &client()).await.unwrap_err();
        assert_eq!(refused, CodeError::Wrong { tries_left }, "as for any other address");
    }
    assert_eq!(world.flows.register_confirm(&pending, "000000", &client()).await.unwrap_err(), CodeError::Dead);
    world.flows.register_resend(&pending, &client()).await.unwrap();
    assert_eq!(world.newest_mail().await.template, "already-registered");

    assert!(world.flows.session(&holder.session).await.unwrap().is_some());
    world.log_in(ANA, PASSWORD).await.unwrap();
    assert_eq!(world.log_in(ANA, "another password entirely").await.unwrap_err(), LogInError::Wrong);
}

#[tokio::test]
async fn of_two_browsers_that_register_the_same_address_the_first_gets_it() {
    let world = World::new().await;
    let one = world.register(ANA, PASSWORD).await;
    let code_of_one = world.newest_code().await;
    let other = world.register(ANA, "another password entirely").await;
    let code_of_other = world.newest_code().await;
    world.flows.register_confirm(&other, &code_of_other, &client()).await.unwrap();
    let refused = world.flows.register_confirm(&one, &code_of_one, &client()).await.unwrap_err();
    assert_eq!(refused, CodeError::Dead);
    world.log_in(ANA, "another password entirely").await.unwrap();
    world.wait(MINUTE);
    world.flows.register_resend(&one, &client()).await.unwrap();
    assert_eq!(world.newest_mail().await.template, "already-registered");
}

#[tokio::test]
async fn a_weak_password_or_half_an_address_is_refused_before_any_mail() {
    let world = World::new().await;
    let refused = |email: &str, password: &str| {
        let (flows, new) = (world.flows.clone(), registration(email, password));
        async move { flows.register(new, &client()).await.unwrap_err() }
    };
    assert_eq!(refused("ana", PASSWORD).await, RegisterError::NotEmail);
    assert_eq!(refused("ana@localhost", PASSWORD).await, RegisterError::NotEmail);
    let short = RegisterError::Password(PasswordProblem::TooShort { min: 15 });
    assert_eq!(refused(ANA, "tooshort123456").await, short);
    let common = RegisterError::Password(PasswordProblem::Common);
    assert_eq!(refused(ANA, "passwordpassword").await, common);
    let from_email = RegisterError::Password(PasswordProblem::FromEmail);
    assert_eq!(refused("anastasia.lindgren@example.org", "anastasialindgren").await, from_email);
    assert!(world.mails().await.is_empty());
}

#[tokio::test]
async fn a_mailbox_is_not_flooded() {
    let world = World::new().await;
    let pending = world.register(ANA, PASSWORD).await;
    for _ in 1..6 {
        world.flows.register_resend(&pending, &client()).await.unwrap();
    }
    let refused = world.flows.register_resend(&pending, &client()).await.unwrap_err();
    assert!(matches!(refused, CodeError::Fault(Fault::TooMany(wait)) if wait <= 10 * MINUTE), "{refused:?}");
    let refused = world.flows.register(registration("ANA@example.org", PASSWORD), &client()).await.unwrap_err();
    assert!(matches!(refused, RegisterError::Fault(Fault::TooMany(_))), "{refused:?}");
    assert_eq!(world.mails().await.len(), 6);
    world.register("bo@example.org", PASSWORD).await;
}

#[tokio::test]
async fn mail_is_in_the_language_of_the_page() {
    let world = World::new().await;
    let new = Registration { language: "sv".to_owned(), ..registration(ANA, PASSWORD) };
    world.flows.register(new, &client()).await.unwrap();
    let mail = world.newest_mail().await;
    assert_eq!((mail.language.as_str(), mail.subject.as_str()), ("sv", "Din kod för att skapa konto"));
}
