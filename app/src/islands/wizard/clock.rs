//! The time that is left on a page.

use gloo_timers::callback::Interval;
use leptos::prelude::*;

use super::OpenPage;

/// Counts the page's time down, from what the server said and by the browser's monotonic clock.
#[derive(Clone, Copy)]
pub(super) struct Clock {
    left: RwSignal<u32>,
    /// The ticking in the browser; replacing it stops it.
    ticking: StoredValue<Option<Interval>, LocalStorage>,
    page_seconds: u32,
    warn_seconds: u32,
}

impl Clock {
    pub fn new(open: &OpenPage) -> Self {
        Self {
            left: RwSignal::new(open.seconds_left),
            ticking: StoredValue::new_local(None),
            page_seconds: open.page_seconds.max(1),
            warn_seconds: open.warn_seconds,
        }
    }

    pub fn set_left(self, seconds: u32) {
        self.left.set(seconds);
    }

    pub fn left_untracked(self) -> u32 {
        self.left.get_untracked()
    }

    /// Whether it has not begun to tick yet.
    pub fn is_first(self) -> bool {
        self.ticking.with_value(Option::is_none)
    }

    pub fn run(self, ticking: Interval) {
        self.ticking.set_value(Some(ticking));
    }

    pub fn stop(self) {
        self.ticking.set_value(None);
    }

    pub fn is_over(self) -> bool {
        self.left.get_untracked() == 0
    }

    /// Whether it is time to offer more.
    pub fn is_short(self) -> bool {
        let warn_seconds = self.warn_seconds;
        self.left.with_untracked(|left| *left <= warn_seconds)
    }

    /// What is left of the whole, from 0 to 1.
    pub fn fraction(self) -> f64 {
        (f64::from(self.left.get()) / f64::from(self.page_seconds)).min(1.0)
    }

    /// `22:14`.
    pub fn short(self) -> String {
        let left = self.left.get();
        format!("{}:{:02}", left / 60, left % 60)
    }

    /// The minutes left, the one that has begun counted.
    pub fn minutes(self) -> u32 {
        self.left.get().div_ceil(60)
    }

    /// The minutes to read out: when the warning comes, and at the last minute.
    pub fn spoken_minutes(self) -> Option<u32> {
        let warn_minutes = self.warn_seconds.div_ceil(60);
        let minutes = self.minutes();
        (minutes == warn_minutes || minutes == 1).then_some(minutes)
    }
}
