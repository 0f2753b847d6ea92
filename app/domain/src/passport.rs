//! Passport numbers (ICAO Doc 9303: up to nine letters and digits).

use crate::date::{ascii_digits, is_invisible};

/// The number in capitals without spaces and hyphens; `None` unless it has 6 to 9 letters A–Z
/// and digits.
pub fn passport_number(text: &str) -> Option<String> {
    let number: String = ascii_digits(text)
        .chars()
        .filter(|c| !c.is_whitespace() && !is_invisible(*c) && *c != '-')
        .map(|c| c.to_ascii_uppercase())
        .collect();
    let is_number = (6..=9).contains(&number.len()) && number.chars().all(|c| c.is_ascii_alphanumeric());
    is_number.then_some(number)
}

pub fn is_passport_number(text: &str) -> bool {
    passport_number(text).is_some()
}
