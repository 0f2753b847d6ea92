//! Values in a text that is written in the other direction.

use crate::Language;

/// `value` as it can stand in a text in `language` without turning round and without turning what
/// stands beside it: between first strong isolate and pop directional isolate.
///
/// In Arabic text `10482231-47` would be shown as `47-10482231`. Source: Unicode Standard Annex #9,
/// Bidirectional Algorithm, rules W2 and W4, and section 2.4.2, <https://www.unicode.org/reports/tr9/>.
///
/// A value that goes with the text as it is stays bare, so that it can be copied and compared.
pub(crate) fn isolated(value: &str, language: Language) -> String {
    let is_only_digits = value.bytes().all(|byte| byte.is_ascii_digit());
    let is_foreign = match language.dir() {
        "rtl" => !is_only_digits,
        _ => value.chars().any(is_right_to_left),
    };
    if is_foreign { format!("\u{2068}{value}\u{2069}") } else { value.to_owned() }
}

/// Whether it is in one of the blocks that Unicode keeps for scripts from right to left, or turns
/// the direction by itself. Source: `DerivedBidiClass.txt` of the Unicode Character Database.
fn is_right_to_left(character: char) -> bool {
    matches!(character,
        '\u{590}'..='\u{8ff}' | '\u{200f}' | '\u{202b}' | '\u{202e}' | '\u{2067}' | '\u{fb1d}'..='\u{fdff}'
        | '\u{fe70}'..='\u{feff}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_addresses_and_names_are_isolated_in_arabic() {
        for value in ["10482231-47", "ana@example.org", "Visit visa", "+46 70 174 06 05", "3 مايو 1991"] {
            assert_eq!(isolated(value, Language::Ar), format!("\u{2068}{value}\u{2069}"));
        }
        assert_eq!(isolated("12", Language::Ar), "12");
    }

    #[test]
    fn in_english_only_what_runs_from_right_to_left_is_isolated() {
        assert_eq!(isolated("10482231-47", Language::En), "10482231-47");
        assert_eq!(isolated("Åsa 李 🙂", Language::Sv), "Åsa 李 🙂");
        for value in ["شارع 5", "רחוב 5"] {
            assert_eq!(isolated(value, Language::En), format!("\u{2068}{value}\u{2069}"));
        }
    }
}
