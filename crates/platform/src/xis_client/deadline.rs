use std::time::Duration;

use jiff::Timestamp;

/// How long the calls behind one page may take together: the page must be there within 3 seconds (C17).
const PAGE: Duration = Duration::from_millis(2_400);
/// How long the calls of one act may take together that nobody waits for.
const ACT: Duration = Duration::from_secs(20);

/// Until when there is any use in asking: one for a whole page or act, however many calls it takes (C17).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Deadline(Timestamp);

impl Deadline {
    /// For a page that a patient waits for, from the moment when it was asked for.
    pub(crate) fn of_page(now: Timestamp) -> Self {
        Self::after(now, PAGE)
    }

    /// For what goes on by itself.
    pub(crate) fn of_act(now: Timestamp) -> Self {
        Self::after(now, ACT)
    }

    /// This one or `wait` from now, whichever comes first.
    pub(crate) fn within(self, now: Timestamp, wait: Duration) -> Self {
        Self(self.0.min(Self::after(now, wait).0))
    }

    /// How long is left; `None` when it has passed.
    pub(super) fn left(self, now: Timestamp) -> Option<Duration> {
        Duration::try_from(self.0.duration_since(now)).ok().filter(|left| !left.is_zero())
    }

    fn after(now: Timestamp, wait: Duration) -> Self {
        Self(now.saturating_add(wait).unwrap_or(Timestamp::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(millisecond: i64) -> Timestamp {
        Timestamp::constant(1_777_888_800 + millisecond / 1_000, (millisecond % 1_000) as i32 * 1_000_000)
    }

    #[test]
    fn c17_what_is_left_shrinks_with_time_until_nothing_is() {
        let deadline = Deadline::of_page(at(0));
        let left = |millisecond| deadline.left(at(millisecond)).map(|left| left.as_millis());
        assert_eq!([left(0), left(2_399), left(2_400), left(9_000)], [Some(2_400), Some(1), None, None]);
    }

    #[test]
    fn c17_a_part_never_gets_more_than_is_left_of_the_whole() {
        let (whole, second) = (Deadline::of_page(at(0)), Duration::from_secs(1));
        assert_eq!(whole.within(at(0), second).left(at(0)), Some(second));
        assert_eq!(whole.within(at(2_000), second).left(at(2_000)), Some(Duration::from_millis(400)));
    }
}
