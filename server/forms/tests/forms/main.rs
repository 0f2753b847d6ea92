//! Forms as an author writes them, and what the report says about them.

mod conditions;
mod document;
mod library;
mod limits;
mod names;
mod never;
mod reading;
mod texts;
mod writing;
