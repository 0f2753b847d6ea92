//! How often something may be tried.

use std::hash::Hash;
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use backend::fault::Fault;
use governor::clock::Clock as _;
use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{Quota, RateLimiter};
use ports::Clock;

/// After so many tries, keys that have not been seen for a while are forgotten.
const TRIES_BETWEEN_TIDYING: u32 = 1_000;

/// So many tries in a length of time, for each key. Kept in memory: with several servers each
/// counts for itself.
pub(super) struct Limit<K: Hash + Eq + Clone> {
    limiter: RateLimiter<K, DefaultKeyedStateStore<K>, Time, NoOpMiddleware<Nanos>>,
    tries: AtomicU32,
}

impl<K: Hash + Eq + Clone> Limit<K> {
    /// `count` tries at once, regained evenly over `per`.
    pub fn new(count: NonZeroU32, per: Duration, clock: Arc<dyn Clock>) -> Self {
        let each = per.checked_div(count.get()).filter(|each| !each.is_zero()).unwrap_or(Duration::from_nanos(1));
        // A period that is not zero always makes a quota.
        let quota = Quota::with_period(each).unwrap_or(Quota::per_second(count)).allow_burst(count);
        let limiter = RateLimiter::new(quota, DefaultKeyedStateStore::default(), Time(clock));
        Self { limiter, tries: AtomicU32::new(0) }
    }

    /// Counts a try, or says how long to wait for the next.
    pub fn count(&self, key: &K) -> Result<(), Fault> {
        if self.tries.fetch_add(1, Ordering::Relaxed) % TRIES_BETWEEN_TIDYING == TRIES_BETWEEN_TIDYING - 1 {
            self.limiter.retain_recent();
        }
        self.limiter.check_key(key).map_err(|early| {
            let now = self.limiter.clock().now();
            Fault::TooMany(early.wait_time_from(now))
        })
    }
}

/// The clock of the program, as the limiter reads it.
#[derive(Clone)]
struct Time(Arc<dyn Clock>);

impl governor::clock::Clock for Time {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        let now = self.0.now().as_nanosecond();
        Nanos::from(u64::try_from(now).unwrap_or(0))
    }
}

/// The network that an address stands for: a subscriber has a whole /64 of IPv6.
pub(super) fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let bits = u128::from(address) & (u128::MAX << 64);
            IpAddr::V6(Ipv6Addr::from(bits))
        }
        address @ IpAddr::V4(_) => address,
    }
}

#[cfg(test)]
mod tests {
    use ports::testing::TestClock;

    use super::*;

    #[test]
    fn five_a_minute_are_five_at_once_and_then_one_every_twelve_seconds() {
        let clock = Arc::new(TestClock::default());
        let limit = Limit::new(NonZeroU32::new(5).unwrap(), Duration::from_secs(60), clock.clone());
        for _ in 0..5 {
            limit.count(&"a").unwrap();
        }
        let Err(Fault::TooMany(wait)) = limit.count(&"a") else { panic!("a sixth is refused") };
        assert_eq!(wait, Duration::from_secs(12));
        limit.count(&"b").unwrap();

        clock.advance(Duration::from_secs(12));
        limit.count(&"a").unwrap();
        assert!(limit.count(&"a").is_err());
    }

    #[test]
    fn a_household_on_ipv6_is_one_network_and_ipv4_is_itself() {
        let one: IpAddr = "2001:db8:1:2:3:4:5:6".parse().unwrap();
        let other: IpAddr = "2001:db8:1:2:ffff::1".parse().unwrap();
        let stranger: IpAddr = "2001:db8:1:3::1".parse().unwrap();
        assert_eq!(network(one), network(other));
        assert_ne!(network(one), network(stranger));
        let mapped: IpAddr = "::ffff:192.0.2.7".parse().unwrap();
        assert_eq!(network(mapped), "192.0.2.7".parse::<IpAddr>().unwrap());
    }
}
