//! The parts of pages: the frame around them, plain form parts, and the controls of questions.
//! Nothing here asks the server for anything.

pub mod edition;
pub mod filling;
pub mod layout;
pub mod parts;
pub mod question;
pub mod wording;
