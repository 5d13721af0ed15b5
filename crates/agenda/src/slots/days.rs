use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use super::Slot;

/// A calendar day that has slots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day<'slots> {
    /// The day, on the practice's calendar.
    pub date: Date,
    /// Its slots, by start.
    pub slots: Vec<&'slots Slot>,
}

/// The part of the day in which a slot starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartOfDay {
    /// Before noon.
    Morning,
    /// From noon until six.
    Afternoon,
    /// From six in the evening.
    Evening,
}

impl PartOfDay {
    /// The part of the day that the practice's clock shows at this instant.
    #[must_use]
    pub fn of(instant: Timestamp, zone: &TimeZone) -> Self {
        match instant.to_zoned(zone.clone()).hour() {
            ..12 => Self::Morning,
            12..18 => Self::Afternoon,
            18.. => Self::Evening,
        }
    }
}

impl<'slots> Day<'slots> {
    /// The slots by part of the day, without the parts that have none.
    #[must_use]
    pub fn parts(&self, zone: &TimeZone) -> Vec<(PartOfDay, Vec<&'slots Slot>)> {
        let mut parts: BTreeMap<PartOfDay, Vec<&Slot>> = BTreeMap::new();
        for slot in &self.slots {
            parts.entry(PartOfDay::of(slot.start, zone)).or_default().push(slot);
        }
        parts.into_iter().collect()
    }
}

/// The slots by calendar day, in order. Every slot is in exactly one day; a day without slots is left out.
#[must_use]
pub fn days<'slots>(slots: &'slots [Slot], zone: &TimeZone) -> Vec<Day<'slots>> {
    let mut days: BTreeMap<Date, Vec<&Slot>> = BTreeMap::new();
    for slot in slots {
        days.entry(slot.start.to_zoned(zone.clone()).date()).or_default().push(slot);
    }
    let by_start = |mut slots: Vec<&'slots Slot>| {
        slots.sort_by_key(|slot| slot.start);
        slots
    };
    days.into_iter().map(|(date, slots)| Day { date, slots: by_start(slots) }).collect()
}

#[cfg(test)]
mod tests {
    use super::super::examples::{amsterdam, slot, time};
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_slot_belongs_to_the_day_that_the_practices_clock_shows() {
        let slots = [
            slot("1", "2026-10-25T22:45:00Z", 10),
            slot("1", "2026-10-24T22:00:00Z", 10),
            slot("1", "2026-10-24T21:50:00Z", 10),
            slot("1", "2026-10-25T23:00:00Z", 10),
        ];
        let found = days(&slots, &amsterdam());
        let seen: Vec<_> = found.iter().map(|day| (day.date, day.slots.len())).collect();
        assert_eq!(seen, [(date(2026, 10, 24), 1), (date(2026, 10, 25), 2), (date(2026, 10, 26), 1)]);
        assert_eq!(found[1].slots, [&slots[1], &slots[0]]);
    }

    #[test]
    fn the_parts_of_a_day_follow_the_practices_clock() {
        let part = |text| PartOfDay::of(time(text), &amsterdam());
        assert_eq!(part("2026-05-12T09:59:59Z"), PartOfDay::Morning);
        assert_eq!(part("2026-05-12T10:00:00Z"), PartOfDay::Afternoon);
        assert_eq!(part("2026-12-12T10:00:00Z"), PartOfDay::Morning);
        assert_eq!(part("2026-05-12T15:59:59Z"), PartOfDay::Afternoon);
        assert_eq!(part("2026-05-12T16:00:00Z"), PartOfDay::Evening);
    }

    #[test]
    fn a_part_without_slots_is_left_out() {
        let slots = [slot("1", "2026-05-12T16:10:00Z", 10), slot("1", "2026-05-12T07:10:00Z", 10)];
        let found = days(&slots, &amsterdam());
        let parts = found[0].parts(&amsterdam());
        assert_eq!(parts, [(PartOfDay::Morning, vec![&slots[1]]), (PartOfDay::Evening, vec![&slots[0]])]);
    }
}
