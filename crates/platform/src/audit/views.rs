use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use agenda::Agb;
use jiff::{SignedDuration, Timestamp};
use store::AccountId;

use super::Audit;

/// Looking again so soon is the same view.
pub(super) const WINDOW: SignedDuration = SignedDuration::from_mins(5);
/// More views are not remembered: then looking again is a line more.
const AT_MOST: usize = 20_000;

/// What was shown to whom a moment ago, in this process.
#[derive(Debug, Default)]
pub(crate) struct Views(Mutex<HashMap<String, Timestamp>>);

/// A view of one thing, by who came in as this patient at this time.
pub(super) fn key((account, since): (AccountId, Timestamp), audit: &Audit<'_>) -> String {
    let practice = audit.practice.map_or("", Agb::as_str);
    let object = audit.object.as_deref().unwrap_or_default();
    format!("{account} {} {} {practice} {object}", since.as_microsecond(), audit.action)
}

impl Views {
    /// Whether this has no line from within the window.
    pub(super) fn is_new(&self, view: &str, now: Timestamp) -> bool {
        self.views().get(view).is_none_or(|shown| is_old(*shown, now))
    }

    /// There is a line of it now. Said only when that is so: who hangs up while it is written leaves a line more at the
    /// next look, and never one less.
    pub(super) fn has_line(&self, view: String, now: Timestamp) {
        let mut views = self.views();
        if views.len() >= AT_MOST {
            views.retain(|_, shown| !is_old(*shown, now));
        }
        if views.len() < AT_MOST || views.contains_key(&view) {
            views.insert(view, now);
        }
    }

    fn views(&self) -> MutexGuard<'_, HashMap<String, Timestamp>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_old(shown: Timestamp, now: Timestamp) -> bool {
    now.duration_since(shown) >= WINDOW || shown > now
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(seconds).unwrap()
    }

    /// Whether a look is a line; then it is written.
    fn look(views: &Views, view: &str, seconds: i64) -> bool {
        let is_new = views.is_new(view, at(seconds));
        if is_new {
            views.has_line(view.to_owned(), at(seconds));
        }
        is_new
    }

    #[test]
    fn looking_again_within_the_window_is_the_same_view() {
        let views = Views::default();
        let seen = [("a", 0), ("a", 299), ("b", 10), ("a", 300), ("a", 301), ("b", 310)];
        let new = seen.map(|(view, seconds)| look(&views, view, seconds));
        assert_eq!(new, [true, false, true, true, false, true]);
    }

    #[test]
    fn a_view_whose_line_was_never_written_is_new_the_next_time() {
        let views = Views::default();
        assert!(views.is_new("a", at(0)) && views.is_new("a", at(1)));
        views.has_line("a".to_owned(), at(1));
        assert!(!views.is_new("a", at(2)));
    }

    #[test]
    fn what_is_remembered_has_a_bound() {
        let views = Views::default();
        assert!((0..AT_MOST + 5).all(|view| look(&views, &view.to_string(), 0)));
        assert_eq!(views.views().len(), AT_MOST);
        assert!(look(&views, "late", 1) && look(&views, "late", 2), "a line more, and never one less");
        assert!(look(&views, "later", 300) && !look(&views, "later", 301));
    }
}
