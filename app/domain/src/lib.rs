//! The rules of Lodge: form definitions, answers, the journey through a form, validation,
//! identity numbers, verification numbers and deadlines.
//!
//! Everything here is a pure function of what it is given. There is no clock, no randomness and
//! no input or output, so that the browser and the server run the same code and agree.

pub mod answers;
pub mod autosave;
pub mod condition;
pub mod control;
pub mod country;
pub mod date;
pub mod email;
pub mod form;
pub mod identity_number;
pub mod ids;
pub mod journey;
pub mod merge;
pub mod money;
pub mod pack;
pub mod passport;
pub mod password;
pub mod phone;
pub mod problem;
pub mod question_button;
pub mod shown;
pub mod state;
pub mod taken_out;
pub mod validate;
pub mod verification_number;
