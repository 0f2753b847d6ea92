//! Saves that arrive without a session, and the time that is left on a page.

use sea_orm_migration::prelude::*;

use super::run;

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0002_sealed_saves"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, UP).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, DOWN).await
    }
}

const UP: &str = "
ALTER TABLE sessions ADD COLUMN page_end BIGINT NOT NULL DEFAULT 0;
CREATE TABLE sealed_saves (
    application TEXT NOT NULL REFERENCES applications ON DELETE CASCADE,
    window_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    content BLOB NOT NULL,
    arrived BIGINT NOT NULL,
    PRIMARY KEY (application, window_id)
);
CREATE INDEX sealed_saves_arrived ON sealed_saves (arrived);
";

const DOWN: &str = "
DROP TABLE sealed_saves;
ALTER TABLE sessions DROP COLUMN page_end;
";
