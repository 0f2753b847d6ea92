//! The time that is left on a page.

use super::OpenPage;

/// Counts the page's time down, from what the server said.
pub(super) struct Clock {
    /// In seconds.
    pub left: u32,
    page_seconds: u32,
    warn_seconds: u32,
}

impl Clock {
    pub fn new(open: &OpenPage) -> Self {
        Self { left: open.seconds_left, page_seconds: open.page_seconds.max(1), warn_seconds: open.warn_seconds }
    }

    /// The page's whole time begins anew.
    pub fn restart(&mut self) {
        self.left = self.page_seconds;
    }

    /// Whether it is time to offer more.
    pub fn is_short(&self) -> bool {
        self.left <= self.warn_seconds
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
