use std::collections::HashSet;

use std::sync::Arc;

use agenda::{Coding, Hours, Sifted, Slot, Window, agendas, days, nearest, sift};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use proptest::{prelude::*, sample::select};

use crate::strategies::time;

const CATEGORY: (&str, &str) = ("urn:types", "CONSULT");

fn amsterdam() -> TimeZone {
    TimeZone::get("Europe/Amsterdam").unwrap()
}

fn now() -> Timestamp {
    time("2026-10-23T10:00:00Z")
}

fn window() -> Window {
    Window::booking(now(), &amsterdam())
}

/// A slot around the night of 25 October, or at the edges of the window; of every sort that a XIS may send.
fn slots() -> impl Strategy<Value = Slot> {
    let around = select(vec!["2026-10-23T21:00:00Z", "2026-10-24T23:00:00Z", "2026-11-20T22:00:00Z"]);
    let codes = select(vec![None, Some("CONSULT"), Some("CONSULT"), Some("VIDEO")]);
    let actors = select(vec![None, Some("Dokter Jansen"), Some("Dokter De Vries")]);
    ((around, -12_i64..36, -1_i64..6), 0_u8..5, 0_u8..40, (0_u8..9, codes, actors)).prop_map(
        |((around, start, length), schedule, id, (free, code, actor))| {
            let start = time(around) + SignedDuration::from_mins(5 * start);
            Slot {
                id: id.to_string().into(),
                start,
                end: start + SignedDuration::from_mins(5 * length),
                free: free > 0,
                hours: Arc::new(Hours {
                    schedule: schedule.to_string(),
                    categories: code.map(coding).into_iter().collect(),
                    actor: None,
                    actor_display: actor.map(str::to_owned),
                }),
            }
        },
    )
}

fn coding(code: &str) -> Coding {
    Coding { system: "urn:types".to_owned(), code: code.to_owned(), display: Some(code.to_lowercase()) }
}

fn sifted(slots: Vec<Slot>) -> Sifted {
    sift(slots, CATEGORY, &window(), now(), &amsterdam())
}

fn many_slots() -> impl Strategy<Value = Vec<Slot>> {
    prop::collection::vec(slots(), 0..60)
}

proptest! {
    #[test]
    fn c10_whatever_is_offered_can_be_booked(offered in many_slots()) {
        let kept = sifted(offered).slots;
        for (index, slot) in kept.iter().enumerate() {
            prop_assert!(slot.free && slot.start < slot.end && slot.start > now());
            prop_assert!(window().contains(slot.start, &amsterdam()));
            for other in &kept[index + 1..] {
                prop_assert!(slot.start <= other.start && slot.id != other.id);
                prop_assert!(slot.hours.schedule != other.hours.schedule || slot.end <= other.start);
            }
        }
    }

    #[test]
    fn c10_every_slot_is_offered_or_counted_and_sifting_twice_changes_nothing(offered in many_slots()) {
        let count = offered.len();
        let once = sifted(offered);
        prop_assert_eq!(once.slots.len() + once.dropped.total(), count);
        let twice = sifted(once.slots.clone());
        prop_assert_eq!((twice.slots, twice.dropped.total()), (once.slots, 0));
    }

    #[test]
    fn every_slot_is_in_one_day_and_one_part_of_it(offered in many_slots()) {
        let kept = sifted(offered).slots;
        let days = days(&kept, &amsterdam());
        prop_assert!(days.is_sorted_by(|one, next| one.date < next.date));
        let in_parts = days.iter().flat_map(|day| day.parts(&amsterdam())).flat_map(|(_, slots)| slots);
        prop_assert_eq!(in_parts.collect::<Vec<_>>(), kept.iter().collect::<Vec<_>>());
    }

    #[test]
    fn c9_every_slot_is_in_one_agenda_and_every_agenda_has_its_own_name(offered in many_slots()) {
        let kept = sifted(offered).slots;
        let agendas = agendas(&kept);
        prop_assert_eq!(agendas.iter().map(|agenda| agenda.free).sum::<usize>(), kept.len());
        prop_assert!(agendas.is_sorted_by_key(|agenda| agenda.first_free));
        let names: HashSet<String> = agendas.iter().map(|agenda| agenda.name.to_string()).collect();
        prop_assert_eq!(names.len(), agendas.len());
    }

    #[test]
    fn none_is_nearer_than_the_nearest(offered in many_slots(), count in 0_usize..5) {
        let wanted = time("2026-10-25T00:30:00Z");
        let found = nearest(&offered, wanted, count);
        let distance = |slot: &Slot| slot.start.duration_since(wanted).unsigned_abs();
        let mut all: Vec<_> = offered.iter().map(distance).collect();
        all.sort_unstable();
        all.truncate(count);
        prop_assert_eq!(found.into_iter().map(distance).collect::<Vec<_>>(), all);
    }
}
