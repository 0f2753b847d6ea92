//! Drafts and applications.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "applications")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub account: String,
    pub service: String,
    /// Of the form.
    pub version: i32,
    pub language: String,
    pub state: String,
    /// Counted up by every save; part of what the answers are sealed with.
    pub row_version: i32,
    pub page: String,
    /// Sealed under the data key.
    pub answers: Vec<u8>,
    /// Sealed under the wrap key.
    pub data_key: Vec<u8>,
    pub started: i64,
    pub saved: i64,
    pub kept_until: i64,
    /// How many reminders of the deletion were sent since the last save.
    pub reminded: i32,
    pub submitted_at: Option<i64>,
    pub verification_number: Option<String>,
    pub fee_state: Option<String>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
