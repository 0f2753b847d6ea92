//! Which passwords are taken.

use domain::password::{MAX, MIN, PasswordProblem, Strength, check_password, strength};
use proptest::prelude::*;

/// A few entries stand for the server's list.
fn is_common(text: &str) -> bool {
    ["password", "dragon", "iloveyou", "p@ssw0rd", "momsanaladventure"].contains(&text)
}

fn check(password: &str) -> Result<(), PasswordProblem> {
    check_password(password, "anna.svensson@example.com", is_common)
}

#[test]
fn a_long_password_of_any_characters_is_taken() {
    for password in [
        "correct horse battery staple",
        "vinter är kallt ibland",
        "القطة تنام على السطح",
        "雨ニモマケズ風ニモマケズ雪ニモ",
        "🦊🐢🦉🐝🦋🐙🦀🐳🦔🐪🦌🐏🐓🦚🐇",
        "kwzrplmqvtxbnhd",
        "               secret words           ",
        "my dragon eats password managers",
    ] {
        assert_eq!(check(password), Ok(()), "{password}");
    }
}

#[test]
fn length_is_counted_in_characters_as_people_see_them_composed() {
    assert_eq!(check("kwzrplmqvtxbnh"), Err(PasswordProblem::TooShort { min: MIN }));
    // Fourteen letters, one of them typed as a letter and a combining ring.
    assert_eq!(check("kwzrplmqvtxbna\u{30A}"), Err(PasswordProblem::TooShort { min: MIN }));
    let long = |count: usize| {
        "kwz rplm qvtx bnhd"
            .chars()
            .cycle()
            .enumerate()
            .map(|(i, c)| if i % 19 == 7 { 'å' } else { c })
            .take(count)
            .collect::<String>()
    };
    assert_eq!(check(&long(MAX)), Ok(()));
    assert_eq!(check(&long(MAX + 1)), Err(PasswordProblem::TooLong { max: MAX }));
    assert_eq!(check(&"å".repeat(1_000_000)), Err(PasswordProblem::TooLong { max: MAX }));
}

#[test]
fn common_passwords_and_what_is_made_from_one_are_refused() {
    for password in [
        "momsanaladventure",
        "MomsAnalAdventure",
        "passwordpassword",
        "PasswordPassword",
        "password1234567",
        "20261122password!",
        "Password!Password!1",
        "dragondragondragon",
        "p@ssw0rdp@ssw0rd",
        "iloveyou 839201847",
    ] {
        assert_eq!(check(password), Err(PasswordProblem::Common), "{password}");
    }
}

#[test]
fn patterns_are_refused() {
    for password in [
        "123456789012345",
        "543210987654321",
        "qwertyuiopasdfgh",
        "qwertyuiopåasdfghjklöä",
        "abcdefghijklmnop",
        "zyxwvutsrqponml",
        "aaaaaaaaaaaaaaa",
        "aaaaabbbbbcccccddddd",
        "1q2w3e4r5t6y7u8i",
        "1qaz2wsx3edc4rfv",
        "abcabcabcabcabc",
        "xk7xk7xk7xk7xk7xk7",
        "ضصثقفغعهخحجدضصث",
    ] {
        assert_eq!(check(password), Err(PasswordProblem::Common), "{password}");
    }
}

#[test]
fn what_is_made_from_the_address_is_refused() {
    for password in [
        "anna.svensson@example.com",
        "ANNA.SVENSSON@EXAMPLE.COM",
        "anna.svensson1234",
        "AnnaSvensson2026!",
        "svenssonannasvensson",
        "example-anna-example",
    ] {
        assert_eq!(check(password), Err(PasswordProblem::FromEmail), "{password}");
    }
    assert_eq!(check("anna has a very small boat"), Ok(()));
    assert_eq!(check_password("kwzrplmqvtxbnhd", "k@b.se", is_common), Ok(()));
    assert_eq!(check_password("kwzrplmqvtxbnhd", "", is_common), Ok(()));
}

#[test]
fn the_hint_grows_with_length_and_variety() {
    for (password, hint) in [
        ("", Strength::Weak),
        ("kwzrplmqvtxbnh", Strength::Weak),
        ("aaaaaaaaaaaaaaaaaaaaaaaa", Strength::Weak),
        ("qwertyuiopasdfghjklzxcvbnm", Strength::Weak),
        ("kwzrplmqvtxbnhd", Strength::Fair),
        ("correct horse battery staple", Strength::Strong),
    ] {
        assert_eq!(strength(password), hint, "{password}");
    }
}

proptest! {
    #[test]
    fn no_text_panics(password in ".{0,140}", email in ".{0,40}") {
        let _ = check_password(&password, &email, is_common);
        let _ = strength(&password);
    }

    #[test]
    fn capital_letters_do_not_make_a_common_password_good(upper in prop::collection::vec(any::<bool>(), 16)) {
        let password: String = "passwordpassword".chars().zip(upper)
            .map(|(c, upper)| if upper { c.to_ascii_uppercase() } else { c }).collect();
        prop_assert_eq!(check(&password), Err(PasswordProblem::Common));
    }
}
