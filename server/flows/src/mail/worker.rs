//! Sends what waits in the outbox.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use ports::{Clock, Email, Mailer, SendError};
use storage::messages::{Message, Retry};
use storage::{Storage, StorageError};
use tokio::task::JoinSet;

/// Nobody else takes a message for so long. A mail server answers, or is given up, well before.
const LEASE: SignedDuration = SignedDuration::from_mins(5);
/// So many messages are sent at the same time.
const AT_ONCE: u64 = 8;
/// The wait after the first failure; it doubles with each.
const FIRST_WAIT: SignedDuration = SignedDuration::from_secs(30);
const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(2);
/// A message that could not be sent for so long is given up. Mail servers do the same after some
/// days (RFC 5321, section 4.5.4.1).
const PATIENCE: SignedDuration = SignedDuration::from_hours(4 * 24);

/// Takes messages from the outbox and hands them to the mail server. Any number may run.
#[derive(Clone)]
pub struct Worker {
    pub storage: Storage,
    pub clock: Arc<dyn Clock>,
    pub mailer: Arc<dyn Mailer>,
    /// Whether the content is dropped once it is sent, as in production.
    pub drops_content: bool,
}

impl Worker {
    /// Sends some of what is due; answers how many messages were tried. It may be dropped at any
    /// moment: a message that was under way is sent again, with the same Message-ID, when its
    /// lease has ended.
    pub async fn send_due(&self) -> Result<usize, StorageError> {
        let messages = self.storage.messages_claim(self.clock.now(), LEASE, AT_ONCE).await?;
        let count = messages.len();
        let mut sending = JoinSet::new();
        for message in messages {
            let worker = self.clone();
            sending.spawn(async move { worker.send(message).await });
        }
        while let Some(done) = sending.join_next().await {
            if let Ok(Err(error)) = done {
                // Its lease runs out, and it is tried again.
                tracing::error!(error = %error, "outbox.report failed");
            }
        }
        Ok(count)
    }

    async fn send(&self, message: Message) -> Result<(), StorageError> {
        let result = self.mailer.send(&email(&message)).await;
        let now = self.clock.now();
        let Err(error) = result else {
            return self.storage.message_sent(&message.id, now, self.drops_content).await;
        };
        let retry = retry(&message, &error, now);
        tracing::warn!(
            message.id = %message.id,
            message.attempts = message.attempts,
            message.given_up = retry == Retry::GiveUp,
            error = %error,
            "outbox.send failed"
        );
        self.storage.message_failed(&message.id, retry, now).await
    }
}

fn email(message: &Message) -> Email {
    Email {
        message_id: message.message_id.trim_matches(['<', '>']).to_owned(),
        to: message.recipient.clone(),
        subject: message.subject.clone(),
        text: message.text.clone(),
        html: message.html.clone(),
        template: message.template.clone(),
        language: message.language.clone(),
        created: message.created,
    }
}

fn retry(message: &Message, error: &SendError, now: Timestamp) -> Retry {
    let doublings = message.attempts.saturating_sub(1).min(16);
    let wait = (FIRST_WAIT * (1 << doublings)).min(LONGEST_WAIT);
    match now.checked_add(wait) {
        Ok(due) if !error.is_permanent && now.duration_since(message.created) < PATIENCE => Retry::At(due),
        _ => Retry::GiveUp,
    }
}

#[cfg(test)]
mod tests;
