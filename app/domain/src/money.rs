//! Amounts of money as people type them.

use crate::date::{ascii_digits, is_invisible};

/// The amount in hundredths; `None` when it is not an amount of up to 12 digits with at most two
/// decimals. Spaces group digits; a comma, a point or the Arabic decimal sign starts the decimals.
pub fn typed_amount(text: &str) -> Option<i64> {
    let text: String = ascii_digits(text).chars().filter(|c| !c.is_whitespace() && !is_invisible(*c)).collect();
    let (whole, decimals) = text.split_once(['.', ',', '\u{066B}']).unwrap_or((&text, ""));
    let digits = |part: &str| part.chars().all(|c| c.is_ascii_digit());
    if whole.is_empty() || whole.len() > 12 || decimals.len() > 2 || !digits(whole) || !digits(decimals) {
        return None;
    }
    format!("{whole}{decimals:0<2}").parse().ok()
}
