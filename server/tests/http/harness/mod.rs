//! A server of its own for each test, with a clock that the test moves and a mail server that
//! keeps what it is sent.

mod browser;
mod dist;
pub mod form;
pub mod html;
pub mod people;
mod site;
pub mod visit_visa;

pub use browser::{Answer, Browser};
pub use site::{Site, Start};

/// Runs each test twice, on SQLite and on PostgreSQL, each time with a fresh site.
macro_rules! on_both_databases {
    ($($(#[$attribute:meta])* async fn $name:ident($site:ident: Site) $body:block)*) => {$(
        mod $name {
            #[allow(unused_imports, clippy::allow_attributes, reason = "not every test uses all that stands around it")]
            use super::*;

            $(#[$attribute])*
            async fn check($site: $crate::harness::Site) $body

            #[tokio::test]
            async fn on_sqlite() {
                check($crate::harness::Site::start().await).await;
            }

            #[tokio::test]
            async fn on_postgres() {
                check($crate::harness::Start::on_postgres().await.go().await).await;
            }
        }
    )*};
}
pub(crate) use on_both_databases;
