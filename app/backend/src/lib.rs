//! What the pages and server functions may ask of the server: one trait for each area, and the
//! values and errors that cross between them. The flows implement it; nothing here does anything.

pub mod accounts;
pub mod applications;
pub mod drafts;
pub mod fault;
pub mod session;
