//! What lives on in the browser.

pub mod password_strength;
pub mod wizard;
