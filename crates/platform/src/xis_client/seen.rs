use agenda::{CancelWindow, Content, XisId};
use fhir::{incoming, outgoing::Identifier};
use store::Settings;

use super::Booking;
use crate::fhir_api::reading;

/// An appointment as the XIS shows it, held against what was asked.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    /// Its id there.
    pub(crate) xis_id: Option<XisId>,
    /// Whether that id may be what we sent, given back (C2).
    pub(super) is_echo: bool,
    /// `status`, as it was sent.
    pub(crate) status: Option<String>,
    /// The practitioner's participant status.
    pub(crate) practitioner_status: Option<String>,
    /// What it is, when all of it could be read.
    pub(crate) content: Option<Content>,
    /// Until when the patient may cancel it online, where the XIS says so (B10).
    pub(crate) cancel_window: Option<CancelWindow>,
    /// Whether it carries our identifier.
    pub(crate) has_our_identifier: bool,
    /// Whether it is this patient's.
    is_of_patient: bool,
}

impl Seen {
    /// What the XIS shows of `booking`, or of something else that it answers with.
    pub(super) fn of(found: &incoming::Appointment, booking: &Booking<'_>, settings: &Settings) -> Self {
        let zone = settings.naive_times.then(|| settings.zone());
        let has_our_identifier = has_identifier(found, &Identifier::uuid(booking.id));
        Self {
            xis_id: found.id.as_deref().and_then(|id| id.parse().ok()),
            is_echo: false,
            status: found.status.clone(),
            practitioner_status: practitioner(found, booking).and_then(|one| one.status.clone()),
            content: reading::content(found, zone.as_ref()).ok(),
            cancel_window: reading::cancel_window(found, settings),
            has_our_identifier,
            is_of_patient: names_patient(found, booking).unwrap_or(has_our_identifier),
        }
    }

    /// Its id there, where it is surely that.
    pub(crate) fn own_id(&self) -> Option<&XisId> {
        self.xis_id.as_ref().filter(|_| !self.is_echo)
    }

    /// Practice, patient and start agree (C18). The practice does: the call was made to it. What is over must bear our
    /// number, for the patient may have had the same time before.
    pub(super) fn is_what_was_asked(&self, booking: &Booking<'_>) -> bool {
        let start = self.content.as_ref().map(|content| content.start);
        let is_it = self.has_our_identifier || !self.is_over();
        self.is_of_patient && start == Some(booking.slot.start) && is_it
    }

    /// Whether it was in the agenda, and has ended since.
    pub(crate) fn is_over(&self) -> bool {
        matches!(self.status.as_deref(), Some("cancelled" | "noshow" | "entered-in-error"))
    }
}

fn has_identifier(found: &incoming::Appointment, ours: &Identifier) -> bool {
    found.identifier.iter().any(|identifier| identifier.value_in(&ours.system) == Some(ours.value.as_str()))
}

/// C3: who has to approve. The slot's actor where it takes part, else a practitioner, else whoever is not the
/// patient: a room that is booked too says nothing.
fn practitioner<'a>(
    found: &'a incoming::Appointment,
    booking: &Booking<'_>,
) -> Option<&'a incoming::Participant> {
    let others = || found.participant.iter().filter(|one| !reading::is_patient(one));
    let actor = booking.slot.actor.as_deref();
    others()
        .find(|one| actor.is_some() && reading::reference(one) == actor)
        .or_else(|| {
            others().find(|one| reading::reference(one).is_some_and(|text| text.contains("Practitioner")))
        })
        .or_else(|| others().next())
}

/// Whether it names this patient: by BSN, or else by the id under which the XIS knows them. `None` where it names
/// nobody, or we do not know that id.
fn names_patient(found: &incoming::Appointment, booking: &Booking<'_>) -> Option<bool> {
    let mut bsns = found.participant.iter().flat_map(|one| incoming::bsns(one.identifiers())).peekable();
    if bsns.peek().is_some() {
        return Some(bsns.all(|bsn| bsn == booking.account.bsn.expose()));
    }
    let patient = found.participant.iter().find(|one| reading::is_patient(one))?;
    let reference = fhir::without_history(reading::reference(patient)?);
    let known = booking.xis_patient?;
    Some(reference.rsplit('/').next() == Some(known))
}
