use jiff::{SignedDuration, Timestamp};
use store::Needed;

/// For so long the repeat of what was received is told by its fingerprint.
const REPEATS: SignedDuration = SignedDuration::from_hours(24);

/// Why a former key is still needed after one that came in use `at` this time; `None` when it is not.
pub(super) fn still_needed(needed: &Needed, at: Timestamp, now: Timestamp) -> Option<String> {
    if needed.sealed > 0 {
        return Some(format!("{} values are sealed with it: run `balie keys rotate` again", needed.sealed));
    }
    if needed.waiting > 0 {
        let waiting = needed.waiting;
        return Some(format!(
            "{waiting} messages, invitations or updates for patients without an account, from before a number was kept \
             with them, are found by it until they expire, within 30 days"
        ));
    }
    let until = at + REPEATS;
    let was_received = needed.oldest_receipt.is_some_and(|received| received < at);
    (was_received && now < until)
        .then(|| format!("it tells repeats of what was received before the change, until {until:.0}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: Timestamp = Timestamp::constant(1_777_888_800, 0);

    fn why(needed: Needed, hours: i64) -> Option<String> {
        still_needed(&needed, AT, AT + SignedDuration::from_hours(hours))
    }

    #[test]
    fn a_former_key_is_needed_as_long_as_anything_stands_under_it() {
        assert_eq!(why(Needed::default(), 0), None);
        assert!(why(Needed { sealed: 2, ..Needed::default() }, 48).unwrap().starts_with("2 values"));
        assert!(why(Needed { waiting: 1, ..Needed::default() }, 48).unwrap().starts_with("1 messages"));
    }

    #[test]
    fn it_tells_repeats_for_a_day() {
        let before = Needed { oldest_receipt: Some(AT - SignedDuration::from_mins(1)), ..Needed::default() };
        assert!(why(before, 23).is_some() && why(before, 24).is_none());
        let after = Needed { oldest_receipt: Some(AT), ..Needed::default() };
        assert_eq!(why(after, 0), None);
    }
}
