use jiff::Timestamp;
use store::{Account, CalendarEdition, Practice, Stored};

use super::{Correspondents, Event, Method, offer::file_name};
use crate::app::App;

/// The file that a patient fetches for his own calendar.
#[derive(Debug)]
pub(crate) struct CalendarFile {
    pub(crate) file_name: String,
    pub(crate) text: String,
}

impl CalendarFile {
    /// The visit in full, for it was asked for by who may see it. `last` is the edition that was last mailed: a
    /// calendar that has it takes this for the same visit.
    ///
    /// It claims no edition, so its number may stand for another content than the mail's; the later `made_at` (DTSTAMP)
    /// wins then. A claim would bring later mails to a calendar that the patient did not ask to be mailed.
    pub(crate) fn of(
        app: &App,
        stored: &Stored,
        (patient, practice): (&Account, &Practice),
        last: Option<CalendarEdition>,
        now: Timestamp,
    ) -> Self {
        let event = Event::of(stored, patient.language, practice, true);
        let edition = CalendarEdition { sequence: last.map_or(0, |last| last.sequence), made_at: now };
        let between = Correspondents::of(app, stored.id, None);
        let text = event.file(Method::Publish, edition, &between);
        Self { file_name: file_name(patient.language), text }
    }
}
