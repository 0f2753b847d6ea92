//! PostgreSQL.

mod tls;

use std::time::Duration;

use sea_orm::sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sea_orm::sqlx::{ConnectOptions, Connection};
use sea_orm::{DatabaseConnection, SqlxPostgresConnector};

use crate::connect::{Access, Pools};
use crate::error::StorageError;

/// A connection idle for longer than this is asked whether it is still there before it is used.
/// Asking every time would double the round trips.
const TRUSTED: Duration = Duration::from_secs(1);

/// A pool. Transactions run at READ COMMITTED, PostgreSQL's default: what must not race is
/// decided by one conditional statement or under a row lock.
pub(crate) async fn open(url: &str, pools: Pools, access: Access) -> Result<DatabaseConnection, StorageError> {
    // The address may hold a password, so it is not repeated.
    let options: PgConnectOptions =
        url.parse().map_err(|_| StorageError::Unsupported("not a postgres:// address".to_owned()))?;
    let options = tls::insist(options)?.application_name("lodge").disable_statement_logging();
    let options = match access {
        Access::Read => options.options([("default_transaction_read_only", "on")]),
        Access::Write => options,
    };
    let pool = PgPoolOptions::new()
        .max_connections(pools.connections.max(2))
        .acquire_timeout(pools.wait)
        .test_before_acquire(false)
        .before_acquire(|connection, meta| {
            Box::pin(async move {
                if meta.idle_for >= TRUSTED {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
        .connect_with(options)
        .await
        .map_err(tls::explain)?;
    Ok(SqlxPostgresConnector::from_sqlx_postgres_pool(pool))
}
