use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use jiff::{SignedDuration, Timestamp};
use oauth::generate_secret;
use secrecy::ExposeSecret as _;
use world::Chance;

/// A code must be used this soon.
const LIFETIME: SignedDuration = SignedDuration::from_secs(60);
/// No more logins than this can be under way at once.
const MOST: usize = 10_000;

/// What a code stands for.
pub(super) struct Granted {
    pub(super) client_id: String,
    pub(super) redirect_uri: String,
    pub(super) code_challenge: String,
    pub(super) nonce: Option<String>,
    pub(super) scope: String,
    /// The person's place in the list.
    pub(super) person: usize,
    /// How sure the provider says to be.
    pub(super) assurance: &'static str,
    pub(super) at: Timestamp,
}

/// Codes that were given and not used yet. In memory only, which is enough for a demo: a code lives a minute.
#[derive(Default)]
pub(super) struct Codes(Mutex<HashMap<String, Granted>>);

impl Codes {
    /// A new code; none when too many logins are under way.
    pub(super) fn give(&self, granted: Granted, chance: &dyn Chance) -> Option<String> {
        let mut codes = self.lock();
        codes.retain(|_, earlier| is_fresh(earlier, granted.at));
        if codes.len() >= MOST {
            return None;
        }
        let code = generate_secret(chance).expose_secret().to_owned();
        codes.insert(code.clone(), granted);
        Some(code)
    }

    /// What the code stands for, once and only while it is fresh.
    pub(super) fn take(&self, code: &str, now: Timestamp) -> Option<Granted> {
        self.lock().remove(code).filter(|granted| is_fresh(granted, now))
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Granted>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_fresh(granted: &Granted, now: Timestamp) -> bool {
    now.duration_since(granted.at) < LIFETIME
}
