//! Stand-ins for tests: the time is what the test says, chance repeats, mail is kept, and
//! certificates come from an authority of the test's own.

mod authority;

use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use jiff::Timestamp;

pub use self::authority::{Authority, Identity};
use crate::{Clock, Email, Mailer, Random, SendError};

/// A clock that stands still until the test moves it. Starts at 2026-03-02 08:00 UTC, a Monday.
#[derive(Debug)]
pub struct TestClock(AtomicI64);

impl TestClock {
    /// Unix milliseconds of 2026-03-02T08:00:00Z.
    const START: i64 = 1_772_438_400_000;

    pub fn at(time: Timestamp) -> Self {
        Self(AtomicI64::new(time.as_millisecond()))
    }

    pub fn set(&self, time: Timestamp) {
        self.0.store(time.as_millisecond(), Ordering::SeqCst);
    }

    pub fn advance(&self, by: Duration) {
        // A test does not move the clock by 292 million years.
        self.0.fetch_add(i64::try_from(by.as_millis()).unwrap_or(i64::MAX), Ordering::SeqCst);
    }
}

impl Default for TestClock {
    fn default() -> Self {
        Self(AtomicI64::new(Self::START))
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millisecond(self.0.load(Ordering::SeqCst)).unwrap_or(Timestamp::UNIX_EPOCH)
    }
}

/// Bytes that look random and are the same in every run (SplitMix64). Never for production.
#[derive(Debug, Default)]
pub struct TestRandom(AtomicU64);

impl Random for TestRandom {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            let mut z = self.0.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::SeqCst).wrapping_add(0x9e37_79b9_7f4a_7c15);
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            z ^= z >> 31;
            chunk.copy_from_slice(&z.to_le_bytes()[..chunk.len()]);
        }
    }
}

/// Keeps the mail it is given, and fails when told to.
#[derive(Debug, Default)]
pub struct TestMailer {
    sent: Mutex<Vec<Email>>,
    failure: Mutex<Option<SendError>>,
}

impl TestMailer {
    /// What has been sent, oldest first.
    pub fn sent(&self) -> Vec<Email> {
        lock(&self.sent).clone()
    }

    /// From now on every mail fails so; `None` mends it.
    pub fn fail_with(&self, failure: Option<SendError>) {
        *lock(&self.failure) = failure;
    }
}

#[async_trait]
impl Mailer for TestMailer {
    async fn send(&self, email: &Email) -> Result<(), SendError> {
        if let Some(failure) = lock(&self.failure).clone() {
            return Err(failure);
        }
        lock(&self.sent).push(email.clone());
        Ok(())
    }
}

/// What a panicking test left behind a lock is still whole: each use is one step.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
