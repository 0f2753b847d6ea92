use i18n::Texts;

use super::one_line;

/// A part of a mail, in the order of reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Block {
    Paragraph(String),
    /// A button, and its address written out.
    Link {
        label: String,
        address: String,
    },
    /// A code or a number to be read and typed.
    Figures(String),
    /// What to do, one after the other.
    Steps {
        lead: String,
        steps: Vec<String>,
    },
    Footer(String),
}

/// Cuts a text of the translations into blocks and fills in the values.
///
/// It is cut before it is filled in, so that no value can make a block of its own. A link, a code
/// and a number that stand alone are left bare: mail programs and people copy them. A paragraph that
/// ends with the steps is the lead of their list.
pub(super) fn blocks(texts: &Texts, text: &str, label: &str, values: &[(&str, &str)]) -> Vec<Block> {
    let steps = values.iter().find(|(name, _)| *name == "steps").map_or("", |(_, steps)| *steps);
    let values = one_line(values);
    let value_of = |name: &str| values.iter().find(|(other, _)| *other == name).map(|(_, value)| (*value).to_owned());
    let is_without_value = |paragraph: &str| {
        values.iter().any(|(name, value)| value.is_empty() && paragraph.contains(&format!("{{{name}}}")))
    };
    text.split("\n\n")
        .map(str::trim)
        .filter(|paragraph| !paragraph.is_empty() && !is_without_value(paragraph))
        .map(|paragraph| match paragraph.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            Some("link") => Block::Link { label: label.to_owned(), address: value_of("link").unwrap_or_default() },
            Some(name @ ("code" | "number")) => Block::Figures(value_of(name).unwrap_or_default()),
            _ => match paragraph.strip_suffix("{steps}") {
                Some(lead) => Block::Steps {
                    lead: texts.fill_in(lead.trim_end(), &values),
                    steps: steps.lines().map(str::to_owned).collect(),
                },
                None => Block::Paragraph(texts.fill_in(paragraph, &values)),
            },
        })
        .collect()
}
