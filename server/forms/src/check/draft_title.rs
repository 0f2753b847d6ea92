//! The questions whose answers tell drafts apart.

use domain::form::Kind;

use crate::check::advice;
use crate::check::outline::{Outline, Place};
use crate::log::Log;
use crate::read::WrittenForm;

/// Each is a question with one short answer, outside of groups.
pub fn check(form: &WrittenForm, outline: &Outline<'_>, log: &mut Log) {
    let outside = || outline.places.iter().filter(|place| place.group.is_none());
    for name in &form.draft_title {
        match outside().find(|place| place.id.value == name.value) {
            None => {
                let help = "name a question that is asked once, outside of groups";
                let help = advice(&name.value, outside().map(|place| place.id.value.as_str()), help);
                log.note(name.span, format!("there is no question `{}`", name.value), help);
            }
            Some(place) if !is_short(place) => {
                let message = format!("the answer to `{}` is no title", name.value);
                log.note(name.span, message, "name a question with a short answer, like a name, a day or a country");
            }
            Some(_) => {}
        }
    }
}

fn is_short(place: &Place<'_>) -> bool {
    !matches!(place.question.kind, Some(Kind::Group { .. } | Kind::Declaration | Kind::LongText { .. }))
}
