//! The outbox.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "messages")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// The Message-ID header.
    pub message_id: String,
    pub account: Option<String>,
    /// The draft that the message is about; it goes with the draft while it waits.
    pub application: Option<String>,
    pub channel: String,
    pub template: String,
    /// Sealed.
    pub recipient: Vec<u8>,
    /// Sealed.
    pub subject: Vec<u8>,
    /// Text and HTML, sealed; dropped after sending.
    pub body: Option<Vec<u8>>,
    pub language: String,
    pub created: i64,
    pub due: i64,
    pub attempts: i32,
    pub lease_until: Option<i64>,
    pub state: String,
    pub dedupe_key: Option<String>,
    pub sent_at: Option<i64>,
    /// The lower goes first.
    pub priority: i32,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
