use jiff::{SignedDuration, Timestamp};

/// Until when a patient may cancel online (B10).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CancelWindow {
    /// Never: the practice wants to be called.
    Closed,
    /// Until so many hours before the start.
    HoursBefore(u32),
    /// Until this moment.
    Until(Timestamp),
}

impl CancelWindow {
    /// From when on a visit with this start can no longer be cancelled, at its start at the latest; `None` when it
    /// never can.
    #[must_use]
    pub fn closes_at(self, start: Timestamp) -> Option<Timestamp> {
        match self {
            Self::Closed => None,
            Self::HoursBefore(hours) => {
                Some(start.checked_sub(SignedDuration::from_hours(hours.into())).unwrap_or(Timestamp::MIN))
            }
            Self::Until(until) => Some(until.min(start)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::examples::time;
    use super::*;

    #[test]
    fn b10_a_window_closes_at_the_start_at_the_latest() {
        let start = time("2026-04-10T09:00:00Z");
        for (window, closes_at) in [
            (CancelWindow::Closed, None),
            (CancelWindow::HoursBefore(0), Some(start)),
            (CancelWindow::HoursBefore(48), Some(time("2026-04-08T09:00:00Z"))),
            (CancelWindow::HoursBefore(u32::MAX), Some(Timestamp::MIN)),
            (CancelWindow::Until(time("2026-04-10T07:00:00Z")), Some(time("2026-04-10T07:00:00Z"))),
            (CancelWindow::Until(time("2026-04-11T07:00:00Z")), Some(start)),
        ] {
            assert_eq!(window.closes_at(start), closes_at, "{window:?}");
        }
    }
}
