use std::num::NonZeroU32;
use std::time::Duration;

/// The lengths of time and the limits of accounts. The defaults are those of the product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountSettings {
    /// How long a mailed code is good.
    pub code_life: Duration,
    /// How long a code mailed at the log-in is good.
    pub log_in_code_life: Duration,
    /// So many wrong tries kill a code.
    pub code_tries: u8,
    /// How long the link for a new password is good.
    pub reset_life: Duration,
    /// A session ends after so long in which no page is opened and nothing is typed or pressed.
    pub idle_time: Duration,
    /// A session ends in any case after so long.
    pub session_time: Duration,
    /// Log-ins a minute to one account from one address, and from a known device.
    pub log_ins_per_account: NonZeroU32,
    /// Log-ins, registrations and requests for a new password a minute from one address, each.
    pub tries_per_address: NonZeroU32,
    /// After so many wrong passwords in a row a right one needs a mailed code too, unless the browser
    /// is known.
    pub wrong_in_a_row: u32,
    /// Codes and links an hour to one e-mail address, for each purpose and each that asks for them.
    pub mails_per_hour: NonZeroU32,
    /// The same for all strangers together: so many first requests, and as many others.
    pub mails_of_strangers: NonZeroU32,
    /// Passwords hashed at the same time, each taking 19 MiB.
    pub hashing_places: usize,
    /// Passwords waiting to be hashed.
    pub hashing_line: usize,
    /// How long one waits at most.
    pub hashing_wait: Duration,
}

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(60 * 60);

const fn count(number: u32) -> NonZeroU32 {
    match NonZeroU32::new(number) {
        Some(number) => number,
        None => NonZeroU32::MIN,
    }
}

impl Default for AccountSettings {
    fn default() -> Self {
        Self {
            code_life: 24 * HOUR,
            log_in_code_life: HOUR,
            code_tries: 5,
            reset_life: HOUR,
            idle_time: 30 * MINUTE,
            session_time: 12 * HOUR,
            log_ins_per_account: count(5),
            tries_per_address: count(20),
            wrong_in_a_row: 100,
            mails_per_hour: count(6),
            mails_of_strangers: count(15),
            hashing_places: 2,
            hashing_line: 64,
            hashing_wait: Duration::from_secs(3),
        }
    }
}

impl AccountSettings {
    /// The last activity is written at most so often: once a minute, more often where the idle
    /// time is short.
    pub(super) fn activity_step(&self) -> Duration {
        MINUTE.min(self.idle_time / 30)
    }
}
