//! Parts that pages are made of. They get their words from the page and never ask for anything.

mod answer_list;
mod error_summary;
mod icon;
mod notice;
mod step_list;
mod text_field;
mod time_ring;

pub use answer_list::{AnswerList, AnswerRow};
pub use error_summary::{ErrorLink, ErrorSummary};
pub use icon::Icon;
pub use notice::{Notice, Tone};
pub use step_list::{Step, StepMark, step_list};
pub use text_field::TextField;
pub use time_ring::time_ring;
