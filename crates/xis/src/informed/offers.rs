use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use jiff::Timestamp;

use crate::config::Platform;

/// How long a platform's word on what it offers is believed.
const BELIEVED: Duration = Duration::from_secs(600);
/// How long a platform that did not answer is left alone: nobody waits for it again and again.
const LEFT_ALONE: Duration = Duration::from_secs(10);

/// What each platform offers, as it said not long ago. One entry per platform that is configured.
#[derive(Default)]
pub(crate) struct Offers(Mutex<HashMap<String, Memory>>);

#[derive(Clone, Copy, Default)]
struct Memory {
    offers: Option<(bool, Timestamp)>,
    silent_since: Option<Timestamp>,
}

impl Offers {
    /// Whether this platform offers to say what a patient was told, where it said so not long ago.
    pub(super) fn known(&self, platform: &Platform, now: Timestamp) -> Option<bool> {
        let memory = self.of(platform);
        memory.offers.filter(|(_, at)| now < *at + BELIEVED).map(|(offers, _)| offers)
    }

    /// Whether it did not answer only just.
    pub(super) fn is_silent(&self, platform: &Platform, now: Timestamp) -> bool {
        self.of(platform).silent_since.is_some_and(|since| now < since + LEFT_ALONE)
    }

    pub(super) fn note(&self, platform: &Platform, offers: bool, now: Timestamp) {
        self.change(platform, |memory| memory.offers = Some((offers, now)));
    }

    pub(super) fn note_silence(&self, platform: &Platform, now: Timestamp) {
        self.change(platform, |memory| memory.silent_since = Some(now));
    }

    fn of(&self, platform: &Platform) -> Memory {
        self.lock().get(platform.fhir_base.as_str()).copied().unwrap_or_default()
    }

    fn change(&self, platform: &Platform, change: impl FnOnce(&mut Memory)) {
        change(self.lock().entry(platform.fhir_base.to_string()).or_default());
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Memory>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
