//! Which passwords are taken.
//!
//! Length counts, composition does not (NIST SP 800-63B-4, 3.1.1.2). Refused are passwords that
//! are tried first: common ones, simple patterns and what is made from the e-mail address.

use std::collections::BTreeSet;

use crate::answers::normalised;

/// The least number of characters where the password is the only proof.
pub const MIN: usize = 15;
/// The greatest number of characters.
pub const MAX: usize = 128;

/// A repeated piece shorter than this is a pattern, whatever it says.
const SHORT_PIECE: usize = 6;
/// How many characters must be left besides what is taken from the e-mail address.
const OWN_CHARACTERS: usize = 8;

/// Neighbours in these, forwards or backwards, and the last with the first, follow each other in
/// patterns: alphabet, digits and the rows and columns of keyboards.
const SEQUENCES: [&str; 9] = [
    "abcdefghijklmnopqrstuvwxyz",
    "1234567890",
    "qwertyuiopå",
    "asdfghjklöä",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "1q2w3e4r5t6y7u8i9o0p",
    "ضصثقفغعهخحجد",
    "شسيبلاتنمكط",
];

/// Why a password is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PasswordProblem {
    TooShort {
        min: usize,
    },
    TooLong {
        max: usize,
    },
    /// A common password, made from one, or a simple pattern.
    Common,
    /// Little more than the e-mail address.
    FromEmail,
}

/// A hint while typing. It knows no list of common passwords.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    Weak,
    Fair,
    Strong,
}

/// Whether `password` may be the only proof for the account with `email`.
///
/// `is_common` looks a text in lower case up in a list of common passwords. Characters are
/// counted in NFC, the form in which the password is hashed.
pub fn check_password(password: &str, email: &str, is_common: impl Fn(&str) -> bool) -> Result<(), PasswordProblem> {
    // Whoever sends megabytes is refused before any work is done with them.
    if password.len() > MAX * 16 {
        return Err(PasswordProblem::TooLong { max: MAX });
    }
    let length = normalised(password).chars().count();
    let plain = plain(password);
    if length < MIN {
        Err(PasswordProblem::TooShort { min: MIN })
    } else if length > MAX {
        Err(PasswordProblem::TooLong { max: MAX })
    } else if is_from_email(&plain, email) {
        Err(PasswordProblem::FromEmail)
    } else if is_pattern(&plain) || is_made_from_common(&plain, &is_common) {
        Err(PasswordProblem::Common)
    } else {
        Ok(())
    }
}

/// How strong `password` looks by its length and variety.
pub fn strength(password: &str) -> Strength {
    // A hint can do without the tables of Unicode, which would go to every browser.
    let plain: Vec<char> = password.chars().map(|letter| letter.to_ascii_lowercase()).collect();
    let mut variety: Vec<char> = plain.clone();
    variety.sort_unstable();
    variety.dedup();
    match plain.len() {
        length if length < MIN || variety.len() < 6 || is_pattern(&plain) => Strength::Weak,
        length if length < 20 || variety.len() < 9 => Strength::Fair,
        _ => Strength::Strong,
    }
}

fn plain(text: &str) -> Vec<char> {
    normalised(&text.to_lowercase()).chars().collect()
}

/// Whether nearly every character follows from the one before it, or a short piece is repeated.
fn is_pattern(plain: &[char]) -> bool {
    let steps = plain.windows(2).filter(|pair| is_step(pair[0], pair[1])).count();
    let is_sequence = steps * 4 >= plain.len().saturating_sub(1) * 3;
    is_sequence || repeated_piece(plain).is_some_and(|piece| piece.len() < SHORT_PIECE || is_pattern(piece))
}

fn is_step(one: char, next: char) -> bool {
    one == next
        || SEQUENCES.iter().any(|sequence| {
            let first = sequence.chars().next();
            let last = sequence.chars().next_back();
            let pairs = sequence.chars().zip(sequence.chars().skip(1));
            pairs.chain(last.zip(first)).any(|(a, b)| (a, b) == (one, next) || (b, a) == (one, next))
        })
}

/// The shortest piece that, said at least twice, gives the whole; the last time may break off.
fn repeated_piece(plain: &[char]) -> Option<&[char]> {
    let piece = (1..=plain.len() / 2).find(|length| plain[*length..] == plain[..plain.len() - length])?;
    Some(&plain[..piece])
}

/// Whether it is a listed text, or only one listed word with digits and signs around and between,
/// said once or many times.
fn is_made_from_common(plain: &[char], is_common: &impl Fn(&str) -> bool) -> bool {
    let once = |text: &'_ [char]| repeated_piece(text).unwrap_or(text).to_vec();
    let core = trimmed(plain);
    let words: BTreeSet<_> = plain.split(|c| !c.is_alphabetic()).filter(|word| !word.is_empty()).map(once).collect();
    let only_word = words.first().filter(|_| words.len() == 1).cloned();
    let texts = [plain.to_vec(), once(plain), core.to_vec(), once(core)];
    texts.iter().chain(&only_word).any(|text| is_common(&text.iter().collect::<String>()))
}

/// Without the digits and signs at both ends.
fn trimmed(plain: &[char]) -> &[char] {
    let Some(start) = plain.iter().position(|c| c.is_alphabetic()) else { return &[] };
    let end = plain.iter().rposition(|c| c.is_alphabetic()).unwrap_or(start);
    &plain[start..=end]
}

/// Whether too little is left when the name and the words of the address are taken out.
fn is_from_email(plain: &[char], email: &str) -> bool {
    let joined = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let email: String = self::plain(email.trim()).into_iter().collect();
    let mut parts: Vec<String> = email.split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect();
    parts.extend(email.split('@').map(joined));
    parts.push(joined(&email));
    parts.retain(|part| part.chars().count() >= 3);
    parts.sort_by_key(|part| std::cmp::Reverse(part.len()));

    let password = joined(&plain.iter().collect::<String>());
    let rest = parts.iter().fold(password.clone(), |rest, part| rest.replace(part.as_str(), ""));
    rest != password && rest.chars().count() < OWN_CHARACTERS
}
