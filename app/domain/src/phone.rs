//! Phone numbers as people type them.

use crate::date::{ascii_digits, is_invisible};

/// The number with its country code in E.164, e.g. `+46701740605`; `None` when it is not one.
/// `00` is read as `+`; spaces, hyphens, points, brackets and invisible marks are let go.
pub fn typed_phone(text: &str) -> Option<String> {
    let text: String = ascii_digits(text)
        .replace('\u{FF0B}', "+")
        .replace("(0)", "")
        .chars()
        .filter(|c| {
            !c.is_whitespace()
                && !is_invisible(*c)
                && !matches!(c, '-' | '.' | '(' | ')' | '/' | '\u{2010}'..='\u{2015}')
        })
        .collect();
    let digits = text.strip_prefix('+').or_else(|| text.strip_prefix("00"))?;
    let is_number =
        (7..=15).contains(&digits.len()) && digits.chars().all(|c| c.is_ascii_digit()) && !digits.starts_with('0');
    is_number.then(|| format!("+{digits}"))
}
