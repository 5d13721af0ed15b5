//! Which pages are measured, and where they are.

mod appointment;
mod booking;

use anyhow::Context as _;

use crate::{browser::Browser, house};

#[derive(Default)]
pub(super) struct Page {
    pub(super) name: &'static str,
    pub(super) path: String,
    pub(super) status: u16,
    /// What stands on it where there is something to show.
    pub(super) holds: &'static str,
    pub(super) is_for_strangers: bool,
}

/// For this patient, who has an appointment, a message and the token of an invitation, and is made to choose times for
/// two other appointments and to ask for another mail address.
pub(super) async fn all(patient: &mut Browser, invitation: &str) -> anyhow::Result<Vec<Page>> {
    let invitation = format!("/invitations/{invitation}");
    let code = patient.send("/preferences/address", ("address", "another@patient.example")).await?;
    let mut pages = vec![
        Page { is_for_strangers: true, ..page("welcome, not logged in", "/") },
        Page { is_for_strangers: true, status: 303, ..page("start of a login", "/login") },
        Page { is_for_strangers: true, ..page("end of a session", "/session/ended") },
        Page { holds: "href=\"/appointments/", ..page("overview", "/") },
        Page {
            is_for_strangers: true,
            holds: "<form method=\"post\"><p",
            ..page("link in a reminder", "/reminders/stop/unsubscribe")
        },
        Page {
            is_for_strangers: true,
            holds: "href=\"/login?to=",
            ..page("link in an invitation, not logged in", &invitation)
        },
        Page { holds: "action=\"/invitations/", ..page("link in an invitation", &invitation) },
        Page { holds: "name=\"code\"", ..page("preferences, code to a mail address", code) },
        Page { status: 404, ..page("nothing there (404)", "/nothing-there") },
        page("offline", "/offline/nl"),
        page("practices", "/practices"),
        page("practices, add", "/practices/add"),
        page("practices, search", "/practices/add?name=praktijk"),
        page("practices, remove", format!("/practices/{}/remove", house::practice(0))),
        page("my data", "/my-data"),
        page("my data, who has looked", "/my-data/access"),
        page("my data, delete", "/my-data/delete"),
        page("preferences", "/preferences"),
    ];
    for (name, question) in QUESTIONS {
        pages.push(page(name, format!("/preferences/{question}")));
    }
    pages.extend(of_message(patient).await?);
    pages.extend(booking::pages(patient).await?);
    pages.extend(appointment::pages(patient).await?);
    Ok(pages)
}

const QUESTIONS: [(&str, &str); 7] = [
    ("preferences, language", "language"),
    ("preferences, channels", "channels"),
    ("preferences, appointments", "appointments"),
    ("preferences, messages", "messages"),
    ("preferences, reminders", "reminders"),
    ("preferences, calendar", "calendar"),
    ("preferences, mail address", "address"),
];

async fn of_message(patient: &mut Browser) -> anyhow::Result<Vec<Page>> {
    let shown = patient.read("/messages").await?.text;
    let message = format!("/messages/{}", until_quote(&shown, "href=\"/messages/")?);
    let shown = patient.read(&message).await?.text;
    let file = format!("{message}/attachments/{}", until_quote(&shown, "/attachments/")?);
    Ok(vec![
        Page { holds: "href=\"/messages/", ..page("messages", "/messages") },
        Page { holds: "/attachments/", ..page("a message", message) },
        Page { holds: "%PDF", ..page("a message's attachment", file) },
    ])
}

/// The times of the first day that has any, and the first of them.
async fn first_time(patient: &mut Browser, days: &str) -> anyhow::Result<(String, String)> {
    let shown = patient.read(days).await?.text;
    let day = after(&shown, "day=")?;
    let times = format!("{days}&day={}", &day[.."2026-01-31".len()]);
    let shown = patient.read(&times).await?.text;
    Ok((times, until_quote(&shown, SLOT)?.to_owned()))
}

/// Before a time that can be chosen.
const SLOT: &str = "name=\"slot\" value=\"";

fn page(name: &'static str, path: impl Into<String>) -> Page {
    Page { name, path: path.into(), status: 200, ..Page::default() }
}

/// What stands behind these words.
fn after<'a>(text: &'a str, words: &str) -> anyhow::Result<&'a str> {
    text.split_once(words)
        .map(|(_, rest)| rest)
        .with_context(|| format!("{words} is not on the page: {text}"))
}

fn until_quote<'a>(text: &'a str, words: &str) -> anyhow::Result<&'a str> {
    Ok(after(text, words)?.split(['"', '?', '#']).next().unwrap_or_default())
}
