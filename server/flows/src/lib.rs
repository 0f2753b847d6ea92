//! What happens: the flows behind the pages, over storage and the ports. They implement the
//! traits of `backend`; nothing here knows HTTP or SQL.

pub mod accounts;
mod applications;
pub mod drafts;
mod fault;
pub mod mail;
