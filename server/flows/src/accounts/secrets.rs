//! Tokens in cookies and links, and mailed codes.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ports::Random;

/// A new secret of 256 bits, in base64url.
pub(super) fn token(random: &(dyn Random + 'static)) -> String {
    URL_SAFE_NO_PAD.encode(random.bytes::<32>())
}

pub(super) const CODE_DIGITS: usize = 6;

/// A new code of six digits, each as likely as any other.
pub(super) fn code(random: &(dyn Random + 'static)) -> String {
    const CODES: u32 = 1_000_000;
    // The numbers above the last whole million are drawn again, or low codes would come oftener.
    const FAIR: u32 = u32::MAX / CODES * CODES;
    loop {
        let number = u32::from_le_bytes(random.bytes());
        if number < FAIR {
            return format!("{:06}", number % CODES);
        }
    }
}

/// The digits of a code as it was typed or pasted: spaces and other digits than ours are forgiven.
pub(super) fn typed_code(text: &str) -> String {
    text.chars()
        .filter_map(|character| match character {
            '0'..='9' => Some(character),
            '\u{660}'..='\u{669}' => char::from_digit(character as u32 - 0x660, 10),
            '\u{6f0}'..='\u{6f9}' => char::from_digit(character as u32 - 0x6f0, 10),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use ports::testing::TestRandom;

    use super::*;

    #[test]
    fn a_code_has_six_digits() {
        let random = TestRandom::default();
        for _ in 0..200 {
            let code = code(&random);
            assert!(code.len() == 6 && code.bytes().all(|digit| digit.is_ascii_digit()), "{code}");
        }
    }

    #[test]
    fn a_token_has_256_bits_and_is_good_in_a_path() {
        let token = token(&TestRandom::default());
        assert!(token.len() == 43 && token.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)));
    }

    #[test]
    fn a_code_may_be_typed_with_spaces_and_arabic_digits() {
        assert_eq!(typed_code(" 402 917\n"), "402917");
        assert_eq!(typed_code("٤٠٢٩١٧"), "402917");
    }
}
