use std::ops::Range;

use jiff::Timestamp;

use super::Refusal;

/// A row of steps on the agenda's grid of five minutes, counted from 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Steps {
    pub(crate) first: i64,
    /// The first step after the last.
    pub(crate) until: i64,
}

const STEP_MICROSECONDS: i64 = 5 * 60 * 1_000_000;
/// No appointment is longer than eight hours.
const LONGEST_STEPS: i64 = 8 * 12;

impl Steps {
    /// The steps of an appointment.
    ///
    /// # Errors
    /// When it does not start and end on the grid, ends before it starts, or is longer than a working day.
    pub(crate) fn between(starts_at: Timestamp, ends_at: Timestamp) -> Result<Self, Refusal> {
        let is_on_grid = |time: Timestamp| time.as_microsecond() % STEP_MICROSECONDS == 0;
        if !is_on_grid(starts_at) || !is_on_grid(ends_at) {
            return Err(Refusal::OffGrid);
        }
        let steps = Self::covering(starts_at, ends_at);
        match steps.until - steps.first {
            ..=0 => Err(Refusal::EndsTooEarly),
            1..=LONGEST_STEPS => Ok(steps),
            _ => Err(Refusal::TooLong),
        }
    }

    /// Every step that this time touches.
    pub(crate) fn covering(from: Timestamp, until: Timestamp) -> Self {
        let (from, until) = (from.as_microsecond(), until.as_microsecond());
        Self {
            first: from.div_euclid(STEP_MICROSECONDS),
            until: (until + STEP_MICROSECONDS - 1).div_euclid(STEP_MICROSECONDS),
        }
    }
}

impl IntoIterator for Steps {
    type Item = i64;
    type IntoIter = Range<i64>;

    fn into_iter(self) -> Range<i64> {
        self.first..self.until
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        format!("2026-05-12T{text}Z").parse().unwrap()
    }

    #[test]
    fn ten_minutes_are_two_steps() {
        let steps = Steps::between(at("08:00:00"), at("08:10:00")).unwrap();
        assert_eq!(steps.into_iter().count(), 2);
        let next = Steps::between(at("08:10:00"), at("08:15:00")).unwrap();
        assert_eq!(next.first, steps.until);
    }

    #[test]
    fn what_does_not_fit_the_grid_is_refused() {
        for (start, end, refusal) in [
            ("08:01:00", "08:10:00", Refusal::OffGrid),
            ("08:00:00", "08:10:01", Refusal::OffGrid),
            ("08:10:00", "08:10:00", Refusal::EndsTooEarly),
            ("08:10:00", "08:00:00", Refusal::EndsTooEarly),
            ("08:00:00", "16:05:00", Refusal::TooLong),
        ] {
            let refused = Steps::between(at(start), at(end)).unwrap_err();
            assert_eq!(refused.to_string(), refusal.to_string(), "{start} {end}");
        }
    }

    #[test]
    fn a_step_that_is_touched_is_covered() {
        let steps = Steps::covering(at("08:04:59"), at("08:05:01"));
        assert_eq!(steps.into_iter().count(), 2);
    }
}
