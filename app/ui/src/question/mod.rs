//! The controls of questions, one kind of question a file.
//!
//! They are written as HTML on both sides: the server writes a page's questions, the browser
//! those that an answer reveals. What is typed is read from the form and never written back, so
//! what is typed before the browser's part arrives stays as it is.

mod choices;
mod contested;
mod country;
mod date;
mod declaration;
mod frame;
mod group;
mod input;
mod long_text;

use std::collections::BTreeMap;

use domain::form::Kind;
use domain::journey::Asked;
use domain::pack::QuestionTexts;
use maud::{Markup, html};

pub use contested::choices as contested_choices;
pub use country::with_countries;
pub use frame::problem;
pub use group::{is_last_row, removed, row, row_words, unshown};
pub use long_text::room_left;

use crate::edition::Edition;
use crate::filling::Filling;

/// The questions of a page or a row, with the problems that it is time to show.
pub fn questions(filling: &Filling<'_>, asked: &[Asked<'static>], problems: &BTreeMap<&str, String>) -> Markup {
    html! { @for each in asked { (question(filling, each, problems)) } }
}

/// A question with its label, hint, problem and controls.
pub fn question(filling: &Filling<'_>, asked: &Asked<'static>, problems: &BTreeMap<&str, String>) -> Markup {
    let ask = Ask { filling, asked, problems };
    match &asked.question.kind {
        Kind::YesNo => choices::yes_no(&ask),
        Kind::OneOf { choices } => choices::one_of(&ask, choices),
        Kind::SeveralOf { choices } => choices::several_of(&ask, choices),
        Kind::Country => country::country(&ask),
        Kind::Date { .. } => date::date(&ask),
        Kind::Declaration => declaration::declaration(&ask),
        Kind::Group { max, .. } => group::group(&ask, *max),
        Kind::LongText { max } => long_text::long_text(&ask, *max),
        kind => input::input(&ask, kind),
    }
}

/// One question as it is asked on the open page.
struct Ask<'a> {
    filling: &'a Filling<'a>,
    asked: &'a Asked<'static>,
    problems: &'a BTreeMap<&'a str, String>,
}

impl<'a> Ask<'a> {
    fn edition(&self) -> &'static Edition {
        self.filling.edition
    }

    fn field(&self) -> &'a str {
        &self.asked.field
    }

    fn wording(&self) -> &'static QuestionTexts {
        self.edition().question(&self.asked.key)
    }

    fn text(&self) -> &'a str {
        self.filling.answers.text(self.field())
    }

    /// What is wrong, in words.
    fn problem(&self) -> Option<&'a str> {
        self.problems.get(self.field()).map(String::as_str)
    }

    /// The class of what stands around the question.
    fn class(&self, class: &str) -> String {
        if self.problem().is_some() { format!("{class} question--bad") } else { class.to_owned() }
    }

    fn invalid(&self) -> Option<&'static str> {
        self.problem().map(|_| "true")
    }

    /// The ids of the hint and of the problem, which is empty while there is none.
    fn described_by(&self) -> String {
        let field = self.field();
        let hint = if self.wording().hint.is_empty() { String::new() } else { format!(" {field}-hint") };
        format!("{field}-problem{hint}")
    }

    /// Browsers keep what is typed in a control with a token, on disk too.
    fn autocomplete(&self) -> &'a str {
        let token = self.asked.question.autocomplete.as_deref().filter(|_| self.filling.may_remember);
        token.unwrap_or("off")
    }
}
