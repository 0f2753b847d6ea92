//! Secrets in links that are mailed.

use domain::ids::{AccountId, ApplicationId};
use jiff::Timestamp;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::connect::Storage;
use crate::entities::{insert, tokens};
use crate::error::StorageError;
use crate::keys::secret_hash;
use crate::sql::{execute, id, millis, time};
use crate::transaction::Transaction;

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A new password.
    Reset,
    /// Coming back to a draft.
    Resume,
}

/// A link that is alive: not used up and not expired.
#[derive(Clone, Debug)]
pub struct Token {
    pub account: AccountId,
    pub application: Option<ApplicationId>,
    pub created: Timestamp,
    pub expires: Timestamp,
}

#[derive(Clone, Copy)]
pub struct NewToken<'a> {
    pub token: &'a str,
    pub purpose: Purpose,
    pub account: AccountId,
    pub application: Option<ApplicationId>,
    pub expires: Timestamp,
}

impl Storage {
    /// Looks without using up.
    pub async fn token_find(
        &self,
        token: &str,
        purpose: Purpose,
        now: Timestamp,
    ) -> Result<Option<Token>, StorageError> {
        let row = tokens::Entity::find_by_id(secret_hash(token))
            .filter(tokens::Column::Purpose.eq(purpose.as_str()))
            .filter(tokens::Column::UsedAt.is_null())
            .filter(tokens::Column::Expires.gt(millis(now)))
            .one(self.read())
            .await?;
        row.map(Token::try_from).transpose()
    }
}

impl Transaction {
    pub async fn token_insert(&self, new: NewToken<'_>) -> Result<(), StorageError> {
        let row = tokens::Model {
            token_hash: secret_hash(new.token),
            purpose: new.purpose.as_str().to_owned(),
            account: new.account.to_string(),
            application: new.application.map(|id| id.to_string()),
            created: self.millis(),
            expires: millis(new.expires),
            used_at: None,
        };
        insert(&self.db, row).await
    }

    /// Uses the link up. Of many at the same time one gets it; the others get `None`.
    pub async fn token_use(&self, token: &str, purpose: Purpose) -> Result<Option<Token>, StorageError> {
        let hash = secret_hash(token);
        let use_up = "UPDATE tokens SET used_at = $1
            WHERE token_hash = $2 AND purpose = $3 AND used_at IS NULL AND expires > $1";
        let values = [self.millis().into(), hash.as_str().into(), purpose.as_str().into()];
        if execute(&self.db, use_up, values).await? == 0 {
            return Ok(None);
        }
        let row = tokens::Entity::find_by_id(hash).one(&self.db).await?;
        row.map(Token::try_from).transpose()
    }

    /// Removes links that have expired; answers how many.
    pub async fn tokens_purge(&self) -> Result<u64, StorageError> {
        execute(&self.db, "DELETE FROM tokens WHERE expires <= $1", [self.millis().into()]).await
    }
}

impl Purpose {
    fn as_str(self) -> &'static str {
        match self {
            Self::Reset => "reset",
            Self::Resume => "resume",
        }
    }
}

impl TryFrom<tokens::Model> for Token {
    type Error = StorageError;

    fn try_from(row: tokens::Model) -> Result<Self, StorageError> {
        Ok(Self {
            account: id(&row.account)?,
            application: row.application.as_deref().map(id).transpose()?,
            created: time(row.created)?,
            expires: time(row.expires)?,
        })
    }
}
