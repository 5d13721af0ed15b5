use jiff::Timestamp;
use uuid::Uuid;

/// Where ids and secrets come from.
pub trait Chance: Send + Sync + 'static {
    /// Fills `buffer` with unpredictable bytes.
    fn fill(&self, buffer: &mut [u8]);

    /// A random (version 4) UUID.
    fn uuid(&self) -> Uuid {
        let mut bytes = [0; 16];
        self.fill(&mut bytes);
        uuid::Builder::from_random_bytes(bytes).into_uuid()
    }

    /// A UUID that sorts by time (version 7, RFC 9562), with 74 unpredictable bits: rows that are made together stand
    /// together in every index, and few pages of the database change.
    fn uuid_at(&self, now: Timestamp) -> Uuid {
        let mut bytes = [0; 10];
        self.fill(&mut bytes);
        let milliseconds = u64::try_from(now.as_millisecond()).unwrap_or_default();
        uuid::Builder::from_unix_timestamp_millis(milliseconds, &bytes).into_uuid()
    }
}

/// The operating system's random source.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemChance;

impl Chance for SystemChance {
    #[expect(
        clippy::expect_used,
        reason = "without randomness no secret is secret: stopping is the only safe answer"
    )]
    fn fill(&self, buffer: &mut [u8]) {
        aws_lc_rs::rand::fill(buffer).expect("the operating system gives random bytes");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_sorts_by_the_time_at_which_it_was_made_and_is_no_others() {
        let at = |milliseconds| Timestamp::from_millisecond(milliseconds).unwrap();
        let made = [1_800_000_000_000, 1_800_000_000_001, 1_800_000_060_000]
            .map(|milliseconds| SystemChance.uuid_at(at(milliseconds)));
        assert!(made.is_sorted(), "{made:?}");
        assert!(made.iter().all(|id| id.get_version_num() == 7));
        assert_ne!(SystemChance.uuid_at(at(0)), SystemChance.uuid_at(at(0)));
    }
}
