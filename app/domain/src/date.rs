//! Dates as people type them, and dates that depend on today or on another answer.

use std::str::FromStr;

use jiff::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::condition::Scope;

/// A day that a rule names: fixed, today or another answer, moved by some days, months or years.
///
/// Written `2026-06-01`, `today`, `today - 18 years` or `trip.departure + 3 months`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DateRule {
    anchor: Anchor,
    shift: Option<(i32, Unit)>,
}

#[derive(Clone, Debug, PartialEq)]
enum Anchor {
    Today,
    Day(Date),
    Answer(String),
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Unit {
    Days,
    Months,
    Years,
}

/// The names of the three controls of a date.
pub fn parts(date: &str) -> [String; 3] {
    ["day", "month", "year"].map(|part| format!("{date}-{part}"))
}

/// What is wrong with a typed date, and with which of its controls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateProblem {
    DayMissing,
    MonthMissing,
    YearMissing,
    /// The year is not written with four digits.
    YearNotFourDigits,
    /// There is no such day.
    NoSuchDay,
}

impl DateRule {
    /// The day meant; `None` when it depends on an answer that is missing or not a date.
    pub fn day(&self, scope: Scope<'_>) -> Option<Date> {
        let day = match &self.anchor {
            Anchor::Today => scope.today,
            Anchor::Day(day) => *day,
            Anchor::Answer(question) => scope.date(question)?,
        };
        let Some((count, unit)) = self.shift else { return Some(day) };
        let span = match unit {
            Unit::Days => Span::new().try_days(count),
            Unit::Months => Span::new().try_months(count),
            Unit::Years => Span::new().try_years(count),
        };
        day.checked_add(span.ok()?).ok()
    }

    /// The question whose answer this day depends on.
    pub fn question(&self) -> Option<&str> {
        match &self.anchor {
            Anchor::Answer(question) => Some(question),
            _ => None,
        }
    }
}

/// A day written `2026-06-01`. The general parser would weigh more in the browser than all of this
/// file.
pub fn iso_day(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let is_iso = (year.len(), month.len(), day.len()) == (4, 2, 2) && parts.next().is_none();
    let is_digits = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    if !is_iso || !is_digits {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// Days in JSON, for `#[serde(with)]`: `"2026-06-01"`.
pub mod iso {
    use jiff::civil::Date;
    use serde::{Deserialize, Deserializer, Serializer, de};

    pub fn serialize<S: Serializer>(day: &Date, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(day)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        let text = String::deserialize(deserializer)?;
        super::iso_day(&text).ok_or_else(|| de::Error::custom("not a day"))
    }
}

/// The date in three typed parts; `Ok(None)` when all are empty. Full-width digits are read too.
pub fn typed_date(day: &str, month: &str, year: &str) -> Result<Option<Date>, DateProblem> {
    let (day, month, year) = (day.trim(), month.trim(), year.trim());
    match (day.is_empty(), month.is_empty(), year.is_empty()) {
        (true, true, true) => return Ok(None),
        (true, _, _) => return Err(DateProblem::DayMissing),
        (_, true, _) => return Err(DateProblem::MonthMissing),
        (_, _, true) => return Err(DateProblem::YearMissing),
        _ => {}
    }
    let year = ascii_digits(year);
    if year.chars().count() != 4 {
        return Err(DateProblem::YearNotFourDigits);
    }
    // Only digits: a number would also be read from `+5`.
    let is_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let number = |text: &str| Some(ascii_digits(text)).filter(|text| is_digits(text))?.parse::<i8>().ok();
    let date = Some(year)
        .filter(|year| is_digits(year))
        .and_then(|year| year.parse::<i16>().ok())
        .zip(number(month))
        .zip(number(day))
        .and_then(|((year, month), day)| Date::new(year, month, day).ok());
    date.map(Some).ok_or(DateProblem::NoSuchDay)
}

/// Full years lived on `day`; `None` before birth. Someone born on 29 February is a year older
/// on 1 March of a common year.
pub fn age_on(born: Date, day: Date) -> Option<u16> {
    let before_birthday = (day.month(), day.day()) < (born.month(), born.day());
    u16::try_from(day.year() - born.year() - i16::from(before_birthday)).ok()
}

/// The text with every decimal digit of another script written in ASCII. Other text is kept.
pub fn ascii_digits(text: &str) -> String {
    const ZEROS: [char; 5] = ['\u{0660}', '\u{06F0}', '\u{0966}', '\u{09E6}', '\u{FF10}'];
    text.chars()
        .map(|c| ZEROS.iter().find_map(|zero| char::from_digit((c as u32).checked_sub(*zero as u32)?, 10)).unwrap_or(c))
        .collect()
}

/// Whether `c` is a mark that cannot be seen, such as those for writing direction, which come
/// along when a number is copied from a contact list or a right-to-left page.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{061C}' | '\u{FEFF}')
}

impl FromStr for DateRule {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let (anchor, shift) = match words.as_slice() {
            [anchor] => (*anchor, None),
            [anchor, sign @ ("+" | "-"), count, unit] => (*anchor, Some((*sign, *count, *unit))),
            _ => {
                return Err(format!(
                    "`{text}` is not a day; write `today`, `2026-06-01`, a question, or one of them `+ 3 months`"
                ));
            }
        };
        let anchor = match anchor {
            "today" => Anchor::Today,
            _ if anchor.starts_with(|c: char| c.is_ascii_digit()) => {
                Anchor::Day(iso_day(anchor).ok_or_else(|| format!("`{anchor}` is not a day of the form 2026-06-01"))?)
            }
            question => Anchor::Answer(question.to_owned()),
        };
        Ok(Self { anchor, shift: shift.map(parse_shift).transpose()? })
    }
}

fn parse_shift((sign, count, unit): (&str, &str, &str)) -> Result<(i32, Unit), String> {
    let count: u16 = count.parse().map_err(|_| format!("`{count}` is not a number of days, months or years"))?;
    let count = i32::from(count);
    let unit = match unit {
        "day" | "days" => Unit::Days,
        "month" | "months" => Unit::Months,
        "year" | "years" => Unit::Years,
        _ => return Err(format!("`{unit}` is not `days`, `months` or `years`")),
    };
    Ok((if sign == "-" { -count } else { count }, unit))
}

impl TryFrom<String> for DateRule {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<DateRule> for String {
    fn from(rule: DateRule) -> Self {
        let anchor = match rule.anchor {
            Anchor::Today => "today".to_owned(),
            Anchor::Day(day) => day.to_string(),
            Anchor::Answer(question) => question,
        };
        let Some((count, unit)) = rule.shift else { return anchor };
        let sign = if count < 0 { '-' } else { '+' };
        let unit = match unit {
            Unit::Days => "days",
            Unit::Months => "months",
            Unit::Years => "years",
        };
        format!("{anchor} {sign} {} {unit}", count.unsigned_abs())
    }
}
