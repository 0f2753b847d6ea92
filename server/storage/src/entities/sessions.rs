//! Sessions.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sessions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub token_hash: String,
    pub account: String,
    /// The account's epoch when the session began.
    pub epoch: i32,
    pub created: i64,
    pub last_activity: i64,
    pub absolute_end: i64,
    /// When the time of the page that was opened last is up.
    pub page_end: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
