use std::{collections::HashMap, sync::Arc};

use agenda::Slot;

/// Each time once, whoever is free then: of the agenda that has most of the slots, so that a full agenda is not filled
/// first. The slots stay in order.
pub(super) fn each_time_once(slots: Vec<Slot>) -> Vec<Slot> {
    let mut free: HashMap<Arc<str>, usize> = HashMap::new();
    for slot in &slots {
        *free.entry(Arc::clone(&slot.schedule)).or_default() += 1;
    }
    let room = |slot: &Slot| free.get(&slot.schedule).copied().unwrap_or_default();
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
    use jiff::{SignedDuration, Timestamp};

    use super::*;

    fn slot(schedule: &str, hour: i64, minutes: i64) -> Slot {
        let start = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(hour);
        Slot {
            id: format!("{schedule}-{hour}-{minutes}"),
            schedule: schedule.into(),
            start,
            end: start + SignedDuration::from_mins(minutes),
            free: true,
            categories: [].into(),
            actor: None,
            actor_display: None,
        }
    }

    #[test]
    fn each_time_stands_there_once_with_whom_there_is_most_room() {
        let slots =
            vec![slot("a", 9, 10), slot("b", 9, 10), slot("b", 9, 20), slot("a", 10, 10), slot("b", 11, 10)];
        let shown = each_time_once(slots).into_iter().map(|slot| slot.id);
        assert_eq!(shown.collect::<Vec<_>>(), ["b-9-10", "b-9-20", "a-10-10", "b-11-10"]);
    }
}
