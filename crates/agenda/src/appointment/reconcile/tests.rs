use super::super::examples::{minutes, now};
use super::*;

fn seconds(count: i64) -> Timestamp {
    now() + SignedDuration::from_secs(count)
}

fn findings() -> Findings {
    Findings {
        since: now(),
        search: Search::Empty,
        identifier_returned_before: false,
        seen_free: Vec::new(),
        slot_gone: false,
    }
}

#[test]
fn c18_what_is_found_is_adopted_even_when_late() {
    let found = Findings { search: Search::Found, ..findings() };
    assert_eq!(reconcile(&found, seconds(1)), Next::Adopt);
    assert_eq!(reconcile(&found, now() + minutes(60)), Next::Adopt);
}

#[test]
fn c18_an_empty_search_is_believed_only_where_our_identifier_came_back_before() {
    let trusted = Findings { identifier_returned_before: true, ..findings() };
    assert_eq!(reconcile(&trusted, seconds(30)), Next::NotBooked);
    assert_eq!(reconcile(&findings(), seconds(30)), Next::AskAgainAt(seconds(45)));
    let silent = Findings { search: Search::NoAnswer, ..trusted };
    assert_eq!(reconcile(&silent, seconds(30)), Next::AskAgainAt(seconds(45)));
}

#[test]
fn c18_an_empty_search_is_not_believed_while_a_slow_xis_may_still_write() {
    let trusted = Findings { identifier_returned_before: true, ..findings() };
    assert_eq!(reconcile(&trusted, seconds(1)), Next::AskAgainAt(seconds(16)));
}

#[test]
fn c18_a_slot_must_be_seen_free_twice_sixty_seconds_apart() {
    let seen = |times: &[i64]| Findings {
        seen_free: times.iter().map(|time| seconds(*time)).collect(),
        ..findings()
    };
    assert_eq!(reconcile(&seen(&[5]), seconds(5)), Next::AskAgainAt(seconds(20)));
    assert_eq!(reconcile(&seen(&[5, 64]), seconds(64)), Next::AskAgainAt(seconds(65)));
    assert_eq!(reconcile(&seen(&[5, 20, 65]), seconds(65)), Next::NotBooked);
    assert_eq!(reconcile(&seen(&[-300, 5]), seconds(5)), Next::AskAgainAt(seconds(20)));
}

#[test]
fn c18_a_slot_that_is_gone_is_looked_into_for_fifteen_minutes_and_no_longer() {
    let gone = Findings { slot_gone: true, seen_free: vec![seconds(1), seconds(61)], ..findings() };
    assert_eq!(reconcile(&gone, seconds(70)), Next::AskAgainAt(seconds(130)));
    assert_eq!(reconcile(&gone, seconds(899)), Next::AskAgainAt(seconds(900)));
    assert_eq!(reconcile(&gone, seconds(900)), Next::GiveUp);
}
