use std::{
    future::Future,
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use jiff::Timestamp;
use tokio::sync::{Mutex, MutexGuard};

use crate::IssuerUnavailable;

/// After this long what an issuer published is read again.
const FRESH: Duration = Duration::from_hours(1);
/// After this long it is not believed any more, however silent the issuer is.
const USABLE: Duration = Duration::from_hours(24);
/// At most one reading per this long, whatever keys the tokens name.
const BETWEEN_READINGS: Duration = Duration::from_secs(30);
/// How soon an issuer that we know nothing of yet is tried again.
const AFTER_FAILURE: Duration = Duration::from_secs(2);

/// What an issuer published, read when needed, by one caller at a time, and kept.
pub(crate) struct Remembered<T> {
    known: RwLock<Option<Known<T>>>,
    last_reading: Mutex<Option<Reading>>,
}

struct Known<T> {
    value: Arc<T>,
    read_at: Timestamp,
}

struct Reading {
    at: Timestamp,
    failure: Option<IssuerUnavailable>,
}

impl<T> Remembered<T> {
    pub(crate) fn new() -> Self {
        Self { known: RwLock::new(None), last_reading: Mutex::new(None) }
    }

    /// What is known, read first when nothing is or when it is old. While somebody reads what is old anew, the others go
    /// on with it.
    ///
    /// # Errors
    /// When nothing usable is known and the issuer does not answer.
    pub(crate) async fn current(
        &self,
        now: Timestamp,
        read: impl Future<Output = Result<T, IssuerUnavailable>>,
    ) -> Result<Arc<T>, IssuerUnavailable> {
        match self.known(now) {
            Some((value, age)) if is_less(age, FRESH) => Ok(value),
            Some((value, _)) => match self.last_reading.try_lock() {
                Ok(last) => Ok(self.newer(last, &value, now, read).await.ok().flatten().unwrap_or(value)),
                Err(_) => Ok(value),
            },
            None => self.first(now, read).await,
        }
    }

    /// What the issuer publishes now, for one who found `seen` wanting; none when it was read only just.
    ///
    /// # Errors
    /// When the issuer does not answer.
    pub(crate) async fn newer_than(
        &self,
        seen: &Arc<T>,
        now: Timestamp,
        read: impl Future<Output = Result<T, IssuerUnavailable>>,
    ) -> Result<Option<Arc<T>>, IssuerUnavailable> {
        let last = self.last_reading.lock().await;
        self.newer(last, seen, now, read).await
    }

    async fn newer(
        &self,
        mut last: MutexGuard<'_, Option<Reading>>,
        seen: &Arc<T>,
        now: Timestamp,
        read: impl Future<Output = Result<T, IssuerUnavailable>>,
    ) -> Result<Option<Arc<T>>, IssuerUnavailable> {
        match self.known(now) {
            Some((value, _)) if !Arc::ptr_eq(&value, seen) => return Ok(Some(value)),
            _ => {}
        }
        if last.as_ref().is_some_and(|last| is_within(BETWEEN_READINGS, last.at, now)) {
            return Ok(None);
        }
        self.read(&mut last, now, read).await.map(Some)
    }

    async fn first(
        &self,
        now: Timestamp,
        read: impl Future<Output = Result<T, IssuerUnavailable>>,
    ) -> Result<Arc<T>, IssuerUnavailable> {
        let mut last = self.last_reading.lock().await;
        if let Some((value, _)) = self.known(now) {
            return Ok(value);
        }
        match &*last {
            Some(Reading { at, failure: Some(failure) }) if is_within(AFTER_FAILURE, *at, now) => {
                Err(failure.clone())
            }
            _ => self.read(&mut last, now, read).await,
        }
    }

    async fn read(
        &self,
        last: &mut Option<Reading>,
        now: Timestamp,
        read: impl Future<Output = Result<T, IssuerUnavailable>>,
    ) -> Result<Arc<T>, IssuerUnavailable> {
        let outcome = read.await.map(Arc::new);
        *last = Some(Reading { at: now, failure: outcome.as_ref().err().cloned() });
        if let Ok(value) = &outcome {
            *self.known.write().unwrap_or_else(PoisonError::into_inner) =
                Some(Known { value: Arc::clone(value), read_at: now });
        }
        outcome
    }

    fn known(&self, now: Timestamp) -> Option<(Arc<T>, jiff::SignedDuration)> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let known = known.as_ref()?;
        let age = now.duration_since(known.read_at);
        is_less(age, USABLE).then(|| (Arc::clone(&known.value), age))
    }
}

fn is_within(duration: Duration, earlier: Timestamp, now: Timestamp) -> bool {
    is_less(now.duration_since(earlier), duration)
}

fn is_less(age: jiff::SignedDuration, limit: Duration) -> bool {
    jiff::SignedDuration::try_from(limit).is_ok_and(|limit| age < limit)
}

#[cfg(test)]
mod tests {
    use tokio::sync::oneshot;

    use super::*;

    #[tokio::test]
    async fn while_one_reads_what_is_old_anew_the_others_go_on_with_it() {
        let (remembered, now) = (Remembered::new(), Timestamp::UNIX_EPOCH);
        assert_eq!(*remembered.current(now, async { Ok(1) }).await.unwrap(), 1);
        let later = now + jiff::SignedDuration::from_hours(2);
        let (answers, answer) = oneshot::channel();
        let one = remembered.current(later, async { Ok(answer.await.unwrap()) });
        let others = async {
            for _ in 0..3 {
                assert_eq!(*remembered.current(later, async { Ok(3) }).await.unwrap(), 1);
            }
            answers.send(2).unwrap();
        };
        assert_eq!(*tokio::join!(one, others).0.unwrap(), 2);
        assert_eq!(*remembered.current(later, async { Ok(3) }).await.unwrap(), 2);
    }
}
