//! What lives on in the browser.
//!
//! The server writes an island as an element that names it in `data-island` and holds what it needs
//! as JSON in `data-props`; the page's loader hands that to the function of this name in `frontend`.
//! Nothing inside is hydrated: an island reads what is there and listens. So it does not matter what
//! a translator or an extension has put between.

pub mod password_strength;
pub mod wizard;
