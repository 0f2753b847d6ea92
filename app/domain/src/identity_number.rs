//! Swedish personal identity numbers and coordination numbers.
//!
//! A personal identity number is a birth date, three serial digits and a check digit. A
//! coordination number, for those who are not registered in Sweden, has 60 added to the day; its
//! date need not be a real one, so it is not checked.

use std::fmt;

use jiff::civil::Date;

use crate::date::{ascii_digits, is_invisible};

/// The letters that stand in place of the first serial digit in an interim number.
const INTERIM_LETTERS: &str = "JKLMNRSTUWX";

/// Nobody alive was born before this year. The check digit does not cover the century, so this
/// and [`IdentityNumberProblem::InFuture`] are what catches a wrong one.
const EARLIEST_YEAR: i16 = 1800;

/// A right number: its twelve digits, century first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IdentityNumber([u8; 12]);

/// Why a text is not an identity number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdentityNumberProblem {
    /// Not ten or twelve digits.
    Shape,
    /// There is no such birth date.
    NoSuchDay,
    /// The birth date lies after today.
    InFuture,
    /// The serial number `000` is never given out.
    Serial,
    /// The check digit does not match: something is mistyped.
    CheckDigit,
    /// An interim number, with a letter after the date. Authorities give those out for a while only.
    Interim,
}

impl IdentityNumber {
    /// Reads `YYMMDD-NNNC`, `YYMMDD+NNNC` or `YYYYMMDD-NNNC`. Spaces and hyphens may stand
    /// anywhere or be missing, and digits may be full-width.
    ///
    /// Without a century the person is under 100 years old on the day `today`; with a plus sign
    /// the person turns 100 in the year of `today` or did so before.
    pub fn parse(text: &str, today: Date) -> Result<Self, IdentityNumberProblem> {
        let (digits, has_plus) = digits(text)?;
        let digits = match <[u8; 12]>::try_from(digits.as_slice()) {
            Ok(twelve) => twelve,
            Err(_) => with_century(&digits, has_plus, today).ok_or(IdentityNumberProblem::Shape)?,
        };
        let number = Self(digits);
        number.check_date(today)?;
        if digits[8..11] == [0, 0, 0] {
            return Err(IdentityNumberProblem::Serial);
        }
        if !luhn(&digits[2..]) {
            return Err(IdentityNumberProblem::CheckDigit);
        }
        Ok(number)
    }

    /// Whether this is a coordination number.
    pub fn is_coordination(&self) -> bool {
        self.written_day() >= 60
    }

    /// The birth date; `None` for a coordination number whose date is not a real one.
    pub fn birth_date(&self) -> Option<Date> {
        let day = self.written_day() - if self.is_coordination() { 60 } else { 0 };
        Date::new(self.year(), self.month(), day).ok()
    }

    fn year(&self) -> i16 {
        self.0[..4].iter().fold(0, |year, digit| year * 10 + i16::from(*digit))
    }

    fn month(&self) -> i8 {
        two_digits(&self.0, 4)
    }

    fn written_day(&self) -> i8 {
        two_digits(&self.0, 6)
    }

    fn check_date(&self, today: Date) -> Result<(), IdentityNumberProblem> {
        if self.year() < EARLIEST_YEAR {
            return Err(IdentityNumberProblem::NoSuchDay);
        }
        if self.is_coordination() {
            // Months above 12 are those of organisation numbers.
            return match self {
                _ if self.month() > 12 || self.written_day() > 91 => Err(IdentityNumberProblem::NoSuchDay),
                _ if self.year() > today.year() => Err(IdentityNumberProblem::InFuture),
                _ => Ok(()),
            };
        }
        let born = self.birth_date().ok_or(IdentityNumberProblem::NoSuchDay)?;
        if born > today { Err(IdentityNumberProblem::InFuture) } else { Ok(()) }
    }
}

/// As it is shown: `YYYYMMDD-NNNC`.
impl fmt::Display for IdentityNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (date, serial) = self.0.split_at(8);
        date.iter().try_for_each(|digit| write!(f, "{digit}"))?;
        f.write_str("-")?;
        serial.iter().try_for_each(|digit| write!(f, "{digit}"))
    }
}

/// Says nothing about the person, because debug output ends up in logs.
impl fmt::Debug for IdentityNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IdentityNumber(…)")
    }
}

/// The ten or twelve digits as written, and whether a plus sign stands before the last four.
fn digits(text: &str) -> Result<(Vec<u8>, bool), IdentityNumberProblem> {
    let signs: Vec<char> = ascii_digits(text).chars().filter(|c| !is_separator(*c)).collect();
    let (before, serial) = signs.split_at_checked(signs.len().saturating_sub(4)).unwrap_or_default();
    let (date, has_plus) = match before {
        [date @ .., '+' | '\u{FF0B}'] => (date, true),
        _ => (before, false),
    };
    let signs = [date, serial].concat();
    if !matches!(signs.len(), 10 | 12) {
        return Err(IdentityNumberProblem::Shape);
    }
    let digit = |c: &char| c.to_digit(10).and_then(|digit| u8::try_from(digit).ok());
    if let Some(digits) = signs.iter().map(digit).collect::<Option<Vec<u8>>>() {
        return Ok((digits, has_plus));
    }
    let is_letter = |c: char| INTERIM_LETTERS.contains(c.to_ascii_uppercase());
    let is_interim =
        serial.iter().enumerate().all(|(place, c)| if place == 0 { is_letter(*c) } else { c.is_ascii_digit() })
            && date.iter().all(char::is_ascii_digit);
    Err(if is_interim { IdentityNumberProblem::Interim } else { IdentityNumberProblem::Shape })
}

fn is_separator(c: char) -> bool {
    c.is_whitespace() || is_invisible(c) || matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FF0D}')
}

/// The twelve digits for ten; `None` when there are not ten.
fn with_century(ten: &[u8], has_plus: bool, today: Date) -> Option<[u8; 12]> {
    let digits = <[u8; 10]>::try_from(ten).ok()?;
    let two = i16::from(two_digits(&digits, 0));
    let written_day = two_digits(&digits, 4);
    let day = if written_day >= 60 { written_day - 60 } else { written_day };
    let is_later_in_year = (two_digits(&digits, 2), day) > (today.month(), today.day());
    // The last year that the birth may have been in: a birthday that is still to come this
    // year was first celebrated last year at the latest.
    let last = match has_plus {
        true => today.year() - 100,
        false => today.year() - i16::from(is_later_in_year),
    };
    let century = (last - two).div_euclid(100);
    let mut twelve = [0; 12];
    twelve[0] = u8::try_from(century / 10).ok()?;
    twelve[1] = u8::try_from(century % 10).ok()?;
    twelve[2..].copy_from_slice(&digits);
    Some(twelve)
}

/// The number in `digits[at]` and the digit after it. Callers pass places inside the array.
fn two_digits<const N: usize>(digits: &[u8; N], at: usize) -> i8 {
    (digits[at] * 10 + digits[at + 1]) as i8
}

/// Whether the last digit is the check digit of the others (ISO/IEC 7812-1, annex B).
fn luhn(digits: &[u8]) -> bool {
    let doubled = |digit: u8| if digit < 5 { digit * 2 } else { digit * 2 - 9 };
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| u32::from(if place % 2 == 1 { doubled(*digit) } else { *digit }))
        .sum();
    sum.is_multiple_of(10)
}
