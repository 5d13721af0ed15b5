use proptest::prelude::*;

use super::*;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_777_888_800 + second).unwrap()
}

/// One call that ends at once.
fn call(breaker: &mut Breaker, health: Health, second: i64) -> Option<Change> {
    let leave = breaker.admit(Purpose::Read, at(second)).expect("leave to call");
    breaker.ended(leave, health, at(second))
}

/// One that opened at this second.
fn opened(second: i64) -> Breaker {
    let mut breaker = Breaker::default();
    let changes: Vec<_> = (0..4).map(|_| call(&mut breaker, Health::Fails, second)).collect();
    assert_eq!(changes, [None, None, None, Some(Change::Opened)]);
    breaker
}

#[test]
fn c17_it_opens_when_half_of_the_last_calls_failed() {
    let mut breaker = Breaker::default();
    for _ in 0..100 {
        assert_eq!(call(&mut breaker, Health::Answers, 0), None);
    }
    for _ in 0..3 {
        assert_eq!(call(&mut breaker, Health::Fails, 1), None);
        assert_eq!(call(&mut breaker, Health::Answers, 1), None);
    }
    assert_eq!(call(&mut breaker, Health::Fails, 2), Some(Change::Opened));
    assert_eq!((breaker.is_open(), breaker.answered_at()), (true, Some(at(1))));
}

#[test]
fn c17_it_opens_at_the_second_call_that_hung() {
    let mut breaker = Breaker::default();
    assert_eq!(call(&mut breaker, Health::Hangs, 0), None);
    assert_eq!(call(&mut breaker, Health::Answers, 0), None);
    assert_eq!(call(&mut breaker, Health::Hangs, 0), Some(Change::Opened));
}

#[test]
fn c17_failures_of_long_ago_and_calls_that_showed_nothing_do_not_count() {
    let mut breaker = Breaker::default();
    for second in [0, 1, 2, 33] {
        assert_eq!(call(&mut breaker, Health::Fails, second), None);
    }
    for _ in 0..10 {
        assert_eq!(call(&mut breaker, Health::Unknown, 33), None);
    }
}

#[test]
fn c17_while_it_is_open_nothing_is_called_and_then_one_probe_at_a_time() {
    let mut breaker = opened(0);
    assert_eq!((breaker.admit(Purpose::Read, at(2)), breaker.is_due(at(2))), (None, false));
    assert_eq!(breaker.admit(Purpose::Write, at(3)), None);
    assert_eq!(breaker.admit(Purpose::Read, at(3)), Some(Leave::Probe));
    assert_eq!((breaker.admit(Purpose::Read, at(3)), breaker.is_due(at(3))), (None, false));
    assert_eq!(breaker.ended(Leave::Probe, Health::Fails, at(5)), None);
    assert_eq!(breaker.admit(Purpose::Read, at(7)), None);
    assert_eq!(breaker.admit(Purpose::Read, at(8)), Some(Leave::Probe));
    assert_eq!(breaker.ended(Leave::Probe, Health::Answers, at(8)), Some(Change::Closed));
    assert_eq!(breaker.admit(Purpose::Write, at(8)), Some(Leave::Usual));
}

#[test]
fn c17_a_probe_that_showed_nothing_leaves_the_next_to_try() {
    let mut breaker = opened(0);
    assert_eq!(call(&mut breaker, Health::Unknown, 3), None);
    assert_eq!(call(&mut breaker, Health::Answers, 3), Some(Change::Closed));
}

#[test]
fn c17_what_was_on_its_way_when_it_opened_neither_opens_nor_closes_it() {
    let mut breaker = Breaker::default();
    let late = breaker.admit(Purpose::Read, at(0)).unwrap();
    for _ in 0..4 {
        call(&mut breaker, Health::Fails, 0);
    }
    assert_eq!(breaker.ended(late, Health::Answers, at(1)), None);
    assert_eq!(breaker.admit(Purpose::Read, at(1)), None);
}

#[test]
fn c17_a_clock_that_is_set_back_does_not_keep_it_open() {
    assert!(opened(3_600).is_due(at(0)));
}

proptest! {
    /// Whatever happens in whatever order: at most one probe at a time, none within the pause, writes only while it
    /// is closed, and it closes by a probe that was answered and by nothing else.
    #[test]
    fn c17_any_history_keeps_the_rules(steps in prop::collection::vec((0_i64..3, 0_usize..6, any::<bool>()), 1..300)) {
        let (mut breaker, mut now, mut under_way) = (Breaker::default(), 0, Vec::<Leave>::new());
        let mut not_before = None;
        for (later, what, writes) in steps {
            now += later;
            if what < 2 {
                let purpose = if writes { Purpose::Write } else { Purpose::Read };
                let was_open = breaker.is_open();
                let leave = breaker.admit(purpose, at(now));
                prop_assert_eq!(was_open, leave != Some(Leave::Usual));
                if leave == Some(Leave::Probe) {
                    prop_assert_eq!(purpose, Purpose::Read);
                    prop_assert!(!under_way.contains(&Leave::Probe));
                    prop_assert!(not_before.is_none_or(|earliest| now >= earliest));
                }
                under_way.extend(leave);
            } else if let Some(leave) = under_way.pop() {
                let health = [Health::Answers, Health::Fails, Health::Unknown, Health::Hangs][what - 2];
                let change = breaker.ended(leave, health, at(now));
                if change == Some(Change::Closed) {
                    prop_assert_eq!((leave, health), (Leave::Probe, Health::Answers));
                }
                if change == Some(Change::Opened) || (leave == Leave::Probe && matches!(health, Health::Fails | Health::Hangs)) {
                    not_before = Some(now + 3);
                }
            }
        }
    }
}
