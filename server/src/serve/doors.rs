//! Counts open connections, in all and for each address.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ipnet::IpNet;

use crate::config::Settings;

pub(super) struct Doors {
    inside: Arc<Mutex<Inside>>,
    most: u32,
    most_per_address: u32,
    /// Many people come through one proxy.
    trusted: Vec<IpNet>,
}

#[derive(Default)]
struct Inside {
    all: u32,
    by_address: HashMap<IpAddr, u32>,
}

/// Held while a connection is open.
pub(super) struct Place {
    inside: Arc<Mutex<Inside>>,
    address: IpAddr,
}

impl Doors {
    pub fn new(settings: &Settings) -> Self {
        Self {
            inside: Arc::default(),
            most: settings.connections.get(),
            most_per_address: settings.connections_per_address.get(),
            trusted: settings.trusted_proxies.clone(),
        }
    }

    /// `None` when there are too many already.
    pub fn enter(&self, address: IpAddr) -> Option<Place> {
        let address = address.to_canonical();
        let most_here = match self.trusted.iter().any(|net| net.contains(&address)) {
            true => self.most,
            false => self.most_per_address,
        };
        let mut inside = lock(&self.inside);
        let here = inside.by_address.get(&address).copied().unwrap_or(0);
        if inside.all >= self.most || here >= most_here {
            return None;
        }
        inside.all += 1;
        inside.by_address.insert(address, here + 1);
        Some(Place { inside: self.inside.clone(), address })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut inside = lock(&self.inside);
        inside.all = inside.all.saturating_sub(1);
        if let Some(here) = inside.by_address.get_mut(&self.address) {
            *here = here.saturating_sub(1);
            if *here == 0 {
                inside.by_address.remove(&self.address);
            }
        }
    }
}

/// Nothing panics while holding the lock, and the counts are whole between statements.
fn lock(inside: &Mutex<Inside>) -> MutexGuard<'_, Inside> {
    inside.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doors(most: u32, most_per_address: u32, trusted: &[&str]) -> Doors {
        let trusted = trusted.iter().map(|net| net.parse().unwrap()).collect();
        Doors { inside: Arc::default(), most, most_per_address, trusted }
    }

    #[test]
    fn one_address_leaves_room_for_others() {
        let doors = doors(3, 1, &["10.0.0.1/32"]);
        let (one, two, proxy) =
            ("192.0.2.1".parse().unwrap(), "192.0.2.2".parse().unwrap(), "10.0.0.1".parse().unwrap());
        let first = doors.enter(one);
        assert!(first.is_some());
        assert!(doors.enter(one).is_none());
        let _second = doors.enter(two).unwrap();
        let _third = doors.enter(proxy).unwrap();
        assert!(doors.enter(proxy).is_none(), "all places are taken");
        drop(first);
        let _again = doors.enter(proxy).expect("a proxy may come more than once");
    }
}
