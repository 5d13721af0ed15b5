use super::super::examples::{amsterdam, category, hours, slot, time};
use super::*;

const CONSULT: (&str, &str) = ("urn:types", "CONSULT");

fn sifted(slots: Vec<Slot>) -> Sifted {
    let now = time("2026-05-06T12:00:00Z");
    sift(slots, CONSULT, &Window::booking(now, &amsterdam()), now, &amsterdam())
}

fn nine() -> Slot {
    slot("1", "2026-05-12T09:00:00Z", 20)
}

/// What is dropped when this slot comes beside one that is kept.
fn dropped_beside_nine(other: Slot) -> Dropped {
    let sifted = sifted(vec![nine(), other]);
    assert_eq!(sifted.slots, [nine()]);
    sifted.dropped
}

#[test]
fn c8_only_free_slots_are_offered() {
    let taken = Slot { free: false, ..slot("1", "2026-05-12T10:00:00Z", 20) };
    assert_eq!(dropped_beside_nine(taken), Dropped { not_free: 1, ..Dropped::default() });
}

#[test]
fn c10_what_cannot_be_offered_is_dropped_and_counted() {
    let one = Dropped::default;
    let backwards = slot("1", "2026-05-12T10:00:00Z", 0);
    assert_eq!(dropped_beside_nine(backwards), Dropped { end_not_after_start: 1, ..one() });
    let past = slot("1", "2026-05-06T12:00:00Z", 10);
    assert_eq!(dropped_beside_nine(past), Dropped { past: 1, ..one() });
    let today = slot("1", "2026-05-06T21:59:00Z", 10);
    assert_eq!(dropped_beside_nine(today), Dropped { outside_window: 1, ..one() });
    let too_late = slot("1", "2026-06-03T22:00:00Z", 10);
    assert_eq!(dropped_beside_nine(too_late), Dropped { outside_window: 1, ..one() });
    let video =
        Slot { hours: hours("1", None, vec![category("VIDEO")]), ..slot("1", "2026-05-12T10:00:00Z", 10) };
    assert_eq!(dropped_beside_nine(video), Dropped { other_category: 1, ..one() });
    assert_eq!(dropped_beside_nine(nine()), Dropped { duplicate: 1, ..one() });
    let overlapping = slot("1", "2026-05-12T09:15:00Z", 10);
    assert_eq!(dropped_beside_nine(overlapping), Dropped { overlapping: 1, ..one() });
}

#[test]
fn c6_the_first_and_the_last_moment_of_the_window_are_offered() {
    let slots = vec![slot("1", "2026-05-06T22:00:00Z", 10), slot("1", "2026-06-03T21:50:00Z", 10)];
    assert_eq!(sifted(slots.clone()).slots, slots);
}

#[test]
fn c10_two_schedules_may_have_the_same_time_and_touching_is_not_overlapping() {
    let slots = vec![nine(), slot("2", "2026-05-12T09:00:00Z", 20), slot("1", "2026-05-12T09:20:00Z", 10)];
    assert_eq!(sifted(slots.clone()), Sifted { slots, dropped: Dropped::default() });
}

#[test]
fn c10_a_slot_across_the_whole_morning_does_not_hide_the_short_ones() {
    let morning = slot("1", "2026-05-12T07:00:00Z", 300);
    let short = slot("1", "2026-05-12T10:00:00Z", 10);
    let sifted = sifted(vec![morning, short.clone(), nine()]);
    assert_eq!((sifted.slots, sifted.dropped.overlapping), (vec![nine(), short], 1));
}

#[test]
fn a_slot_without_a_category_is_kept_and_one_of_several_is_enough() {
    let open = Slot { hours: hours("1", None, Vec::new()), ..nine() };
    let both = Slot {
        hours: hours("1", None, vec![category("VIDEO"), category("CONSULT")]),
        ..slot("1", "2026-05-12T10:00:00Z", 10)
    };
    assert_eq!(sifted(vec![both.clone(), open.clone()]).slots, [open, both]);
}
