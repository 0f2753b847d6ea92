//! The number that proves a submission.

use domain::verification_number::{VerificationNumber, VerificationNumberProblem};
use proptest::prelude::*;

#[test]
fn a_number_is_shown_with_eight_digits_and_two_check_digits() {
    // 794 with the check digits 44 is the example of ISO 7064 for MOD 97-10.
    assert_eq!(VerificationNumber::from_random(794).to_string(), "00000794-44");
    assert_eq!(VerificationNumber::from_random(0).to_string(), "00000000-98");
}

#[test]
fn a_number_is_read_however_it_is_typed() {
    for text in ["00000794-44", "0000079444", " 0000 0794 44 ", "00000794\u{2013}44", "００００ ０７９４－４４"]
    {
        assert_eq!(text.parse(), Ok(VerificationNumber::from_random(794)), "{text}");
    }
}

#[test]
fn what_is_no_number_is_refused_with_a_reason() {
    use VerificationNumberProblem::*;
    let refused = |text: &str| text.parse::<VerificationNumber>().err();
    for text in ["", "794-44", "00000794-4", "000007944-44", "0000079A-44", "+0000794-44", "0000079é44"] {
        assert_eq!(refused(text), Some(Shape), "{text}");
    }
    // 141 is also 44 by MOD 97, but check digits run from 02 to 98.
    for text in ["00000794-43", "00000000-01", "00000000-00"] {
        assert_eq!(refused(text), Some(CheckDigits), "{text}");
    }
}

proptest! {
    #[test]
    fn every_random_value_gives_a_number_that_is_read_back(random in any::<u32>()) {
        let number = VerificationNumber::from_random(random);
        let text = number.to_string();
        prop_assert_eq!(text.len(), 11);
        prop_assert_eq!(text.parse(), Ok(number));
        let json = serde_json::to_string(&number).expect("JSON");
        prop_assert_eq!(&json, &format!("\"{text}\""));
        prop_assert_eq!(serde_json::from_str::<VerificationNumber>(&json).expect("JSON"), number);
    }

    #[test]
    fn every_wrong_digit_is_noticed(random in any::<u32>(), place in 0usize..10, by in 1u8..10) {
        let mut digits = VerificationNumber::from_random(random).to_string().replace('-', "").into_bytes();
        digits[place] = b'0' + (digits[place] - b'0' + by) % 10;
        let wrong = String::from_utf8(digits).expect("digits");
        prop_assert_eq!(wrong.parse::<VerificationNumber>(), Err(VerificationNumberProblem::CheckDigits));
    }

    #[test]
    fn every_swap_of_neighbours_is_noticed(random in any::<u32>(), place in 0usize..9) {
        let mut digits = VerificationNumber::from_random(random).to_string().replace('-', "").into_bytes();
        prop_assume!(digits[place] != digits[place + 1]);
        digits.swap(place, place + 1);
        let wrong = String::from_utf8(digits).expect("digits");
        prop_assert_eq!(wrong.parse::<VerificationNumber>(), Err(VerificationNumberProblem::CheckDigits));
    }
}
