//! The controls of questions, one kind of question a file.
//!
//! Controls are uncontrolled: they start with the stored text and are read from the form, so
//! that what is typed before the browser's part arrives stays as it is.

mod choices;
mod country;
mod date;
mod declaration;
mod frame;
mod group;
mod input;
mod long_text;

use domain::form::Kind;
use domain::journey::Asked;
use leptos::prelude::*;

use crate::filling::Filling;

/// One question as it is asked on the open page.
#[derive(Clone)]
pub struct Ask {
    pub asked: Asked<'static>,
    pub filling: Filling,
}

impl Ask {
    fn field(&self) -> &str {
        &self.asked.field
    }

    fn wording(&self) -> &'static domain::pack::QuestionTexts {
        self.filling.edition.question(&self.asked.key)
    }

    fn text(&self) -> String {
        self.filling.text(&self.asked.field)
    }

    /// What is wrong, in words, when it is time to say so.
    fn problem(&self) -> Memo<Option<String>> {
        let Self { asked, filling } = self.clone();
        Memo::new(move |_| filling.problem(&asked.field, &asked.key))
    }
}

/// A question with its label, hint, problem and controls.
#[component]
pub fn Question(
    /// What is asked, and the filling in that it belongs to.
    ask: Ask,
) -> AnyView {
    let kind = &ask.asked.question.kind;
    match kind {
        Kind::YesNo => choices::yes_no(ask),
        Kind::OneOf { choices } => choices::one_of(ask, choices),
        Kind::SeveralOf { choices } => choices::several_of(ask, choices),
        Kind::Country => country::country(ask),
        Kind::Date { .. } => date::date(ask),
        Kind::Declaration => declaration::declaration(ask),
        Kind::Group { max, .. } => group::group(ask, *max),
        Kind::LongText { max } => long_text::long_text(ask, *max),
        _ => input::input(ask, kind),
    }
}
