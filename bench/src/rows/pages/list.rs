//! Which pages are measured, and where they are.

use anyhow::Context as _;

use crate::{browser::Browser, house, stand_in};

pub(super) struct Page {
    pub(super) name: &'static str,
    pub(super) path: String,
    pub(super) status: u16,
    pub(super) is_for_strangers: bool,
}

/// For this patient, who has an appointment and has just chosen a time for another.
pub(super) async fn all(patient: &mut Browser) -> anyhow::Result<Vec<Page>> {
    let mut pages = vec![
        Page { is_for_strangers: true, ..page("welcome, not logged in", "/") },
        page("overview", "/"),
        Page { status: 404, ..page("nothing there (404)", "/nothing-there") },
        page("offline", "/offline/nl"),
        page("messages", "/messages"),
        page("practices", "/practices"),
        page("practices, search", "/practices/add?name=praktijk"),
        page("practices, remove", format!("/practices/{}/remove", house::practice(0))),
        page("preferences", "/preferences"),
        page("preferences, a question", "/preferences/reminders"),
        page("my data", "/my-data"),
        page("my data, who has looked", "/my-data/access"),
        page("my data, delete", "/my-data/delete"),
    ];
    pages.extend(of_message(patient).await?);
    pages.extend(of_booking(patient).await?);
    pages.extend(of_appointment(patient).await?);
    Ok(pages)
}

async fn of_booking(patient: &mut Browser) -> anyhow::Result<Vec<Page>> {
    let practice = format!("/book/{}", house::practice(0));
    let types = stand_in::type_in_address();
    let agendas = format!("{practice}/agenda?type={types}&all=1");
    let days = format!("{practice}/time?type={types}&anyone=1");
    let shown = patient.read(&days).await?.text;
    let day = after(&shown, "day=").context("no day has times")?;
    let times = format!("{days}&day={}", &day[.."2026-01-31".len()]);
    let shown = patient.read(&times).await?.text;
    let slot = after(&shown, "name=\"slot\" value=\"").context("the day has no times")?;
    let slot = slot.split('"').next().unwrap_or_default().to_owned();
    let reason = patient.send(&times, ("slot", &slot)).await?;
    let check = patient.send(&reason, ("reason", "Pijn in mijn knie")).await?;
    Ok(vec![
        Page { status: 303, ..page("book: practice, where there is one", "/book") },
        page("book: type", practice),
        page("book: agenda", agendas),
        page("book: days", days),
        page("book: times of a day", times),
        page("book: reason", reason),
        page("book: check", check),
    ])
}

async fn of_message(patient: &mut Browser) -> anyhow::Result<Vec<Page>> {
    let shown = patient.read("/messages").await?.text;
    let id = after(&shown, "href=\"/messages/").context("there is no message")?;
    let message = format!("/messages/{}", id.split(['"', '?', '#']).next().unwrap_or_default());
    let shown = patient.read(&message).await?.text;
    let file = after(&shown, "/attachments/").context("the message has no attachment")?;
    let file = format!("{message}/attachments/{}", file.split('"').next().unwrap_or_default());
    Ok(vec![page("a message", message), page("a message's attachment", file)])
}

async fn of_appointment(patient: &mut Browser) -> anyhow::Result<Vec<Page>> {
    let shown = patient.read("/").await?.text;
    let id = after(&shown, "href=\"/appointments/").context("the overview has no appointment")?;
    let id = id.split(['"', '/', '?']).next().unwrap_or_default();
    let at = |step: &str| format!("/appointments/{id}{step}");
    Ok(vec![
        page("appointment", at("")),
        page("appointment, cancel", at("/cancel")),
        page("appointment, another time", at("/reschedule/agenda?all=1")),
        page("appointment, as a calendar file", at("/calendar.ics")),
    ])
}

fn page(name: &'static str, path: impl Into<String>) -> Page {
    Page { name, path: path.into(), status: 200, is_for_strangers: false }
}

/// What stands behind these words, where they are.
fn after<'a>(text: &'a str, words: &str) -> Option<&'a str> {
    text.split_once(words).map(|(_, rest)| rest)
}
