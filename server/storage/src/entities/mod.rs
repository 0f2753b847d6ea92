//! One entity for each table. The tables are made in `migrations`.

pub mod accounts;
pub mod applications;
pub mod audit;
pub mod devices;
pub mod messages;
pub mod pending_log_ins;
pub mod registrations;
pub mod sessions;
pub mod tokens;

use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, ModelTrait,
};

use crate::error::StorageError;

/// Adds a row.
pub(crate) async fn insert<M, A>(db: &impl ConnectionTrait, row: M) -> Result<(), StorageError>
where
    M: ModelTrait + IntoActiveModel<A>,
    A: ActiveModelTrait<Entity = M::Entity> + ActiveModelBehavior + Send,
{
    <M::Entity as EntityTrait>::insert(row.into_active_model()).exec_without_returning(db).await?;
    Ok(())
}

/// Adds a row unless there is one with the same values in `unique`; answers whether it did.
pub(crate) async fn insert_unless<M, A>(
    db: &impl ConnectionTrait,
    row: M,
    unique: impl IntoIterator<Item = <M::Entity as EntityTrait>::Column>,
) -> Result<bool, StorageError>
where
    M: ModelTrait + IntoActiveModel<A>,
    A: ActiveModelTrait<Entity = M::Entity> + ActiveModelBehavior + Send,
{
    let insert = <M::Entity as EntityTrait>::insert(row.into_active_model())
        .on_conflict(OnConflict::columns(unique).do_nothing().to_owned());
    match insert.exec_without_returning(db).await {
        Ok(added) => Ok(added > 0),
        Err(DbErr::RecordNotInserted) => Ok(false),
        Err(error) => Err(error.into()),
    }
}
