//! Facts for the tests here. Every word that no mail may hold is a marker that starts with `POISON`.

use agenda::{Appointment, Bsn, Cancellation, Coding, Content, Kind, Participant, Party, State};
use jiff::Timestamp;
use store::{Account, AccountId, AppointmentId, Language, Notice, Practice, Preferences, Settings, Stored};
use uuid::Uuid;

pub(super) const BSN: &str = "999990019";
pub(super) const MAIL_ADDRESS: &str = "jan@patient.example";

pub(super) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// A Monday in May, before every visit here.
pub(super) fn now() -> Timestamp {
    at("2026-05-04T08:00:00Z")
}

/// Day `day` of May at ten past nine, Dutch time.
pub(super) fn may(day: u8) -> Timestamp {
    at(&format!("2026-05-{day:02}T07:10:00Z"))
}

pub(super) fn visit(start: Timestamp) -> Content {
    let participant = |name: &str, is_patient| Participant {
        reference: Some(format!("POISON reference {name}")),
        display: Some(format!("POISON {name}")),
        is_patient,
    };
    let (system, code) = ("POISON system".to_owned(), "POISON code".to_owned());
    Content {
        start,
        end: start + std::time::Duration::from_secs(20 * 60),
        categories: vec![Coding { system, code, display: Some("POISON type".to_owned()) }],
        participants: vec![participant("practitioner", false), participant("patient", true)],
        comment: Some("POISON comment".to_owned()),
    }
}

pub(super) fn cancelled() -> State {
    State::Cancelled { by: Party::Practice, at: now() }
}

pub(super) fn appointment() -> AppointmentId {
    AppointmentId::new(Uuid::from_u128(7))
}

pub(super) fn notice(revision: u32, kind: Kind, before: Option<Content>) -> Notice {
    Notice {
        id: Uuid::from_u128(revision.into()),
        appointment: appointment(),
        revision,
        kind,
        practice: "01000001".parse().unwrap(),
        account: AccountId::new(Uuid::from_u128(1)),
        before,
        created_at: now(),
    }
}

pub(super) fn stored(state: State, content: Content) -> Stored {
    let reason = Some("POISON reason".parse().unwrap());
    let answer = Some("POISON answer".to_owned());
    let cancellation = Some(Cancellation::Sent { at: now(), words: Some("POISON words".parse().unwrap()) });
    Stored {
        id: appointment(),
        practice: "01000001".parse().unwrap(),
        account: Some(AccountId::new(Uuid::from_u128(1))),
        xis_id: Some("POISON-xis".parse().unwrap()),
        appointment: Appointment { content, reason, state, settled: true, answer, cancellation },
        slot: None,
        cancel_window: None,
        news: None,
        unseen: true,
        form: Some("POISON form".to_owned()),
        revision: 9,
        created_at: now(),
        changed_at: now(),
        xis_updated_at: None,
        remind_at: None,
        ties: store::Ties::default(),
        guessed_from: None,
    }
}

pub(super) fn patient(language: Language, detail: u32) -> Account {
    Account {
        id: AccountId::new(Uuid::from_u128(1)),
        bsn: Bsn::parse_lenient(BSN).unwrap(),
        name: "POISON name".to_owned(),
        mail: Some(MAIL_ADDRESS.to_owned()),
        language,
        preferences: Preferences { detail, ..Preferences::default() },
        unsubscribe: "unsubscribe".to_owned(),
    }
}

pub(super) fn practice() -> Practice {
    let settings = Settings {
        phone: Some("030 123 45 67".to_owned()),
        address: Some("Lindelaan 12".to_owned()),
        city: Some("Utrecht".to_owned()),
        accent: Some("#7a2e8e".to_owned()),
        xis_base_url: Some("https://POISON.example".to_owned()),
        ..Settings::default()
    };
    Practice {
        agb: "01000001".parse().unwrap(),
        client: "POISON client".to_owned(),
        name: "Huisartsen De Linde".to_owned(),
        settings,
        returns_identifier: true,
    }
}
