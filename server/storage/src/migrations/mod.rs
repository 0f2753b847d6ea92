//! The schema, made step by step. A step that has been released is never edited.

mod m0001_start;
mod m0002_sealed_saves;

use sea_orm::DbBackend;
use sea_orm_migration::prelude::*;

pub(crate) struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(m0001_start::Migration), Box::new(m0002_sealed_saves::Migration)]
    }
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
