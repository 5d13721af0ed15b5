use jiff::Timestamp;

use super::Slot;

/// The `count` slots that start nearest to the wanted time, the nearest first; of two equally near the earlier.
#[must_use]
pub fn nearest(slots: &[Slot], wanted: Timestamp, count: usize) -> Vec<&Slot> {
    let mut slots: Vec<&Slot> = slots.iter().collect();
    slots.sort_by_key(|slot| (slot.start.duration_since(wanted).unsigned_abs(), slot.start));
    slots.truncate(count);
    slots
}

#[cfg(test)]
mod tests {
    use super::super::examples::{slot, time};
    use super::*;

    #[test]
    fn the_nearest_come_first_and_the_earlier_of_two() {
        let slots: Vec<Slot> = ["08:00", "09:20", "09:40", "10:10", "15:00"]
            .map(|clock| slot("1", &format!("2026-05-12T{clock}Z"), 10))
            .into();
        let found = nearest(&slots, time("2026-05-12T09:30:00Z"), 3);
        let starts: Vec<_> = found.iter().map(|slot| slot.start.to_string()).collect();
        assert_eq!(starts, ["2026-05-12T09:20:00Z", "2026-05-12T09:40:00Z", "2026-05-12T10:10:00Z"]);
        assert_eq!(nearest(&slots, time("2026-05-12T09:30:00Z"), 9).len(), 5);
    }
}
