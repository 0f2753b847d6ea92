//! Answers as they are shown at review, on paper and on My page, before they are put in words.

use jiff::civil::Date;

use crate::answers::Answers;
use crate::date::parts;
use crate::form::Kind;
use crate::identity_number::IdentityNumber;
use crate::journey::Asked;
use crate::money::typed_amount;
use crate::passport::passport_number;

/// An answer, read. What cannot be read is shown as typed.
#[derive(Clone, Debug, PartialEq)]
pub enum Shown {
    Nothing,
    Text(String),
    Date(Date),
    YesNo(bool),
    /// The ids of the choices.
    Choices(Vec<String>),
    /// The country's code.
    Country(String),
    /// In hundredths, with the ISO 4217 code.
    Money {
        hundredths: i64,
        currency: String,
    },
    /// The number of rows of a group.
    Rows(usize),
    Accepted,
}

/// What to show for `asked`. `today` settles the century of a short identity number.
pub fn shown(asked: &Asked<'_>, answers: &Answers, today: Date) -> Shown {
    let text = answers.text(&asked.field);
    match &asked.question.kind {
        Kind::Date { .. } => return date(asked, answers),
        Kind::Group { .. } => return Shown::Rows(answers.rows(&asked.field).count()),
        _ if text.trim().is_empty() => return Shown::Nothing,
        _ => {}
    }
    match &asked.question.kind {
        Kind::YesNo => Shown::YesNo(text == "yes"),
        Kind::OneOf { .. } | Kind::SeveralOf { .. } => {
            Shown::Choices(answers.choices(&asked.field).map(str::to_owned).collect())
        }
        Kind::Country => Shown::Country(text.to_owned()),
        Kind::Declaration => Shown::Accepted,
        Kind::Money { currency } => match typed_amount(text) {
            Some(hundredths) => Shown::Money { hundredths, currency: currency.clone() },
            None => Shown::Text(text.to_owned()),
        },
        Kind::IdentityNumber => Shown::Text(
            IdentityNumber::parse(text, today).map_or_else(|_| text.to_owned(), |number| number.to_string()),
        ),
        Kind::PassportNumber => Shown::Text(passport_number(text).unwrap_or_else(|| text.to_owned())),
        _ => Shown::Text(text.trim().to_owned()),
    }
}

fn date(asked: &Asked<'_>, answers: &Answers) -> Shown {
    match answers.date(&asked.field) {
        Ok(None) => Shown::Nothing,
        Ok(Some(date)) => Shown::Date(date),
        Err(_) => {
            let typed = parts(&asked.field).map(|part| answers.text(&part).to_owned());
            Shown::Text(typed.join(" ").trim().to_owned())
        }
    }
}
