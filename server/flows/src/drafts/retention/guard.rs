//! Whether the clock and the amount of work look as they should, so that what has expired may be
//! removed.

use jiff::{SignedDuration, Timestamp};
use thiserror::Error;

/// Beyond these a run stops and asks the operator.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The clock may be further on than at the last run by so much.
    pub ahead: SignedDuration,
    /// The clock may be behind the last run by so much.
    pub behind: SignedDuration,
    /// One run may delete so many of all drafts, in percent …
    pub share: u32,
    /// … and in any case so many.
    pub always: u64,
}

/// Why a run stopped, having changed nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Stop {
    #[error("the clock says {now}, and the last run was at {last}: has the clock jumped, or was the server off?")]
    Ahead { last: Timestamp, now: Timestamp },
    #[error("the clock says {now}, and the last run was later, at {last}: has the clock been set back?")]
    Behind { last: Timestamp, now: Timestamp },
    #[error("{delete} of {drafts} drafts would be deleted at once, which is more than usual")]
    TooMany { delete: u64, drafts: u64 },
}

/// `last` is when the last run was, `delete` how many of all `drafts` this one would delete.
pub(super) fn check(
    limits: Limits,
    last: Option<Timestamp>,
    now: Timestamp,
    delete: u64,
    drafts: u64,
) -> Result<(), Stop> {
    if let Some(last) = last {
        let since = now.duration_since(last);
        if since > limits.ahead {
            return Err(Stop::Ahead { last, now });
        }
        if -since > limits.behind {
            return Err(Stop::Behind { last, now });
        }
    }
    let share = u128::from(drafts) * u128::from(limits.share) / 100;
    if delete > limits.always && u128::from(delete) > share {
        return Err(Stop::TooMany { delete, drafts });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: SignedDuration = SignedDuration::from_hours(24);
    const LIMITS: Limits = Limits { ahead: SignedDuration::from_hours(7 * 24), behind: DAY, share: 25, always: 100 };

    fn at(days: i32) -> Timestamp {
        "2026-03-02T08:00:00Z".parse::<Timestamp>().unwrap() + DAY * days
    }

    #[test]
    fn a_clock_that_goes_on_as_usual_is_believed() {
        for now in [-1, 0, 1, 7] {
            assert_eq!(check(LIMITS, Some(at(0)), at(now), 0, 0), Ok(()), "{now}");
        }
        assert_eq!(check(LIMITS, None, at(999), 0, 0), Ok(()), "there was no run before");
    }

    #[test]
    fn a_clock_that_jumps_is_not() {
        let (last, now) = (at(0), at(8));
        assert_eq!(check(LIMITS, Some(last), now, 0, 0), Err(Stop::Ahead { last, now }));
        let now = at(-2);
        assert_eq!(check(LIMITS, Some(last), now, 0, 0), Err(Stop::Behind { last, now }));
    }

    #[test]
    fn a_small_installation_may_delete_all_it_has_and_a_large_one_a_quarter() {
        let check = |delete, drafts| check(LIMITS, None, at(0), delete, drafts).is_ok();
        assert!(check(100, 100) && !check(101, 101));
        assert!(check(2_500, 10_000) && !check(2_501, 10_000));
    }
}
