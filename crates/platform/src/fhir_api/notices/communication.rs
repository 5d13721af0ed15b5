use agenda::{Kind, XisId};
use fhir::{
    CommunicationStatus,
    outgoing::{CodeableConcept, Coding, Communication, Extension, Identifier, Reference},
};
use jiff::Timestamp;
use store::{DeliveryOutcome, Notice, Route, Sending, SendingStanding};

/// What happened, in our own words.
const KINDS: &str = "urn:balie:notice";
/// The ways in which a patient is told.
const ROUTES: &str = "urn:balie:notice-route";
/// Why a patient was not told, or not yet.
const REASONS: &str = "urn:balie:notice-reason";
/// FHIR's own rough kinds.
const CATEGORIES: &str = "http://terminology.hl7.org/CodeSystem/communication-category";
/// FHIR's own ways.
const MODES: &str = "http://terminology.hl7.org/CodeSystem/v3-ParticipationMode";

/// How far one way of telling is.
struct Progress {
    status: CommunicationStatus,
    reason: Option<CodeableConcept>,
    next_at: Option<Timestamp>,
    sent: Option<Timestamp>,
}

/// A notice in each way in which it is told; in none where the patient has no way to be told (D12).
pub(super) fn of(notice: &Notice, sendings: Vec<Sending>, appointment: &XisId) -> Vec<Communication> {
    if sendings.is_empty() {
        return vec![communication(notice, appointment, "none", Vec::new(), no_channel())];
    }
    let mut devices = 0;
    let told = sendings.into_iter().map(|sending| {
        let (name, medium) = match sending.route {
            Route::Mail => ("mail".to_owned(), medium("mail", "EMAILWRIT")),
            Route::Push(_) => {
                devices += 1;
                (format!("push-{devices}"), medium("push", "ELECTRONIC"))
            }
        };
        communication(notice, appointment, &name, vec![medium], progress(sending.standing))
    });
    told.collect()
}

fn communication(
    notice: &Notice,
    appointment: &XisId,
    route: &str,
    medium: Vec<CodeableConcept>,
    progress: Progress,
) -> Communication {
    Communication {
        id: format!("{}-{route}", notice.id),
        extension: progress.next_at.map(Extension::next_attempt).into_iter().collect(),
        identifier: vec![Identifier::uuid(notice.id)],
        status: progress.status,
        status_reason: progress.reason,
        category: vec![category(notice.kind)],
        medium,
        about: vec![Reference::to("Appointment", appointment.as_str())],
        sent: progress.sent,
    }
}

fn progress(standing: SendingStanding) -> Progress {
    let so_far = |status| Progress { status, reason: None, next_at: None, sent: None };
    match standing {
        SendingStanding::Queued { due_at } => {
            Progress { next_at: Some(due_at), ..so_far(CommunicationStatus::Preparation) }
        }
        SendingStanding::Failed { problem, next_at } => Progress {
            reason: Some(reason("tried-again", problem)),
            next_at: Some(next_at),
            ..so_far(CommunicationStatus::InProgress)
        },
        SendingStanding::GivenUp { problem, .. } => {
            Progress { reason: Some(reason("given-up", problem)), ..so_far(CommunicationStatus::NotDone) }
        }
        SendingStanding::Ended { outcome: DeliveryOutcome::Sent, at } => {
            Progress { sent: Some(at), ..so_far(CommunicationStatus::Completed) }
        }
        SendingStanding::Ended { outcome: DeliveryOutcome::Superseded, .. } => Progress {
            reason: Some(reason("superseded", "a later notice told it, or it was no longer true")),
            ..so_far(CommunicationStatus::NotDone)
        },
        SendingStanding::Ended { outcome: DeliveryOutcome::NoChannel, .. } => no_channel(),
    }
}

fn no_channel() -> Progress {
    let why = "there was no way to tell this patient";
    Progress {
        status: CommunicationStatus::NotDone,
        reason: Some(reason("no-channel", why)),
        next_at: None,
        sent: None,
    }
}

fn coding(system: &str, code: &str) -> Coding {
    Coding { system: Some(system.to_owned()), code: code.to_owned(), display: None }
}

fn reason(code: &str, text: impl Into<String>) -> CodeableConcept {
    let text = Some(text.into());
    CodeableConcept { coding: vec![coding(REASONS, code)], text }
}

fn medium(ours: &str, fhirs: &str) -> CodeableConcept {
    CodeableConcept { coding: vec![coding(ROUTES, ours), coding(MODES, fhirs)], text: None }
}

fn category(kind: Kind) -> CodeableConcept {
    let (ours, fhirs) = match kind {
        Kind::New => ("new", "notification"),
        Kind::Confirmed => ("confirmed", "notification"),
        Kind::Declined => ("declined", "notification"),
        Kind::Modified => ("modified", "notification"),
        Kind::PlannedAgain => ("planned-again", "notification"),
        Kind::CancelledByPractice => ("cancelled-by-practice", "notification"),
        Kind::CancelledByPatient => ("cancelled-by-patient", "notification"),
        Kind::Rescheduled => ("rescheduled", "notification"),
        Kind::Reminder => ("reminder", "reminder"),
    };
    CodeableConcept { coding: vec![coding(KINDS, ours), coding(CATEGORIES, fhirs)], text: None }
}
