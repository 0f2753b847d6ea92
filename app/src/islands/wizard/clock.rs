//! The time that is left on a page.

use super::OpenPage;

/// Counts down to the end that the server has named, by the browser's monotonic clock.
pub(super) struct Clock {
    /// In seconds.
    pub left: u32,
    /// By the monotonic clock, in milliseconds.
    end: f64,
    page_seconds: u32,
    warn_seconds: u32,
    last: Moment,
    /// By the monotonic clock, in milliseconds.
    last_typed: f64,
}

/// One moment by two clocks, in milliseconds.
#[derive(Clone, Copy, Default)]
pub(super) struct Moment {
    /// Since the page was opened. It may stand still while the computer sleeps.
    pub monotonic: f64,
    /// Of the day. It may be wrong and may be set.
    pub wall: f64,
}

/// The clocks have to differ by so much, in milliseconds, before one of them is doubted.
const DOUBT: f64 = 3_000.0;
/// Who has not typed for so long, in milliseconds, may be asked something.
const HANDS_OFF: f64 = 2_000.0;

impl Clock {
    pub fn new(open: &OpenPage) -> Self {
        let mut clock = Self {
            left: 0,
            end: 0.0,
            page_seconds: open.page_seconds.max(1),
            warn_seconds: open.warn_seconds,
            last: Moment::default(),
            last_typed: f64::NEG_INFINITY,
        };
        // The page was made before the browser's part began to run.
        clock.give(open.seconds_left, 0.0);
        clock
    }

    /// The server has said at `now` that so many seconds are left.
    pub fn give(&mut self, seconds: u32, now: f64) {
        self.end = now + f64::from(seconds) * 1_000.0;
        self.left = seconds;
    }

    /// The page's whole time begins anew.
    pub fn restart(&mut self, now: f64) {
        self.give(self.page_seconds, now);
    }

    /// A second may have passed. Answers whether the computer seems to have slept, or its clock to
    /// have been set: then only the server knows how much is left.
    pub fn tick(&mut self, now: Moment) -> bool {
        self.left = ((self.end - now.monotonic) / 1_000.0).max(0.0) as u32;
        let passed = (now.monotonic - self.last.monotonic, now.wall - self.last.wall);
        let is_first = self.last.wall == 0.0;
        self.last = now;
        !is_first && (passed.0 - passed.1).abs() > DOUBT
    }

    /// Whether it is time to offer more.
    pub fn is_short(&self) -> bool {
        self.left <= self.warn_seconds
    }

    pub fn typed(&mut self, now: f64) {
        self.last_typed = now;
    }

    /// Whether it is time to ask whether more is needed. What is typed while a dialog opens would
    /// be lost, so whoever is typing is asked in the next pause, or when half the warning time is over.
    pub fn may_ask(&self) -> bool {
        let is_typing = self.last.monotonic - self.last_typed < HANDS_OFF;
        self.is_short() && (!is_typing || self.left <= self.warn_seconds / 2)
    }

    /// What is left of the whole.
    pub fn hundredths(&self) -> u32 {
        (self.left * 100 / self.page_seconds).min(100)
    }

    /// `22:14`.
    pub fn short(&self) -> String {
        let seconds = self.left % 60;
        format!("{}:{}{}", self.left / 60, seconds / 10, seconds % 10)
    }

    /// The minutes left, the one that has begun counted.
    pub fn minutes(&self) -> u32 {
        self.left.div_ceil(60)
    }

    /// The minutes to read out: when the warning comes, and at the last minute.
    pub fn spoken_minutes(&self) -> Option<u32> {
        let warn_minutes = self.warn_seconds.div_ceil(60);
        let minutes = self.minutes();
        (minutes == warn_minutes || minutes == 1).then_some(minutes)
    }
}
