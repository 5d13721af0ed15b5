//! Where each step of booking is.

use agenda::{Agb, Coding};
use jiff::{Timestamp, civil::Date};
use store::{AppointmentId, Choice, SlotChoice, Stored};
use url::form_urlencoded::Serializer;

/// Choosing a type.
pub(super) fn types(practice: &Agb) -> String {
    format!("/book/{practice}")
}

/// Choosing an agenda for a type.
pub(super) fn agendas(practice: &Agb, category: &Coding) -> String {
    format!("/book/{practice}/agenda?{}", query(&[("type", &token(category))]))
}

/// The agendas again, for somebody who goes back: the only one is not skipped then.
pub(super) fn all_agendas(practice: &Agb, category: &Coding) -> String {
    format!("{}&all=1", agendas(practice, category))
}

/// Choosing a time in an agenda.
pub(super) fn times(practice: &Agb, category: &Coding, schedule: &str) -> String {
    format!("/book/{practice}/time?{}", query(&[("type", &token(category)), ("agenda", schedule)]))
}

/// Choosing a time in any agenda.
pub(super) fn times_of_anyone(practice: &Agb, category: &Coding) -> String {
    format!("/book/{practice}/time?{}", query(&[("type", &token(category)), ("anyone", "1")]))
}

/// Choosing another time where this one was found: in its agenda, or in any.
pub(in crate::portal) fn times_beside(practice: &Agb, category: &Coding, slot: &SlotChoice) -> String {
    if slot.anyone { times_of_anyone(practice, category) } else { times(practice, category, &slot.schedule) }
}

/// Choosing another time for what was chosen; a type where nothing was.
pub(super) fn times_of(practice: &Agb, choice: &Choice) -> String {
    match (&choice.category, &choice.slot) {
        (Some(category), Some(slot)) => times_beside(practice, category, slot),
        _ => types(practice),
    }
}

/// Choosing a time in a week of it, counted from 0.
pub(super) fn week(times: &str, week: usize) -> String {
    format!("{times}&week={week}")
}

/// Choosing a time on a day of it.
pub(super) fn day(times: &str, day: Date) -> String {
    format!("{times}&day={day}")
}

/// Choosing another time, for the wanted one is gone.
pub(super) fn gone(times: &str, wanted: Timestamp) -> String {
    format!("{times}&gone={wanted}")
}

/// Choosing another time than that of an appointment whose time was gone.
pub(in crate::portal) fn slot_gone(stored: &Stored) -> String {
    let content = &stored.appointment.content;
    if let (Some(old), Some(slot)) = (stored.replaces(), &stored.slot) {
        return gone(&moving_times_beside(old, slot), content.start);
    }
    match (content.categories.first(), &stored.slot) {
        (Some(category), Some(slot)) => gone(&times_beside(&stored.practice, category, slot), content.start),
        _ => types(&stored.practice),
    }
}

pub(super) fn reason(practice: &Agb) -> String {
    format!("/book/{practice}/reason")
}

pub(super) fn check(practice: &Agb) -> String {
    format!("/book/{practice}/check")
}

/// Moving an appointment.
pub(in crate::portal) fn moving(id: AppointmentId) -> String {
    format!("/appointments/{id}/reschedule")
}

/// Choosing with whom, for an appointment that is moved.
pub(super) fn moving_agendas(id: AppointmentId) -> String {
    format!("{}/agenda?all=1", moving(id))
}

/// Choosing a time in an agenda, for an appointment that is moved.
pub(super) fn moving_times(id: AppointmentId, schedule: &str) -> String {
    format!("{}/time?{}", moving(id), query(&[("agenda", schedule)]))
}

/// Choosing a time in any agenda, for an appointment that is moved.
pub(super) fn moving_times_of_anyone(id: AppointmentId) -> String {
    format!("{}/time?anyone=1", moving(id))
}

fn moving_times_beside(id: AppointmentId, slot: &SlotChoice) -> String {
    if slot.anyone { moving_times_of_anyone(id) } else { moving_times(id, &slot.schedule) }
}

/// Looking once more before an appointment is moved.
pub(super) fn moving_check(id: AppointmentId) -> String {
    format!("{}/check", moving(id))
}

/// Logging in first.
pub(super) fn after_login(page: &str) -> String {
    format!("/login?{}", query(&[("to", page)]))
}

/// A type in an address: `system|code`.
pub(super) fn token(category: &Coding) -> String {
    let (system, code) = category.key();
    format!("{system}|{code}")
}

pub(super) fn query(pairs: &[(&str, &str)]) -> String {
    Serializer::new(String::new()).extend_pairs(pairs).finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_and_an_agenda_stand_escaped_in_the_address() {
        let category = Coding { system: "urn:types".to_owned(), code: "A&B c".to_owned(), display: None };
        let times = times(&"01000001".parse().unwrap(), &category, "7/8");
        assert_eq!(times, "/book/01000001/time?type=urn%3Atypes%7CA%26B+c&agenda=7%2F8");
        assert_eq!(day(&times, jiff::civil::date(2026, 5, 12)), format!("{times}&day=2026-05-12"));
        let wanted = "2026-05-12T07:10:00Z".parse().unwrap();
        assert_eq!(gone(&times, wanted), format!("{times}&gone=2026-05-12T07:10:00Z"));
    }
}
