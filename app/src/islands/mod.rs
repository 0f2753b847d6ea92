//! What lives on in the browser.

pub mod wizard;
