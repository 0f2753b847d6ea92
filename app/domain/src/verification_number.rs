//! The number that proves a submission: eight random digits and two check digits.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::date::{ascii_digits, is_invisible};

const COUNT: u32 = 100_000_000;

/// A verification number, shown as `NNNNNNNN-CC`. The check digits (ISO 7064, MOD 97-10) catch
/// every single wrong digit and every swap of two neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct VerificationNumber(u32);

/// Why a text is not a verification number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VerificationNumberProblem {
    /// Not ten digits.
    Shape,
    /// The check digits do not match: something is mistyped.
    CheckDigits,
}

impl VerificationNumber {
    /// The number for a random value. Values that differ may give the same number; whoever
    /// stores it keeps numbers apart.
    pub fn from_random(random: u32) -> Self {
        Self(random % COUNT)
    }

    fn check_digits(self) -> u32 {
        98 - u32::try_from(u64::from(self.0) * 100 % 97).unwrap_or_default()
    }
}

impl fmt::Display for VerificationNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08}-{:02}", self.0, self.check_digits())
    }
}

/// Reads a number as people type it: with or without the hyphen, with spaces, in full-width digits.
impl FromStr for VerificationNumber {
    type Err = VerificationNumberProblem;

    fn from_str(text: &str) -> Result<Self, VerificationNumberProblem> {
        let is_kept = |c: &char| {
            !c.is_whitespace()
                && !is_invisible(*c)
                && !matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FF0D}')
        };
        let digits: String = ascii_digits(text).chars().filter(is_kept).collect();
        if digits.len() != 10 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(VerificationNumberProblem::Shape);
        }
        let (number, check) = digits.split_at(8);
        let (Ok(number), Ok(check)) = (number.parse(), check.parse::<u32>()) else {
            return Err(VerificationNumberProblem::Shape);
        };
        let number = Self(number);
        if number.check_digits() == check { Ok(number) } else { Err(VerificationNumberProblem::CheckDigits) }
    }
}

impl fmt::Display for VerificationNumberProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Shape => "a verification number has eight digits, a hyphen and two check digits",
            Self::CheckDigits => "the check digits of the verification number do not match",
        })
    }
}

impl TryFrom<String> for VerificationNumber {
    type Error = VerificationNumberProblem;

    fn try_from(text: String) -> Result<Self, VerificationNumberProblem> {
        text.parse()
    }
}

impl From<VerificationNumber> for String {
    fn from(number: VerificationNumber) -> Self {
        number.to_string()
    }
}
