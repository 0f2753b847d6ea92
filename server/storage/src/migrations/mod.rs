//! The schema, made step by step. A step that has been released is never edited.
//!
//! A step should only add: tables, indexes, and columns that may be empty or have a default. Then
//! servers of the version before go on working, and may restart, while newer ones are brought in.
//! A step that they could not live with sets `installation.oldest_step` to its own number; a program
//! that does not know that step refuses to start ([`crate::schema`]).

mod m0001_start;
mod m0002_sealed_saves;
mod m0003_installation;
mod m0004_limits;

use std::collections::HashSet;

use sea_orm::{DbBackend, EntityTrait};
use sea_orm_migration::prelude::*;
use sea_orm_migration::seaql_migrations::{Entity, Model};

pub(crate) struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_start::Migration),
            Box::new(m0002_sealed_saves::Migration),
            Box::new(m0003_installation::Migration),
            Box::new(m0004_limits::Migration),
        ]
    }

    /// Steps of a newer version are passed over: whether this one can live with them is told by
    /// `installation.oldest_step`.
    async fn get_migration_models<C: ConnectionTrait>(db: &C) -> Result<Vec<Model>, DbErr> {
        Self::install(db).await?;
        let known = known();
        let applied = Entity::find().all(db).await?;
        Ok(applied.into_iter().filter(|step| known.contains(&step.version)).collect())
    }
}

/// The names of the steps that this program knows.
pub(crate) fn known() -> HashSet<String> {
    Migrator::migrations().iter().map(|step| step.name().to_owned()).collect()
}

/// The number of the newest step that this program knows: 3 for `m0003_…`.
pub(crate) fn newest() -> i32 {
    let number = |name: &str| name.get(1..5).and_then(|digits| digits.parse().ok());
    Migrator::migrations().iter().filter_map(|step| number(step.name())).max().unwrap_or(0)
}

/// Runs SQL that both databases understand, but for the name of the type for bytes.
async fn run(manager: &SchemaManager<'_>, sql: &str) -> Result<(), DbErr> {
    let sql = match manager.get_database_backend() {
        DbBackend::Postgres => sql.replace("BLOB", "BYTEA"),
        _ => sql.to_owned(),
    };
    manager.get_connection().execute_unprepared(&sql).await?;
    Ok(())
}
