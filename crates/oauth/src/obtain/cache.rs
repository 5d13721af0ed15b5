use std::{
    collections::HashMap,
    fmt,
    future::Future,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use jiff::Timestamp;

use super::AccessToken;

/// A token this close to its end is not handed out any more: it must outlive the call it is for.
const MARGIN: Duration = Duration::from_secs(30);

/// Keeps tokens until shortly before they expire; per key one caller asks while the others wait.
///
/// A key is any text that the caller makes; it must tell all apart that need their own token, and must not
/// hold a citizen number.
pub struct TokenCache {
    most: usize,
    entries: Mutex<HashMap<String, Entry>>,
}

type Entry = Arc<tokio::sync::Mutex<Option<AccessToken>>>;

impl TokenCache {
    /// A cache of at most `most` tokens.
    #[must_use]
    pub fn new(most: usize) -> Self {
        Self { most, entries: Mutex::new(HashMap::new()) }
    }

    /// The token under `key`, asked for with `ask` when there is none that lasts.
    ///
    /// `ask` is polled only when needed, and by one caller per key at a time. A failure is not kept.
    ///
    /// # Errors
    /// Whatever `ask` fails with.
    pub async fn get<E>(
        &self,
        key: &str,
        now: Timestamp,
        ask: impl Future<Output = Result<AccessToken, E>>,
    ) -> Result<AccessToken, E> {
        let entry = self.entry(key, now);
        let mut slot = entry.lock().await;
        if let Some(token) = slot.as_ref().filter(|token| lasts(token, now)) {
            return Ok(token.clone());
        }
        let token = ask.await?;
        *slot = Some(token.clone());
        Ok(token)
    }

    /// Drops the token under `key`: it was refused, the next caller asks for a new one.
    pub fn forget(&self, key: &str) {
        self.lock().remove(key);
    }

    fn entry(&self, key: &str, now: Timestamp) -> Entry {
        let mut entries = self.lock();
        if let Some(entry) = entries.get(key) {
            return Arc::clone(entry);
        }
        if entries.len() >= self.most {
            entries.retain(|_, entry| is_wanted(entry, now));
        }
        if entries.len() >= self.most {
            // Every token still lasts. Those asked for again cost one request each.
            entries.clear();
        }
        Arc::clone(entries.entry(key.to_owned()).or_default())
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Entry>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for TokenCache {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("TokenCache").field("tokens", &self.lock().len()).finish_non_exhaustive()
    }
}

fn lasts(token: &AccessToken, now: Timestamp) -> bool {
    now.saturating_add(MARGIN).is_ok_and(|then| then < token.expires_at)
}

/// Whether someone is asking for it now (then it is locked) or it still lasts.
fn is_wanted(entry: &Entry, now: Timestamp) -> bool {
    entry.try_lock().map_or(true, |token| token.as_ref().is_some_and(|token| lasts(token, now)))
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering::SeqCst};

    use secrecy::ExposeSecret as _;

    use super::*;

    const LIFETIME_SECONDS: i64 = 300;

    struct Asked(AtomicU32);

    impl Asked {
        async fn token(&self, now: Timestamp) -> Result<AccessToken, &'static str> {
            let number = self.0.fetch_add(1, SeqCst) + 1;
            tokio::task::yield_now().await;
            let expires_at = at(now.as_second() + LIFETIME_SECONDS);
            Ok(AccessToken { secret: number.to_string().into(), expires_at, scope: None })
        }
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    async fn get(cache: &TokenCache, asked: &Asked, key: &str, second: i64) -> String {
        let token = cache.get(key, at(second), asked.token(at(second))).await.unwrap();
        token.secret.expose_secret().to_owned()
    }

    #[tokio::test]
    async fn a_token_is_handed_out_until_shortly_before_it_expires() {
        let (cache, asked) = (TokenCache::new(10), Asked(AtomicU32::new(0)));
        assert_eq!(get(&cache, &asked, "a", 0).await, "1");
        assert_eq!(get(&cache, &asked, "a", 269).await, "1");
        assert_eq!(get(&cache, &asked, "a", 270).await, "2");
        assert_eq!(get(&cache, &asked, "b", 270).await, "3");
    }

    #[tokio::test]
    async fn many_callers_ask_once() {
        let (cache, asked) = (TokenCache::new(10), Asked(AtomicU32::new(0)));
        let get = || get(&cache, &asked, "a", 0);
        tokio::join!(get(), get(), get(), get());
        assert_eq!(asked.0.load(SeqCst), 1);
    }

    #[tokio::test]
    async fn a_forgotten_token_is_asked_for_again_and_a_failure_is_not_kept() {
        let (cache, asked) = (TokenCache::new(10), Asked(AtomicU32::new(0)));
        let failed = cache.get("a", at(0), async { Err::<AccessToken, _>("no") }).await;
        assert_eq!(failed.unwrap_err(), "no");
        assert_eq!(get(&cache, &asked, "a", 0).await, "1");
        cache.forget("a");
        assert_eq!(get(&cache, &asked, "a", 0).await, "2");
    }

    #[tokio::test]
    async fn it_never_holds_more_than_it_may() {
        let (cache, asked) = (TokenCache::new(3), Asked(AtomicU32::new(0)));
        for number in 0..20 {
            get(&cache, &asked, &number.to_string(), number).await;
            assert!(cache.lock().len() <= 3);
        }
    }

    #[tokio::test]
    async fn a_full_cache_drops_the_expired_first() {
        let (cache, asked) = (TokenCache::new(2), Asked(AtomicU32::new(0)));
        get(&cache, &asked, "old", 0).await;
        get(&cache, &asked, "new", 200).await;
        get(&cache, &asked, "newest", 300).await;
        assert_eq!(get(&cache, &asked, "new", 300).await, "2");
    }
}
