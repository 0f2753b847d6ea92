//! Accounts.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "accounts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// The address, sealed.
    pub email: Vec<u8>,
    /// Finds the account by its address.
    pub email_hash: String,
    /// A PHC string.
    pub password_hash: String,
    pub language: String,
    /// Counted up to end every session at once.
    pub epoch: i32,
    pub wrong_tries: i32,
    pub created: i64,
    /// The drafts that were started use up the allowance until then.
    pub starts_used_until: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
