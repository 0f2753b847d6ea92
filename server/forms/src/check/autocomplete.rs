//! What a browser may fill in: the tokens of the HTML standard, section "Autofill".

use domain::form::Kind;

use crate::check::advice;
use crate::check::outline::Outline;
use crate::log::Log;

const FIELDS: [&str; 54] = [
    "off",
    "name",
    "honorific-prefix",
    "given-name",
    "additional-name",
    "family-name",
    "honorific-suffix",
    "nickname",
    "username",
    "new-password",
    "current-password",
    "one-time-code",
    "organization-title",
    "organization",
    "street-address",
    "address-line1",
    "address-line2",
    "address-line3",
    "address-level4",
    "address-level3",
    "address-level2",
    "address-level1",
    "country",
    "country-name",
    "postal-code",
    "cc-name",
    "cc-given-name",
    "cc-additional-name",
    "cc-family-name",
    "cc-number",
    "cc-exp",
    "cc-exp-month",
    "cc-exp-year",
    "cc-csc",
    "cc-type",
    "transaction-currency",
    "transaction-amount",
    "language",
    "bday",
    "bday-day",
    "bday-month",
    "bday-year",
    "sex",
    "url",
    "photo",
    "tel",
    "tel-country-code",
    "tel-national",
    "tel-area-code",
    "tel-local",
    "tel-extension",
    "email",
    "impp",
    "on",
];

/// What may stand before a field, in this order: whose address, and which telephone or address.
const BEFORE: [&str; 7] = ["shipping", "billing", "home", "work", "mobile", "fax", "pager"];

pub fn check(outline: &Outline<'_>, log: &mut Log) {
    for place in &outline.places {
        let Some(token) = &place.question.autocomplete else { continue };
        if matches!(place.question.kind, Some(Kind::Group { .. } | Kind::Declaration)) {
            let help = "leave it out; it is for what a person types often, such as a name";
            log.note(token.span, "a browser cannot fill this question in", help);
            continue;
        }
        let words: Vec<&str> = token.value.split(' ').collect();
        let (field, before) = words.split_last().unwrap_or((&"", &[]));
        let is_prefix = |word: &&str| BEFORE.contains(word) || word.starts_with("section-");
        if !FIELDS.contains(field) || !before.iter().all(is_prefix) {
            let help = advice(field, FIELDS, "the tokens are those of the HTML standard, like given-name, bday or tel");
            log.note(token.span, format!("`{}` is not an autocomplete token", token.value), help);
        }
    }
}
