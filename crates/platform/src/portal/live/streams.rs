use std::{
    collections::{HashMap, VecDeque},
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use store::AccountId;
use tokio_util::sync::CancellationToken;

/// Pages of one patient that listen at once. The one that began first makes room for another.
pub(super) const OF_ONE_PATIENT: usize = 6;

/// The pages that listen to this process, and when they end.
#[derive(Clone)]
pub(crate) struct Streams(Arc<Pages>);

struct Pages {
    at_most: usize,
    closing: CancellationToken,
    open: Mutex<Open>,
}

#[derive(Default)]
struct Open {
    count: usize,
    last_number: u64,
    /// The pages of each patient, the one that began first in front.
    of: HashMap<AccountId, VecDeque<(u64, CancellationToken)>>,
}

/// The place of one page, given back when this goes.
pub(super) struct Place {
    streams: Streams,
    account: AccountId,
    number: u64,
    /// Cancelled when another page of this patient takes the place.
    pub(super) taken: CancellationToken,
}

impl Streams {
    /// Places for so many pages.
    pub(crate) fn new(at_most: usize) -> Self {
        let (closing, open) = (CancellationToken::new(), Mutex::default());
        Self(Arc::new(Pages { at_most, closing, open }))
    }

    /// A place for a page of this patient; none when every place is taken.
    pub(super) fn place(&self, account: AccountId) -> Option<Place> {
        let mut open = self.open();
        let own = open.of.get_mut(&account);
        if let Some(own) = own.filter(|own| own.len() >= OF_ONE_PATIENT) {
            if let Some((_, first)) = own.pop_front() {
                first.cancel();
                open.count -= 1;
            }
        } else if open.count >= self.0.at_most {
            return None;
        }
        open.count += 1;
        open.last_number += 1;
        let (number, taken) = (open.last_number, CancellationToken::new());
        open.of.entry(account).or_default().push_back((number, taken.clone()));
        Some(Place { streams: self.clone(), account, number, taken })
    }

    /// Ends every page that listens, now and from now on.
    pub(crate) fn close(&self) {
        self.0.closing.cancel();
    }

    pub(super) fn closing(&self) -> CancellationToken {
        self.0.closing.clone()
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.0.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = self.streams.open();
        let Some(own) = open.of.get_mut(&self.account) else { return };
        let before = own.len();
        own.retain(|(number, _)| *number != self.number);
        let (given_back, none_left) = (before - own.len(), own.is_empty());
        open.count -= given_back;
        if none_left {
            open.of.remove(&self.account);
        }
    }
}

impl fmt::Debug for Streams {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Streams").field("open", &self.open().count).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn patient(number: u128) -> AccountId {
        AccountId::new(Uuid::from_u128(number))
    }

    #[test]
    fn the_first_page_of_a_patient_makes_room_for_one_too_many() {
        let streams = Streams::new(100);
        let mut pages: Vec<Place> = (0..=OF_ONE_PATIENT).filter_map(|_| streams.place(patient(1))).collect();
        let taken: Vec<bool> = pages.iter().map(|page| page.taken.is_cancelled()).collect();
        assert_eq!(taken.iter().filter(|taken| **taken).count(), 1);
        assert!(taken[0], "the one that began first");
        assert_eq!(streams.open().count, OF_ONE_PATIENT);
        let first = pages.remove(0);
        drop(first);
        assert_eq!(streams.open().count, OF_ONE_PATIENT, "its place was taken already");
    }

    #[test]
    fn when_every_place_is_taken_only_a_patient_with_too_many_gets_one_of_their_own() {
        let streams = Streams::new(OF_ONE_PATIENT);
        let pages: Vec<Place> = (0..OF_ONE_PATIENT).filter_map(|_| streams.place(patient(1))).collect();
        assert!(streams.place(patient(2)).is_none());
        assert!(streams.place(patient(1)).is_some());
        drop(pages);
        assert!(streams.place(patient(2)).is_some());
    }

    #[test]
    fn nothing_is_kept_of_pages_that_are_gone() {
        let streams = Streams::new(100);
        let pages = [1, 1, 2].map(|number| streams.place(patient(number)));
        drop(pages);
        let open = streams.open();
        assert_eq!((open.count, open.of.len()), (0, 0));
    }
}
