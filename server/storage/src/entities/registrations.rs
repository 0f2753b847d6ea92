//! Registrations that wait for their code.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "registrations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub pending_hash: String,
    /// The address, sealed.
    pub email: Vec<u8>,
    pub password_hash: String,
    pub language: String,
    /// The address has an account already, so no code is right.
    pub existing: bool,
    pub code_mac: Vec<u8>,
    pub code_expires: i64,
    pub tries_left: i32,
    pub created: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
