use std::time::Duration;

/// How long to wait before each new attempt: growing pauses, shortened by chance so that not all come at once.
#[derive(Debug, Clone, Copy)]
pub struct Pauses {
    /// Before the second attempt.
    pub first: Duration,
    /// No pause is longer.
    pub longest: Duration,
    /// The last attempt; after it the message is dead.
    pub attempts: u32,
}

impl Default for Pauses {
    /// 2 s, doubling to at most 4 hours, 20 attempts: about 28 hours together.
    fn default() -> Self {
        Self { first: Duration::from_secs(2), longest: Duration::from_secs(4 * 3600), attempts: 20 }
    }
}

impl Pauses {
    /// The pause after attempt number `attempt` (from 1), `None` when that was the last one.
    ///
    /// `chance` in 0..=255 takes up to a quarter off.
    #[must_use]
    pub fn after(&self, attempt: u32, chance: u8) -> Option<Duration> {
        if attempt >= self.attempts {
            return None;
        }
        let doubled = self.first.saturating_mul(2_u32.saturating_pow(attempt.saturating_sub(1)));
        let pause = doubled.min(self.longest);
        Some(pause - pause.mul_f64(f64::from(chance) / 255.0 / 4.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_schedule_takes_about_28_hours() {
        let pauses = Pauses::default();
        let whole: Duration = (1..pauses.attempts).filter_map(|attempt| pauses.after(attempt, 0)).sum();
        let hours = whole.as_secs() / 3600;
        assert!((26..=30).contains(&hours), "{hours} hours");
        assert_eq!(pauses.after(pauses.attempts, 0), None);
    }

    #[test]
    fn chance_takes_off_at_most_a_quarter() {
        let pauses = Pauses::default();
        assert_eq!(pauses.after(1, 0), Some(Duration::from_secs(2)));
        assert_eq!(pauses.after(1, 255), Some(Duration::from_millis(1500)));
        assert_eq!(pauses.after(19, 0), Some(Duration::from_secs(4 * 3600)));
    }
}
