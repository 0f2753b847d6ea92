//! The pages of Lodge. Everything is rendered on the server; the wizard lives on in the browser.
//!
//! `pages` are rendered on the server, `islands` on the server and in the browser, `api` is what
//! the islands ask the server, `shell` is the document around a page.

pub mod api;
pub mod arrival;
pub mod islands;
mod page_list;
pub mod pages;
pub mod paths;
pub mod shell;
pub mod site;
