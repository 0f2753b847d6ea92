//! What a browser posts of the wizard's form.

use super::html;

/// The form on the page as it stands, with the button `go`.
pub fn of_page(page: &str, go: &str) -> Vec<(String, String)> {
    let mut fields = html::form(page, "wizard-form");
    fields.push(("go".to_owned(), go.to_owned()));
    fields
}

/// The same after the questions were answered, each of which the page asks.
pub fn filled(page: &str, answers: &[(&str, &str)], go: &str) -> Vec<(String, String)> {
    let mut fields = of_page(page, go);
    for (name, _) in answers {
        assert!(fields.iter().any(|(other, _)| other == name), "{name} is not asked");
    }
    fields.retain(|(name, text)| text.is_empty() || answers.iter().all(|(other, _)| other != name));
    fields.extend(answers.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())));
    fields
}

/// As `Browser::post` takes them.
pub fn borrowed(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect()
}
