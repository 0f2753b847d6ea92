//! Lodge as browsers and others meet it: through HTTP, against the whole router. The tree mirrors
//! the routes; `harness` starts a server of its own for each test.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

mod accounts;
mod apply;
mod assets;
mod bodies;
mod cross_site;
mod demo;
mod errors;
mod guide;
mod harness;
mod headers;
mod health;
mod journey;
mod landing;
mod language;
mod limits;
mod many_drafts;
mod my_page;
mod nothing_lost;
mod odd_text;
mod retention;
mod rows;
