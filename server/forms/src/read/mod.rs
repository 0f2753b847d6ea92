//! Files to what they say, with the place of every part. Mistakes are noted and reading goes on.

mod condition;
mod field;
mod form;
mod kind;
mod question;
mod syntax;
mod texts;
mod written;

pub use form::form;
pub use texts::texts;
pub use written::{
    Named, Test, Want, When, WrittenForm, WrittenPage, WrittenQuestion, WrittenQuestionTexts, WrittenTexts,
};
