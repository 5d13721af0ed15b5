//! What a XIS's Appointment says, in the words of the rules, keeping the path of what is wrong.

use agenda::{Bsn, CancelWindow, Coding, Content, Participant, UpdateStatus};
use fhir::{Instant, ParticipationStatus, incoming, naming};
use jiff::{Timestamp, tz::TimeZone};
use store::{AppointmentId, Settings};

use super::outcome::Refused;

/// Everything that a PUT of an Appointment says.
pub(crate) struct Read {
    /// The id in the body (A5).
    pub(crate) id: Option<String>,
    pub(crate) status: UpdateStatus,
    pub(crate) content: Content,
    /// Whose it is (A3, A4).
    pub(crate) bsn: Bsn,
    /// Our own identifier, where the XIS gives it back (A11).
    pub(crate) ours: Option<AppointmentId>,
    /// `meta.lastUpdated` (A16).
    pub(crate) last_updated: Option<Timestamp>,
    /// Until when the patient may cancel online, where the XIS says so (B10).
    pub(crate) cancel_window: Option<CancelWindow>,
}

/// Reads an Appointment as this practice wants it read.
///
/// # Errors
/// What is wrong with it and where.
pub(crate) fn appointment(found: &incoming::Appointment, settings: &Settings) -> Result<Read, Refused> {
    let zone = settings.naive_times.then(|| settings.zone());
    let code = found.status.as_deref().ok_or_else(|| required("Appointment.status"))?;
    let status = UpdateStatus::read(code, settings.visit_statuses).ok_or(Refused::Status)?;
    for (index, participant) in found.participant.iter().enumerate() {
        check_participant(index, participant)?;
    }
    Ok(Read {
        id: found.id.clone(),
        status,
        content: content(found, zone.as_ref())?,
        bsn: bsn(found, settings.lenient_bsn)?,
        ours: ours(found),
        last_updated: found
            .meta
            .as_ref()
            .and_then(|meta| meta.last_updated.as_ref())
            .and_then(|instant| instant.resolve(Some(&settings.zone()))),
        cancel_window: cancel_window(found, settings),
    })
}

/// Until when the patient may cancel online, where the XIS says so (B10).
pub(crate) fn cancel_window(found: &incoming::Appointment, settings: &Settings) -> Option<CancelWindow> {
    let editable = found.online_editable()?;
    match (editable.indicator, editable.until) {
        (Some(false), _) => Some(CancelWindow::Closed),
        (_, Some(until)) => until.resolve(Some(&settings.zone())).map(CancelWindow::Until),
        (Some(true), None) => Some(CancelWindow::HoursBefore(0)),
        (None, None) => None,
    }
}

/// When, what and with whom.
///
/// # Errors
/// What is missing, or a time without an offset (D11).
pub(crate) fn content(found: &incoming::Appointment, zone: Option<&TimeZone>) -> Result<Content, Refused> {
    let categories: Vec<Coding> = found.codings().filter_map(coding).collect();
    if categories.is_empty() {
        return Err(required("Appointment.serviceCategory.coding"));
    }
    if found.participant.is_empty() {
        return Err(required("Appointment.participant"));
    }
    Ok(Content {
        start: instant(found.start.as_ref(), zone, "Appointment.start")?,
        end: instant(found.end.as_ref(), zone, "Appointment.end")?,
        categories,
        participants: found.participant.iter().map(participant).collect(),
        comment: found.comment.clone(),
    })
}

fn instant(
    found: Option<&Instant>,
    zone: Option<&TimeZone>,
    path: &'static str,
) -> Result<Timestamp, Refused> {
    found.ok_or_else(|| required(path))?.resolve(zone).ok_or(Refused::NaiveTime(path))
}

fn required(path: impl Into<String>) -> Refused {
    Refused::Required(path.into())
}

/// Everybody who takes part has an actor and a status. The contract also requires a reference and a display of
/// each actor; a patient with a BSN or a room with a name is told apart without, so they may be left out.
fn check_participant(index: usize, found: &incoming::Participant) -> Result<(), Refused> {
    let at = |field| format!("Appointment.participant[{index}].{field}");
    if found.actor.is_none() {
        return Err(required(at("actor")));
    }
    let status = found.status.as_deref().ok_or_else(|| required(at("status")))?;
    match ParticipationStatus::from_code(status) {
        Some(_) => Ok(()),
        None => Err(Refused::ParticipantCode(at("status"))),
    }
}

/// The coding, if it says anything.
pub(crate) fn coding(coding: &incoming::Coding) -> Option<Coding> {
    Some(Coding {
        system: coding.system.clone().unwrap_or_default(),
        code: coding.code.clone()?,
        display: coding.display.clone(),
    })
}

/// A18: only the display is ever shown; the reference tells participants apart.
fn participant(found: &incoming::Participant) -> Participant {
    let actor = found.actor.as_ref();
    Participant {
        reference: reference(found).map(str::to_owned),
        display: actor.and_then(|actor| actor.display.clone()),
        is_patient: is_patient(found),
    }
}

/// A4: the patient is the participant with a BSN, or (in a XIS's answer) with a reference to a Patient.
pub(crate) fn is_patient(found: &incoming::Participant) -> bool {
    incoming::bsns(found.identifiers()).next().is_some()
        || reference(found)
            .is_some_and(|reference| fhir::without_history(reference).rsplit('/').nth(1) == Some("Patient"))
}

/// Whom a participant refers to. Text to compare, never to follow (A18).
pub(crate) fn reference(found: &incoming::Participant) -> Option<&str> {
    found.actor.as_ref()?.reference.as_deref()
}

/// A3, A4: the one BSN among the participants.
fn bsn(found: &incoming::Appointment, lenient: bool) -> Result<Bsn, Refused> {
    let mut all = found.participant.iter().enumerate().flat_map(|(index, participant)| {
        incoming::bsns(participant.identifiers()).map(move |text| (index, text))
    });
    let (index, first) = all.next().ok_or(Refused::NoPatient)?;
    if all.any(|(_, other)| other != first) {
        return Err(Refused::TwoPatients);
    }
    let parsed = if lenient { Bsn::parse_lenient(first) } else { Bsn::parse(first) };
    parsed
        .map_err(|_| Refused::InvalidBsn(format!("Appointment.participant[{index}].actor.identifier.value")))
}

/// A11: our UUID among the identifiers.
fn ours(found: &incoming::Appointment) -> Option<AppointmentId> {
    let uris = found.identifier.iter().filter_map(|identifier| identifier.value_in(naming::URI));
    uris.filter_map(|uri| uri.strip_prefix("urn:uuid:")).find_map(|uuid| uuid.parse().ok())
}
