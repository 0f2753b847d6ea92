//! What the mails say. A mail is one text in the translations; both of its parts are made from it.

mod blocks;
mod html;
mod post;
mod template;
mod text;
pub mod worker;

use std::time::Duration;

use i18n::{Language, Texts};
use storage::messages::Urgency;

use blocks::{Block, blocks};
pub use post::{Post, Recipient};
pub use template::Template;

/// A mail that is ready to be queued. The text and the HTML part say the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The template's name, for `X-Lodge-Template`.
    pub template: &'static str,
    pub language: Language,
    pub subject: String,
    pub text: String,
    pub html: String,
    pub urgency: Urgency,
}

/// Writes a mail. `values` are by the names that [`Template`] lists; one that is empty leaves out
/// the paragraph that names it.
pub fn compose(template: Template, language: Language, values: &[(&str, &str)]) -> Letter {
    let texts = Texts::of(language);
    let keys = template.keys();
    let subject = texts.fill(keys.subject, &one_line(values));
    let mut blocks = blocks(texts, texts.get(keys.text), keys.button.map_or("", |key| texts.get(key)), values);
    blocks.push(Block::Footer(texts.get("mail.footer").to_owned()));
    Letter {
        template: template.name(),
        language,
        text: text::render(&blocks),
        html: html::render(&blocks, &subject, texts),
        subject,
        urgency: template.urgency(),
    }
}

/// A length of time in words, for the value `lifetime`: `24 hours`.
pub fn lifetime(language: Language, length: Duration) -> String {
    let minutes = length.as_secs().div_ceil(60);
    let texts = Texts::of(language);
    if minutes > 0 && minutes.is_multiple_of(60) {
        texts.count("mail.hours", minutes / 60)
    } else {
        texts.count("mail.minutes", minutes)
    }
}

/// A number of days in words, for the value `left`: `7 days`.
pub fn days(language: Language, count: u64) -> String {
    Texts::of(language).count("mail.days", count)
}

/// A point in time in words, for the value `time`, as clocks show it in `zone`, which is named.
pub fn moment(language: Language, at: jiff::Timestamp, zone: &jiff::tz::TimeZone) -> String {
    i18n::format::date_time(&at.to_zoned(zone.clone()), language)
}

/// A value stands inside a paragraph or a header line and can begin neither anew.
fn one_line<'v>(values: &[(&'v str, &'v str)]) -> Vec<(&'v str, &'v str)> {
    values.iter().map(|(name, value)| (*name, value.lines().next().unwrap_or(""))).collect()
}

#[cfg(test)]
mod tests;
