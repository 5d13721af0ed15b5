use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{AgendaName, Slot, agenda_name::Names};

/// A schedule, as a patient chooses it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agenda {
    /// The id of the schedule.
    pub schedule: String,
    /// What it is called.
    pub name: AgendaName,
    /// When its first free slot starts.
    pub first_free: Timestamp,
    /// How many free slots it has.
    pub free: usize,
}

/// The agendas behind the slots, the one that is free first on top (C9).
#[must_use]
pub fn agendas(slots: &[Slot]) -> Vec<Agenda> {
    // By schedule id, so that a number does not move to another agenda when a slot is taken.
    let mut schedules: BTreeMap<&str, Vec<&Slot>> = BTreeMap::new();
    for slot in slots {
        schedules.entry(&slot.hours.schedule).or_default().push(slot);
    }
    let mut names = Names::count(schedules.values().map(Vec::as_slice));
    let mut agendas = Vec::with_capacity(schedules.len());
    for (schedule, own) in schedules {
        if let Some(first_free) = own.iter().map(|slot| slot.start).min() {
            let (schedule, name) = (schedule.to_owned(), names.next(&own));
            agendas.push(Agenda { schedule, name, first_free, free: own.len() });
        }
    }
    agendas.sort_by_key(|agenda| agenda.first_free);
    agendas
}

#[cfg(test)]
mod tests {
    use super::super::examples::{category, hours, slot, time};
    use super::*;

    fn of(schedule: &str, actor: Option<&str>, code: &str) -> Slot {
        Slot {
            hours: hours(schedule, actor, vec![category(code)]),
            ..slot(schedule, "2026-05-12T09:00:00Z", 10)
        }
    }

    fn names(slots: &[Slot]) -> Vec<(String, String)> {
        let named = agendas(slots).into_iter();
        named.map(|agenda| (agenda.schedule, agenda.name.to_string())).collect()
    }

    #[test]
    fn an_agenda_knows_its_first_and_how_many_and_the_first_free_is_on_top() {
        let slots = [
            slot("a", "2026-05-13T09:00:00Z", 10),
            slot("b", "2026-05-12T10:00:00Z", 10),
            slot("a", "2026-05-12T11:00:00Z", 10),
        ];
        let found = agendas(&slots);
        let seen: Vec<_> =
            found.iter().map(|one| (one.schedule.as_str(), one.first_free, one.free)).collect();
        let first = [time("2026-05-12T10:00:00Z"), time("2026-05-12T11:00:00Z")];
        assert_eq!(seen, [("b", first[0], 1), ("a", first[1], 2)]);
    }

    #[test]
    fn c9_an_agenda_is_called_after_its_actor() {
        let slots = [of("1", Some("Dokter Jansen"), "CONSULT"), of("2", Some("Dokter De Vries"), "CONSULT")];
        assert_eq!(
            names(&slots),
            [("1".into(), "Dokter Jansen".into()), ("2".into(), "Dokter De Vries".into())]
        );
    }

    #[test]
    fn c9_two_agendas_of_one_name_get_the_category_or_else_a_number() {
        let jansen = |schedule, code| of(schedule, Some("Dokter Jansen"), code);
        let slots = [jansen("1", "CONSULT"), jansen("2", "VIDEO"), jansen("3", "CONSULT")];
        let expected = ["Dokter Jansen (1)", "Dokter Jansen (video)", "Dokter Jansen (2)"];
        assert_eq!(names(&slots).into_iter().map(|(_, name)| name).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn c9_an_agenda_without_a_name_is_numbered() {
        let slots =
            [of("9", None, "CONSULT"), of("2", Some(" "), "CONSULT"), of("5", Some("Praktijk"), "CONSULT")];
        let expected = [("2", "Agenda 1"), ("5", "Praktijk"), ("9", "Agenda 2")];
        assert_eq!(names(&slots), expected.map(|(schedule, name)| (schedule.to_owned(), name.to_owned())));
    }
}
