//! Log-ins that wait for the code that was mailed.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "pending_log_ins")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub pending_hash: String,
    pub account: String,
    /// The account's epoch when the password was checked.
    pub epoch: i32,
    pub language: String,
    pub code_mac: Vec<u8>,
    pub code_expires: i64,
    pub tries_left: i32,
    pub created: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
