//! Browsers in which an account has been used before.

use domain::ids::AccountId;
use jiff::Timestamp;
use sea_orm::EntityTrait;

use crate::connect::Storage;
use crate::entities::{devices, insert_unless};
use crate::error::StorageError;
use crate::keys::secret_hash;
use crate::sql::{execute, millis};
use crate::transaction::Transaction;

impl Storage {
    /// Whether `account` has been logged in to in the browser that holds the secret `device`.
    pub async fn device_find(&self, device: &str, account: AccountId) -> Result<bool, StorageError> {
        let key = (secret_hash(device), account.to_string());
        Ok(devices::Entity::find_by_id(key).one(self.read()).await?.is_some())
    }
}

impl Transaction {
    /// Remembers the browser; a browser that is known already stays as it is.
    pub async fn device_insert(&self, device: &str, account: AccountId) -> Result<(), StorageError> {
        let (device_hash, account) = (secret_hash(device), account.to_string());
        let row = devices::Model { device_hash, account, created: self.millis() };
        insert_unless(&self.db, row, [devices::Column::DeviceHash, devices::Column::Account]).await?;
        Ok(())
    }

    /// Forgets the browser for every account.
    pub async fn device_forget(&self, device: &str) -> Result<(), StorageError> {
        execute(&self.db, "DELETE FROM devices WHERE device_hash = $1", [secret_hash(device).into()]).await?;
        Ok(())
    }

    /// Forgets every browser of the account but the one with the secret `kept`.
    pub async fn devices_forget(&self, account: AccountId, kept: &str) -> Result<(), StorageError> {
        let forget = "DELETE FROM devices WHERE account = $1 AND device_hash <> $2";
        execute(&self.db, forget, [account.to_string().into(), secret_hash(kept).into()]).await?;
        Ok(())
    }

    /// Forgets browsers that have been known since before the given time; answers how many.
    pub async fn devices_purge(&self, known_before: Timestamp) -> Result<u64, StorageError> {
        execute(&self.db, "DELETE FROM devices WHERE created < $1", [millis(known_before).into()]).await
    }
}
