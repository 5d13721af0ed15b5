//! How long answers took: counts in buckets, each at most 1.6 % wide.

use std::time::Duration;

/// Buckets for each doubling, as a power of two.
const FINE: u32 = 6;

#[derive(Debug, Clone)]
pub(crate) struct Histogram {
    buckets: Vec<u64>,
    count: u64,
}

impl Default for Histogram {
    fn default() -> Self {
        Self { buckets: vec![0; 64 << FINE], count: 0 }
    }
}

impl Histogram {
    pub(crate) fn note(&mut self, took: Duration) {
        let nanoseconds = u64::try_from(took.as_nanos()).unwrap_or(u64::MAX);
        self.buckets[bucket(nanoseconds)] += 1;
        self.count += 1;
    }

    pub(crate) fn add(&mut self, other: &Self) {
        for (mine, others) in self.buckets.iter_mut().zip(&other.buckets) {
            *mine += others;
        }
        self.count += other.count;
    }

    pub(crate) fn count(&self) -> u64 {
        self.count
    }

    /// The milliseconds within which this share of the answers came.
    pub(crate) fn quantile(&self, share: f64) -> f64 {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a count times a share of it"
        )]
        let wanted = (self.count as f64 * share).ceil() as u64;
        let mut seen = 0;
        for (place, count) in self.buckets.iter().enumerate() {
            seen += count;
            if seen >= wanted.max(1) {
                return upper_edge(place) / 1e6;
            }
        }
        f64::NAN
    }
}

fn bucket(nanoseconds: u64) -> usize {
    let doubling = nanoseconds.checked_ilog2().unwrap_or(0).saturating_sub(FINE);
    let within = usize::try_from(nanoseconds >> doubling).unwrap_or(usize::MAX);
    ((doubling as usize) << FINE) + within
}

fn upper_edge(place: usize) -> f64 {
    let doubling = (place >> FINE).saturating_sub(1);
    let within = place - (doubling << FINE);
    (within + 1) as f64 * 2_f64.powi(i32::try_from(doubling).unwrap_or(i32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantile_is_at_most_two_percent_above_what_was_noted() {
        let mut histogram = Histogram::default();
        for microseconds in 1..=10_000 {
            histogram.note(Duration::from_micros(microseconds));
        }
        for (share, milliseconds) in [(0.0001, 0.001), (0.5, 5.0), (0.99, 9.9), (1.0, 10.0)] {
            let told = histogram.quantile(share);
            assert!((milliseconds..milliseconds * 1.02).contains(&told), "{share}: {told}");
        }
    }

    #[test]
    fn histograms_of_two_clients_are_one() {
        let (mut one, mut other) = (Histogram::default(), Histogram::default());
        one.note(Duration::from_millis(1));
        other.note(Duration::from_millis(8));
        one.add(&other);
        assert_eq!(one.count(), 2);
        assert!(one.quantile(0.5) < 1.02 && one.quantile(1.0) > 8.0);
    }
}
