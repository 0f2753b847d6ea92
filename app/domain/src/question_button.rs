//! The buttons beside a question and beside a row.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What such a button does, besides saving. Written out it is the button's value in the form, e.g.
/// `remove:children.k3`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum QuestionButton {
    /// Adds a row to a repeating group.
    AddRow(String),
    /// Takes a row out of its group.
    RemoveRow(String),
    /// Puts a row back that was taken out.
    PutRowBack(String),
    /// Of two texts in a field, a date or a row, keeps the one that stands there.
    KeepOwn(String),
    /// Of two texts in a field or a date, takes the other window's.
    TakeOther(String),
}

impl QuestionButton {
    /// The one with this value in the form; `None` when that is another button's.
    pub fn read(value: &str) -> Option<Self> {
        let (act, place) = value.split_once(':')?;
        let button = match act {
            "add" => Self::AddRow,
            "remove" => Self::RemoveRow,
            "undo" => Self::PutRowBack,
            "keep" => Self::KeepOwn,
            "take" => Self::TakeOther,
            _ => return None,
        };
        Some(button(place.to_owned()))
    }

    /// Whether it chooses between two texts.
    pub fn is_choice(&self) -> bool {
        matches!(self, Self::KeepOwn(_) | Self::TakeOther(_))
    }
}

impl fmt::Display for QuestionButton {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (act, place) = match self {
            Self::AddRow(group) => ("add", group),
            Self::RemoveRow(row) => ("remove", row),
            Self::PutRowBack(row) => ("undo", row),
            Self::KeepOwn(place) => ("keep", place),
            Self::TakeOther(place) => ("take", place),
        };
        write!(f, "{act}:{place}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_button_is_read_as_it_was_written() {
        for button in [
            QuestionButton::AddRow("children".to_owned()),
            QuestionButton::RemoveRow("children.k3".to_owned()),
            QuestionButton::PutRowBack("children.k3".to_owned()),
            QuestionButton::KeepOwn("trip.arrival".to_owned()),
            QuestionButton::TakeOther("trip.arrival".to_owned()),
        ] {
            assert_eq!(QuestionButton::read(&button.to_string()), Some(button));
        }
    }

    #[test]
    fn the_forms_own_buttons_are_none_of_these() {
        for value in ["continue", "back", "leave", "", "other:trip"] {
            assert_eq!(QuestionButton::read(value), None, "{value}");
        }
    }
}
