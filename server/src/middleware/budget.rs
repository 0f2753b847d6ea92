//! The memory that bodies may take, all together and for each address.
//!
//! Memory is counted as it fills, not as it is announced: who sends slowly holds only what has
//! come. No address can take more than its share, so that one that sends many bodies slowly
//! leaves room for the others.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use crate::config::Settings;

/// From so many addresses on, those that hold nothing are forgotten.
const FORGET: usize = 1024;

pub(super) struct Budget {
    /// Bytes.
    all: Arc<Semaphore>,
    each: usize,
    wait: Duration,
    by_address: Mutex<HashMap<IpAddr, Weak<Semaphore>>>,
}

/// What one body holds, until it is dropped.
pub(super) struct Held {
    own: Arc<Semaphore>,
    permits: Vec<OwnedSemaphorePermit>,
}

impl Budget {
    pub fn new(settings: &Settings) -> Self {
        Self {
            all: Arc::new(Semaphore::new(settings.body_budget.0.min(Semaphore::MAX_PERMITS))),
            each: settings.body_budget_per_address.0.min(Semaphore::MAX_PERMITS),
            wait: settings.request_wait,
            by_address: Mutex::default(),
        }
    }

    /// Nothing yet, for a body that comes from `address`.
    pub fn open(&self, address: Option<IpAddr>) -> Held {
        let address = network(address.unwrap_or(Ipv6Addr::UNSPECIFIED.into()));
        // Nothing panics while holding the lock.
        let mut by_address = self.by_address.lock().unwrap_or_else(PoisonError::into_inner);
        if by_address.len() >= FORGET {
            by_address.retain(|_, own| own.strong_count() > 0);
        }
        let own = by_address.get(&address).and_then(Weak::upgrade).unwrap_or_else(|| {
            let own = Arc::new(Semaphore::new(self.each));
            by_address.insert(address, Arc::downgrade(&own));
            own
        });
        Held { own, permits: Vec::new() }
    }

    /// Lets `held` take so many bytes more; answers whether there was room in time.
    pub async fn grow(&self, held: &mut Held, bytes: usize) -> bool {
        // A frame is at most as long as the buffer of its connection.
        let Ok(count) = u32::try_from(bytes) else { return false };
        let both = async {
            let own = held.own.clone().acquire_many_owned(count).await.ok()?;
            Some([own, self.all.clone().acquire_many_owned(count).await.ok()?])
        };
        let Ok(Some(permits)) = timeout(self.wait, both).await else { return false };
        match held.permits.as_mut_slice() {
            [own, all] => permits.into_iter().zip([own, all]).for_each(|(new, held)| held.merge(new)),
            _ => held.permits = permits.into(),
        }
        true
    }
}

impl Held {
    /// Gives back what was taken.
    pub fn let_go(&mut self) {
        self.permits.clear();
    }
}

/// Whoever has one address of version 6 has a whole network of them.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
        address => address,
    }
}
