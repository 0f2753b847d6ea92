//! What the pages need to know about the service they are part of.

use std::collections::BTreeMap;

use backend::drafts::{Draft, DraftError, Kept};
use backend::fault::Fault;
use backend::session::Session;
use domain::autosave::Acknowledgement;
use domain::merge::Changes;
use i18n::{Language, Texts, format};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::api::drafts::{Acknowledged, SaveAnswer};
use crate::arrival::Arrival;
use crate::islands::wizard::OpenPage;

/// Settings and the moment of one request, as the pages see them.
#[derive(Clone, Debug)]
pub struct Site {
    pub language: Language,
    pub texts: &'static Texts,
    /// The moment of the request.
    pub now: Timestamp,
    /// The time zone in which days and times of day are told.
    pub zone: TimeZone,
    /// The person has said that others use the computer.
    pub is_shared_computer: bool,
    /// Which build of the browser's part there is.
    pub build: String,
    /// How long one page may stay open.
    pub page_time: SignedDuration,
    /// How long before its end more time is offered.
    pub warn_time: SignedDuration,
    /// Whether this is a demo, and says so on every page.
    pub is_demo: bool,
}

impl Site {
    /// The day of the request, for every rule that depends on one.
    pub fn today(&self) -> Date {
        self.day(self.now)
    }

    pub fn day(&self, at: Timestamp) -> Date {
        self.zone.to_datetime(at).date()
    }

    /// A day in words.
    pub fn day_text(&self, at: Timestamp) -> String {
        format::date(self.day(at), self.language)
    }

    /// A day and time of day in words, with the zone.
    pub fn time_text(&self, at: Timestamp) -> String {
        format::date_time(&at.to_zoned(self.zone.clone()), self.language)
    }

    /// How long the page may stay open: the page's time, but not beyond the session.
    pub fn seconds_left(&self, draft: &Draft) -> u32 {
        let Session { page_end, idle_end, absolute_end, .. } = draft.session;
        let end = page_end.min(idle_end).min(absolute_end);
        u32::try_from(end.duration_since(self.now).as_secs()).unwrap_or(0)
    }

    /// The page of a draft as the browser gets it.
    pub fn open_page(&self, draft: &Draft, page: &str, arrival: &Arrival) -> OpenPage {
        let seconds_left = self.seconds_left(draft);
        let end = self.now + SignedDuration::from_secs(seconds_left.into());
        OpenPage {
            draft: draft.id,
            page: page.to_owned(),
            review: arrival.review.clone(),
            answers: draft.stored.answers.clone(),
            typed: BTreeMap::new(),
            revision: draft.stored.revision,
            tried: draft.tried.clone(),
            contested: draft.stored.contested(),
            taken_out: draft
                .stored
                .taken_out()
                .iter()
                .filter(|it| arrival.removed.contains(&it.row))
                .cloned()
                .collect(),
            more: arrival.more.clone(),
            today: self.today(),
            started: self.day(draft.started),
            kept_until: self.day(draft.kept_until),
            is_saved: draft.stored.revision.0 > 0,
            seconds_left,
            warn_seconds: u32::try_from(self.warn_time.as_secs()).unwrap_or(0),
            page_seconds: u32::try_from(self.page_time.as_secs()).unwrap_or(0),
            ticket: draft.ticket.clone(),
            has_regained: draft.has_regained || arrival.has_regained,
            is_shared_computer: self.is_shared_computer,
            build: self.build.clone(),
            save_by: format::time(&end.to_zoned(self.zone.clone()), self.language),
        }
    }

    /// What to answer the browser after a save; the error says only that trying again may help.
    pub fn acknowledge(&self, kept: Result<Kept, DraftError>, sent: &Changes) -> Result<SaveAnswer, Fault> {
        let draft = match kept {
            Ok(Kept::Saved(draft)) => draft,
            Ok(Kept::Sealed) => return Ok(SaveAnswer::Sealed),
            Err(DraftError::NotLoggedIn | DraftError::NotFound | DraftError::Submitted) => {
                return Ok(SaveAnswer::Closed);
            }
            Err(DraftError::TooLarge | DraftError::TooMuch) => return Err(Fault::Internal),
            Err(DraftError::Fault(fault)) => return Err(fault),
        };
        Ok(SaveAnswer::Saved(Acknowledged {
            answer: Acknowledgement::of(&draft.stored, sent),
            seconds_left: self.seconds_left(&draft),
            kept_until: self.day(draft.kept_until),
            build: self.build.clone(),
        }))
    }
}
