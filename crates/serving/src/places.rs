use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use world::{Network, household};

/// How many connections one process has at once.
const ALL: usize = 20_000;
/// How many of them may come from one address, or one /64 of IPv6. A browser has six at most.
const OF_ONE: usize = 1_000;

/// Places for connections, so that one machine that opens many takes them from nobody else.
#[derive(Debug, Clone)]
pub(crate) struct Places {
    taken: Arc<Mutex<Taken>>,
    /// Who is not counted by address.
    unlimited: Arc<[Network]>,
}

#[derive(Debug, Default)]
struct Taken {
    all: usize,
    by_household: HashMap<IpAddr, usize>,
}

/// A place, as long as it lives.
#[derive(Debug)]
pub(crate) struct Place {
    places: Places,
    /// By what it is counted; none, where that is not done.
    household: Option<IpAddr>,
}

impl Places {
    pub(crate) fn new(unlimited: Vec<Network>) -> Self {
        Self { taken: Arc::default(), unlimited: unlimited.into() }
    }

    /// A place for a connection from this address, where there is one.
    pub(crate) fn take(&self, address: IpAddr) -> Option<Place> {
        let address = address.to_canonical();
        let household = (!self.is_unlimited(address)).then(|| household(address));
        let mut taken = self.taken();
        let own = household.and_then(|household| taken.by_household.get(&household).copied());
        let own = own.unwrap_or_default();
        if taken.all >= ALL || own >= OF_ONE {
            tracing::warn!(%address, "too many connections: this one is closed");
            return None;
        }
        taken.all += 1;
        if let Some(household) = household {
            taken.by_household.insert(household, own + 1);
        }
        Some(Place { places: self.clone(), household })
    }

    fn is_unlimited(&self, address: IpAddr) -> bool {
        address.is_loopback() || self.unlimited.iter().any(|network| network.contains(address))
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.places.taken();
        taken.all -= 1;
        let Some(household) = self.household else { return };
        match taken.by_household.get_mut(&household) {
            Some(own) if *own > 1 => *own -= 1,
            _ => drop(taken.by_household.remove(&household)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn take(places: &Places, address: &str) -> Option<Place> {
        places.take(address.parse().unwrap())
    }

    #[test]
    fn one_address_takes_its_places_and_leaves_the_others_theirs() {
        let places = Places::new(vec!["10.0.0.0/8".parse().unwrap()]);
        let mut taken: Vec<_> = (0..OF_ONE).map(|_| take(&places, "192.0.2.1").unwrap()).collect();
        assert!(take(&places, "192.0.2.1").is_none());
        assert!(take(&places, "192.0.2.2").is_some());
        taken.pop();
        assert!(take(&places, "192.0.2.1").is_some());
        let of_proxy: Vec<_> = (0..2 * OF_ONE).map(|_| take(&places, "10.0.0.1")).collect();
        assert!(of_proxy.iter().all(Option::is_some));
    }

    #[test]
    fn a_machine_with_many_addresses_of_ipv6_takes_no_more() {
        let places = Places::new(vec!["2001:db8:1:2::5".parse().unwrap()]);
        let other = |nth: usize| take(&places, &format!("2001:db8:1:2::{nth:x}:1"));
        let taken: Vec<_> = (0..OF_ONE).map(|nth| other(nth).unwrap()).collect();
        assert!(other(OF_ONE).is_none());
        assert!(take(&places, "2001:db8:1:3::1").is_some());
        assert!(take(&places, "2001:db8:1:2::5").is_some(), "a proxy is not counted with its neighbours");
        drop(taken);
        assert!(other(0).is_some());
        let of_ipv4: Vec<_> = (0..OF_ONE).map(|_| take(&places, "::ffff:192.0.2.1").unwrap()).collect();
        assert!(take(&places, "192.0.2.1").is_none(), "the same one, however it is written");
        drop(of_ipv4);
    }

    #[test]
    fn there_are_so_many_places_and_they_come_back() {
        let places = Places::new(Vec::new());
        let all: Vec<_> = (0..ALL).map(|_| take(&places, "127.0.0.1").unwrap()).collect();
        assert!(take(&places, "127.0.0.1").is_none() && take(&places, "192.0.2.1").is_none());
        drop(all);
        assert!(take(&places, "192.0.2.1").is_some());
        assert!(places.taken().by_household.is_empty());
    }
}
