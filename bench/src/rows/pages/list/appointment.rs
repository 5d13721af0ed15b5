use super::{Page, SLOT, first_time, page, until_quote};
use crate::browser::Browser;

/// An appointment and what can be done with it.
pub(super) async fn pages(patient: &mut Browser) -> anyhow::Result<Vec<Page>> {
    let shown = patient.read("/").await?.text;
    let id = until_quote(&shown, "href=\"/appointments/")?.to_owned();
    let at = |step: &str| format!("/appointments/{id}{step}");
    let days = at("/reschedule/time?anyone=1");
    let (times, slot) = first_time(patient, &days).await?;
    let check = patient.send(&times, ("slot", &slot)).await?;
    Ok(vec![
        page("appointment", at("")),
        Page { holds: "id=\"cancel-form\"", ..page("appointment, cancel", at("/cancel")) },
        Page { status: 303, ..page("appointment, move: start", at("/reschedule")) },
        Page { holds: "agenda=", ..page("appointment, move: agenda", at("/reschedule/agenda?all=1")) },
        Page { holds: "day=", ..page("appointment, move: days", days) },
        Page { holds: SLOT, ..page("appointment, move: times of a day", times) },
        Page { holds: "id=\"reschedule-form\"", ..page("appointment, move: check", check) },
        Page { holds: "BEGIN:VEVENT", ..page("appointment, as a calendar file", at("/calendar.ics")) },
    ])
}
