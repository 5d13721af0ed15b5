use agenda::State;
use jiff::Timestamp;
use store::{Account, AccountId, AppointmentId, CalendarEdition, Language, Practice, Stored};

use super::{super::letter, Correspondents, Event, Method, Named};
use crate::{app::App, words::say};

/// A file that goes with a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::notices) struct Enclosure {
    pub(in crate::notices) method: Method,
    pub(in crate::notices) file_name: String,
    pub(in crate::notices) text: String,
}

/// What a mail about a visit brings to the patient's calendar, in an edition that is claimed before it is sent.
///
/// A visit that was sent once is always kept true there, whatever the level is now. One that was not is sent at the
/// highest level only, and never to say that it is over. `None` while it neither stands nor is over.
///
/// # Errors
/// When the database fails.
pub(in crate::notices) async fn enclosure(
    app: &App,
    stored: &Stored,
    (patient, practice): (&Account, &Practice),
    address: &str,
    now: Timestamp,
) -> Result<Option<Enclosure>, store::Error> {
    let Some(is_over) = is_over(&stored.appointment.state) else { return Ok(None) };
    let names = letter::may_name_practice(patient);
    let event = &Event { is_over, ..Event::of(stored, patient.language, practice, names) };
    let is_sent = names && !is_over || was_sent(app, patient.id, stored.event()).await?;
    if !is_sent {
        return Ok(None);
    }
    let (store, account) = (&app.store, patient.id);
    let edition: Result<_, store::Error> = store
        .tx("claim a calendar edition", |mut tx| async move {
            store.claim_calendar_edition(&mut tx, account, stored.event(), &event.content(), now).await
        })
        .await;
    let between = Correspondents::of(app, stored.id, Some(address));
    Ok(Some(enclose(event, edition?, &between)))
}

async fn was_sent(app: &App, account: AccountId, event: AppointmentId) -> Result<bool, store::Error> {
    let last = |mut tx| async move { app.store.calendar_edition(&mut tx, account, event).await };
    Ok(app.store.read("the last calendar edition", last).await?.is_some())
}

fn enclose(event: &Event, edition: CalendarEdition, between: &Correspondents<'_>) -> Enclosure {
    let method = if event.is_over { Method::Cancel } else { Method::Request };
    let text = event.file(method, edition, between);
    Enclosure { method, file_name: file_name(event.language), text }
}

/// `None` while a visit neither stands nor is over.
pub(super) fn is_over(state: &State) -> Option<bool> {
    match state {
        State::Booked => Some(false),
        State::Cancelled { .. } | State::Declined { .. } => Some(true),
        State::Requested { .. }
        | State::Unknown { .. }
        | State::Pending
        | State::Failed { .. }
        | State::Tombstone => None,
    }
}

impl Event {
    /// A visit that stands. `names` says whether the calendar may name the practice and its place.
    pub(super) fn of(stored: &Stored, language: Language, practice: &Practice, names: bool) -> Self {
        let content = &stored.appointment.content;
        let named = || Named { practice: letter::name(practice), place: letter::place(practice) };
        Self {
            id: stored.event(),
            start: content.start,
            end: content.end,
            zone: practice.settings.zone(),
            language,
            named: names.then(named),
            is_over: false,
        }
    }
}

/// What the patient's computer calls the file. It stands in a header, so it has plain letters alone.
pub(super) fn file_name(language: Language) -> String {
    let said = say(language, "calendar-file-name", &[]);
    let name: String =
        said.chars().filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-').collect();
    format!("{name}.ics")
}
