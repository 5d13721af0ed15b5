use std::{
    borrow::Cow,
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::sync::watch;

/// What a commit announces: a name; `name:subject`; or `name:`, which is about every subject.
pub(crate) type Signal = Cow<'static, str>;

const ABOUT: char = ':';

/// Who waits for which kind of commit, in this process. A signal has an entry as long as somebody listens.
#[derive(Clone, Default)]
pub(crate) struct Signals(Arc<Mutex<HashMap<String, watch::Sender<()>>>>);

/// Waits for a signal; signals that come while nobody waits are kept as one.
pub struct Listener {
    heard: watch::Receiver<()>,
    // Goes after the receiver, so that it can see whether that was the last.
    _entry: Entry,
}

struct Entry {
    signals: Signals,
    signal: String,
}

/// The signal `name` about this subject.
pub(crate) fn about(name: &'static str, subject: &str) -> Signal {
    format!("{name}{ABOUT}{subject}").into()
}

/// The signal with its subject left out: about every subject.
pub(crate) fn about_everybody(signal: &Signal) -> Signal {
    match signal.split_once(ABOUT) {
        Some((name, _)) => format!("{name}{ABOUT}").into(),
        None => signal.clone(),
    }
}

impl Signals {
    pub(crate) fn listen(&self, signal: Signal) -> Listener {
        let signal = signal.into_owned();
        let heard = self.entries().entry(signal.clone()).or_insert_with(|| watch::channel(()).0).subscribe();
        Listener { heard, _entry: Entry { signals: self.clone(), signal } }
    }

    pub(crate) fn raise(&self, signal: &str) {
        let entries = self.entries();
        if signal.ends_with(ABOUT) {
            let about = entries.iter().filter(|(entry, _)| entry.starts_with(signal));
            about.for_each(|(_, sender)| sender.send_replace(()));
        } else if let Some(sender) = entries.get(signal) {
            sender.send_replace(());
        }
    }

    /// Wakes everybody: something may have been missed.
    pub(crate) fn raise_all(&self) {
        self.entries().values().for_each(|sender| sender.send_replace(()));
    }

    fn entries(&self) -> MutexGuard<'_, HashMap<String, watch::Sender<()>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        let mut entries = self.signals.entries();
        if entries.get(&self.signal).is_some_and(|sender| sender.receiver_count() == 0) {
            entries.remove(&self.signal);
        }
    }
}

impl Listener {
    /// Returns at the next signal, or after `at_most`: a signal is a hint, the rows are the truth.
    pub async fn wait(&mut self, at_most: Duration) {
        let _ = tokio::time::timeout(at_most, self.heard.changed()).await;
    }
}

impl fmt::Debug for Listener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Listener(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_kept_of_a_subject_that_nobody_listens_to_any_more() {
        let signals = Signals::default();
        signals.raise("patient:nobody");
        let (one, other) = (signals.listen(about("patient", "1")), signals.listen(about("patient", "1")));
        drop(one);
        assert_eq!(signals.entries().len(), 1);
        drop(other);
        assert!(signals.entries().is_empty());
    }

    #[test]
    fn a_signal_about_everybody_wakes_every_subject_and_no_other_name() {
        let signals = Signals::default();
        let everybody = about_everybody(&about("patient", "1"));
        let [mut one, mut other, mut else_where] =
            ["patient:1", "patient:2", "patients"].map(|signal| signals.listen(signal.into()));
        signals.raise(&everybody);
        let heard = |listener: &mut Listener| {
            let changed = listener.heard.has_changed().unwrap();
            listener.heard.mark_unchanged();
            changed
        };
        assert_eq!([heard(&mut one), heard(&mut other), heard(&mut else_where)], [true, true, false]);
        signals.raise("patient:1");
        assert_eq!([heard(&mut one), heard(&mut other)], [true, false]);
    }
}
