use std::collections::HashMap;

use agenda::Slot;

/// Each time once, whoever is free then: of the agenda that has most of the slots, so that a full agenda is not filled
/// first. The slots stay in order.
pub(super) fn each_time_once(slots: Vec<Slot>) -> Vec<Slot> {
    let mut free: HashMap<String, usize> = HashMap::new();
    for slot in &slots {
        match free.get_mut(&slot.hours.schedule) {
            Some(count) => *count += 1,
            None => drop(free.insert(slot.hours.schedule.clone(), 1)),
        }
    }
    let room = |slot: &Slot| free.get(&slot.hours.schedule).copied().unwrap_or_default();
    let mut each: Vec<Slot> = Vec::with_capacity(slots.len());
    for slot in slots {
        let mut at_once = each.iter_mut().rev().take_while(|one| one.start == slot.start);
        match at_once.find(|one| one.end == slot.end) {
            Some(same) if room(&slot) > room(same) => *same = slot,
            Some(_) => {}
            None => each.push(slot),
        }
    }
    each
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use agenda::Hours;
    use jiff::{SignedDuration, Timestamp};

    use super::*;

    fn slot(schedule: &str, hour: i64, minutes: i64) -> Slot {
        let start = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(hour);
        Slot {
            id: format!("{schedule}-{hour}-{minutes}").into(),
            start,
            end: start + SignedDuration::from_mins(minutes),
            free: true,
            hours: Arc::new(Hours { schedule: schedule.to_owned(), ..Hours::default() }),
        }
    }

    #[test]
    fn each_time_stands_there_once_with_whom_there_is_most_room() {
        let slots =
            vec![slot("a", 9, 10), slot("b", 9, 10), slot("b", 9, 20), slot("a", 10, 10), slot("b", 11, 10)];
        let shown = each_time_once(slots).into_iter().map(|slot| slot.id.into_string());
        assert_eq!(shown.collect::<Vec<_>>(), ["b-9-10", "b-9-20", "a-10-10", "b-11-10"]);
    }
}
