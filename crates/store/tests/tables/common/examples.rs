//! The people and things of the stories.

use agenda::{Agb, Appointment, Bsn, Coding, Content, Participant, State};
use jiff::{SignedDuration, Timestamp};
use store::{AccountId, AppointmentId, Language, NewAccount, Practice, Settings, SlotChoice, Stored};
use uuid::Uuid;

pub(crate) const PRACTICE: &str = "01000001";
pub(crate) const PRACTICE_B: &str = "01000002";
pub(crate) const JAN: &str = "999990019";
pub(crate) const FATIMA: &str = "999990020";

pub(crate) fn now() -> Timestamp {
    "2026-05-12T08:00:00Z".parse().unwrap()
}

pub(crate) fn minutes_later(minutes: i64) -> Timestamp {
    now() + SignedDuration::from_mins(minutes)
}

pub(crate) fn agb(code: &str) -> Agb {
    code.parse().unwrap()
}

pub(crate) fn bsn(digits: &str) -> Bsn {
    Bsn::parse_lenient(digits).unwrap()
}

/// The id of the account of the patient with this BSN.
pub(crate) fn account_id(digits: &str) -> AccountId {
    AccountId::new(Uuid::from_u128(digits.parse().unwrap()))
}

pub(crate) fn appointment_id(number: u128) -> AppointmentId {
    AppointmentId::new(Uuid::from_u128(number))
}

pub(crate) fn practice(code: &str, client: &str, name: &str) -> Practice {
    Practice {
        agb: agb(code),
        client: client.to_owned(),
        name: name.to_owned(),
        settings: Settings::default(),
        returns_identifier: false,
    }
}

pub(crate) fn account<'a>(digits: &str, name: &'a str) -> NewAccount<'a> {
    let bsn = Box::leak(Box::new(bsn(digits)));
    NewAccount {
        id: account_id(digits),
        bsn,
        name,
        mail: Some("patient@example.nl"),
        language: Language::Dutch,
    }
}

pub(crate) fn content() -> Content {
    let participant = |reference: &str, display: &str, is_patient| Participant {
        reference: Some(reference.to_owned()),
        display: Some(display.to_owned()),
        is_patient,
    };
    Content {
        start: minutes_later(1440),
        end: minutes_later(1450),
        categories: vec![Coding {
            system: "urn:types".to_owned(),
            code: "CONSULT".to_owned(),
            display: Some("Consult".to_owned()),
        }],
        participants: vec![
            participant("PractitionerRole/1", "Dokter Jansen", false),
            participant("Patient/1", "J. Jansen", true),
        ],
        comment: Some("Kom nuchter".to_owned()),
    }
}

/// What Jan has asked of the first practice; its form is named after its number.
pub(crate) fn request(number: u128) -> Stored {
    Stored {
        id: appointment_id(number),
        practice: agb(PRACTICE),
        account: Some(account_id(JAN)),
        xis_id: None,
        appointment: Appointment {
            content: content(),
            reason: Some("Pijn in mijn knie".parse().unwrap()),
            state: State::Requested { at: now(), approval: true },
            settled: false,
            answer: None,
            cancellation: None,
        },
        slot: Some(SlotChoice {
            id: "slot-1".to_owned(),
            schedule: "schedule-1".to_owned(),
            agenda: "Dokter Jansen".to_owned(),
            anyone: true,
            actor: Some("PractitionerRole/1".to_owned()),
            actor_display: Some("Dokter Jansen".to_owned()),
            start: minutes_later(1440),
            end: minutes_later(1450),
        }),
        cancel_window: None,
        news: None,
        unseen: false,
        form: Some(format!("form-{number}")),
        revision: 1,
        created_at: now(),
        changed_at: now(),
        xis_updated_at: None,
        remind_at: None,
        ties: store::Ties::default(),
        guessed_from: None,
    }
}

/// What the first practice has booked for Jan, under this id of its XIS.
pub(crate) fn booked(number: u128, xis_id: &str) -> Stored {
    let mut stored = request(number);
    stored.xis_id = Some(xis_id.parse().unwrap());
    stored.appointment.state = State::Booked;
    stored.appointment.reason = None;
    (stored.slot, stored.form) = (None, None);
    stored
}
