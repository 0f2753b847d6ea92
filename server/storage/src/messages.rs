//! Messages: what is to be sent, and what became of it.

use std::fmt;

use domain::ids::{AccountId, ApplicationId};
use jiff::Timestamp;
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};

use crate::connect::Storage;
use crate::entities::{insert_unless, messages};
use crate::error::StorageError;
use crate::keys::hex;
use crate::random::random_bytes;
use crate::seal::Place;
use crate::sql::{Slice, count, execute, id, millis, time};
use crate::transaction::Transaction;

pub use crate::outbox::Retry;

/// A message: 32 random hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MessageId(pub(crate) String);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    Mail,
    Sms,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageState {
    Waiting,
    Sent,
    /// Given up.
    Failed,
}

#[derive(Clone, Copy)]
pub struct NewMessage<'a> {
    /// Whose messages list it, if anybody's.
    pub account: Option<AccountId>,
    /// The draft that it is about: while it waits, it is deleted with the draft.
    pub application: Option<ApplicationId>,
    pub channel: Channel,
    pub template: &'a str,
    pub recipient: &'a str,
    pub subject: &'a str,
    pub text: &'a str,
    pub html: &'a str,
    /// BCP 47 tag.
    pub language: &'a str,
    /// The right-hand side of the Message-ID header.
    pub domain: &'a str,
    /// Not sent before.
    pub due: Timestamp,
    /// A message with the same key is added once.
    pub dedupe_key: Option<&'a str>,
    pub urgency: Urgency,
}

/// Which of the messages that are due goes out first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urgency {
    /// Somebody sits and waits for it: a code, or the way back into an account.
    Waited,
    Ordinary,
}

/// A message with its content.
#[derive(Clone)]
pub struct Message {
    pub id: MessageId,
    /// The Message-ID header, the same at every try, with its angle brackets.
    pub message_id: String,
    pub account: Option<AccountId>,
    pub channel: Channel,
    pub template: String,
    /// Empty when the message is old.
    pub recipient: String,
    pub subject: String,
    /// Empty when the content was dropped after sending, like `html`.
    pub text: String,
    pub html: String,
    /// BCP 47 tag.
    pub language: String,
    pub created: Timestamp,
    pub due: Timestamp,
    /// Tries so far, one that is going on included.
    pub attempts: u32,
    pub state: MessageState,
}

/// A message as My page lists it.
#[derive(Clone, Debug)]
pub struct MessageSummary {
    pub id: MessageId,
    pub channel: Channel,
    pub template: String,
    pub subject: String,
    pub created: Timestamp,
    pub state: MessageState,
}

impl Storage {
    /// Some of the account's messages, newest first.
    pub async fn messages_of(&self, account: AccountId, slice: Slice) -> Result<Vec<MessageSummary>, StorageError> {
        use messages::Column::*;
        let of_account = messages::Entity::find()
            .filter(Account.eq(account.to_string()))
            .order_by_desc(Created)
            .order_by_desc(Id)
            .offset(slice.offset)
            .limit(slice.limit);
        // The bodies stay where they are.
        let rows = of_account.select_only().columns([Id, Channel, Template, Subject, Created, State]);
        let rows = rows.into_model::<SummaryRow>().all(self.read()).await?;
        rows.into_iter().map(|row| self.message_summary(row)).collect()
    }

    /// The newest messages of all, newest first.
    pub async fn messages_all(&self, limit: u64) -> Result<Vec<Message>, StorageError> {
        let rows = messages::Entity::find()
            .order_by_desc(messages::Column::Created)
            .order_by_desc(messages::Column::Id)
            .limit(limit)
            .all(self.read())
            .await?;
        rows.into_iter().map(|row| self.message(row)).collect()
    }

    pub(crate) fn message(&self, row: messages::Model) -> Result<Message, StorageError> {
        let open = |column, sealed: &[u8]| self.keys().message.open(place(&row.id, column), sealed);
        let body = match &row.body {
            Some(sealed) => serde_json::from_slice(&open("body", sealed)?)
                .map_err(|_| place(&row.id, "body").damaged("is not understood"))?,
            None => Body::default(),
        };
        let text = |column, sealed: &[u8]| self.keys().message.open_text(place(&row.id, column), sealed);
        // The address goes when a message is old.
        let recipient = match row.recipient.as_slice() {
            [] => String::new(),
            sealed => text("recipient", sealed)?,
        };
        Ok(Message {
            recipient,
            subject: text("subject", &row.subject)?,
            text: body.text,
            html: body.html,
            id: MessageId(row.id),
            message_id: row.message_id,
            account: row.account.as_deref().map(id).transpose()?,
            channel: Channel::from_name(&row.channel)?,
            template: row.template,
            language: row.language,
            created: time(row.created)?,
            due: time(row.due)?,
            attempts: count(row.attempts)?,
            state: MessageState::from_name(&row.state)?,
        })
    }

    fn message_summary(&self, row: SummaryRow) -> Result<MessageSummary, StorageError> {
        Ok(MessageSummary {
            subject: self.keys().message.open_text(place(&row.id, "subject"), &row.subject)?,
            id: MessageId(row.id),
            channel: Channel::from_name(&row.channel)?,
            template: row.template,
            created: time(row.created)?,
            state: MessageState::from_name(&row.state)?,
        })
    }
}

impl Transaction {
    /// Adds a message to the outbox; `None` when one with the same dedupe key was there.
    pub async fn message_add(&self, new: NewMessage<'_>) -> Result<Option<MessageId>, StorageError> {
        let random = self.storage.random();
        let message_key = &self.storage.keys().message;
        let id = hex(&random_bytes::<16>(random)?);
        let body = Body { text: new.text.to_owned(), html: new.html.to_owned() };
        let body = serde_json::to_vec(&body).map_err(|_| place(&id, "body").damaged("cannot be written"))?;
        let row = messages::Model {
            message_id: format!("<{id}@{}>", new.domain),
            account: new.account.map(|account| account.to_string()),
            application: new.application.map(|application| application.to_string()),
            channel: new.channel.as_str().to_owned(),
            template: new.template.to_owned(),
            recipient: message_key.seal(random, place(&id, "recipient"), new.recipient.as_bytes())?,
            subject: message_key.seal(random, place(&id, "subject"), new.subject.as_bytes())?,
            body: Some(message_key.seal(random, place(&id, "body"), &body)?),
            language: new.language.to_owned(),
            created: self.millis(),
            due: millis(new.due),
            attempts: 0,
            lease_until: None,
            state: MessageState::Waiting.as_str().to_owned(),
            dedupe_key: new.dedupe_key.map(str::to_owned),
            sent_at: None,
            priority: new.urgency.priority(),
            id: id.clone(),
        };
        let is_new = insert_unless(&self.db, row, [messages::Column::DedupeKey]).await?;
        Ok(is_new.then_some(MessageId(id)))
    }

    /// Takes back a message that was added in this transaction, which has then done the same work
    /// and left nothing.
    pub async fn message_take_back(&self, id: &MessageId) -> Result<(), StorageError> {
        execute(&self.db, "DELETE FROM messages WHERE id = $1", [id.0.as_str().into()]).await?;
        Ok(())
    }
}

/// The columns of [`MessageSummary`].
#[derive(FromQueryResult)]
struct SummaryRow {
    id: String,
    channel: String,
    template: String,
    subject: Vec<u8>,
    created: i64,
    state: String,
}

#[derive(Default, Serialize, Deserialize)]
struct Body {
    text: String,
    html: String,
}

/// Where the address of a message is sealed.
pub(crate) fn recipient_place(id: &str) -> Place<'_> {
    place(id, "recipient")
}

fn place<'a>(id: &'a str, column: &'static str) -> Place<'a> {
    Place { table: "messages", id, column, version: 1 }
}

impl fmt::Display for MessageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Channel {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Sms => "sms",
        }
    }

    fn from_name(name: &str) -> Result<Self, StorageError> {
        let found = [Self::Mail, Self::Sms].into_iter().find(|channel| channel.as_str() == name);
        found.ok_or_else(|| StorageError::corrupt("messages.channel"))
    }
}

impl Urgency {
    /// The lower goes first.
    fn priority(self) -> i32 {
        match self {
            Self::Waited => 0,
            Self::Ordinary => 1,
        }
    }
}

impl MessageState {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Failed => "failed",
        }
    }

    fn from_name(name: &str) -> Result<Self, StorageError> {
        let found = [Self::Waiting, Self::Sent, Self::Failed].into_iter().find(|state| state.as_str() == name);
        found.ok_or_else(|| StorageError::corrupt("messages.state"))
    }
}
