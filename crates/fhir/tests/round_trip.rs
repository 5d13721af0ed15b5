//! What goes out, read back, tells the same facts.

use fhir::incoming::{self, bsns};
use fhir::outgoing::{Appointment, Coding, Identifier, Meta, Participant, Reference, Resource};
use fhir::{AppointmentStatus, Instant, ParticipationStatus, parse};
use jiff::Timestamp;
use proptest::prelude::*;

/// Any text with something to read in it.
fn text() -> impl Strategy<Value = String> {
    any::<String>().prop_filter("a text of FHIR is not blank", |text| !text.trim().is_empty())
}

fn moment() -> impl Strategy<Value = Timestamp> {
    (0_i64..4_102_444_800, 0_i32..1_000_000_000)
        .prop_map(|(second, nano)| Timestamp::new(second, nano).expect("before 2100"))
}

fn participant() -> impl Strategy<Value = Participant> {
    let status = prop::sample::select(ParticipationStatus::ALL);
    let actor = (prop::option::of(text()), prop::option::of(text()))
        .prop_filter_map("somebody", |(reference, display)| Reference::named(reference, display));
    let practitioner = (actor, status).prop_map(|(actor, status)| Participant::practitioner(actor, status));
    let patient = ("[A-Za-z0-9.-]{1,64}", text(), "[0-9]{9}")
        .prop_map(|(id, display, bsn)| Participant::patient(&id, display, bsn));
    prop_oneof![practitioner, patient]
}

fn coding() -> impl Strategy<Value = Coding> {
    (prop::option::of(text()), text(), prop::option::of(text())).prop_map(|(system, code, display)| Coding {
        system,
        code,
        display,
    })
}

fn appointment() -> impl Strategy<Value = Appointment> {
    let about = (text(), prop::option::of((text(), moment())), prop::sample::select(AppointmentStatus::ALL));
    let when = (moment(), moment(), prop::option::of(text()));
    let lists = (
        prop::collection::vec(coding(), 0..3),
        prop::collection::vec(participant(), 1..4),
        prop::collection::vec("[A-Za-z0-9.-]{1,64}", 0..3),
        prop::collection::vec(text(), 0..2),
    );
    (about, when, lists).prop_map(
        |((id, meta, status), (start, end, comment), (codings, participant, slots, uuids))| Appointment {
            id,
            meta: meta.map(|(version_id, last_updated)| Meta { version_id, last_updated }),
            identifier: uuids.into_iter().map(Identifier::uuid).collect(),
            status,
            service_category: codings.into_iter().map(Into::into).collect(),
            start,
            end,
            slot: slots.iter().map(|id| Reference::to("Slot", id)).collect(),
            comment,
            participant,
        },
    )
}

fn same_participant(sent: &Participant, read: &incoming::Participant) {
    let actor = read.actor.clone().unwrap_or_default();
    assert_eq!(actor.reference, sent.actor.reference);
    assert_eq!(actor.display, sent.actor.display);
    let bsn = sent.actor.identifier.iter().map(|identifier| identifier.value.as_str());
    assert!(bsns(read.identifiers()).eq(bsn));
    assert_eq!(read.required(), sent.required.map(fhir::ParticipantRequired::code));
    assert_eq!(read.status.as_deref(), Some(sent.status.code()));
}

proptest! {
    #[test]
    fn an_appointment_sent_and_read_tells_the_same_facts(sent in appointment()) {
        let read: incoming::Appointment = parse(&sent.to_json()).unwrap();
        prop_assert_eq!(read.id.as_ref(), Some(&sent.id));
        prop_assert_eq!(read.status.as_deref().and_then(AppointmentStatus::from_code), Some(sent.status));
        prop_assert_eq!(read.start, Some(Instant::Zoned(sent.start)));
        prop_assert_eq!(read.end, Some(Instant::Zoned(sent.end)));
        prop_assert_eq!(&read.comment, &sent.comment);
        let meta = read.meta.clone().map(|meta| (meta.version_id.unwrap(), meta.last_updated.unwrap()));
        let sent_meta = sent.meta.clone().map(|meta| (meta.version_id, Instant::Zoned(meta.last_updated)));
        prop_assert_eq!(meta, sent_meta);
        let codings = read.codings().map(|coding| (coding.system.clone(), coding.code.clone().unwrap(), coding.display.clone()));
        let sent_codings = sent.service_category.iter().flat_map(|category| &category.coding);
        prop_assert!(codings.eq(sent_codings.map(|coding| (coding.system.clone(), coding.code.clone(), coding.display.clone()))));
        let identifiers = read.identifier.iter().map(|identifier| identifier.value.as_deref().unwrap());
        prop_assert!(identifiers.eq(sent.identifier.iter().map(|identifier| identifier.value.as_str())));
        let slots = read.slot.iter().map(|slot| slot.reference.clone());
        prop_assert!(slots.eq(sent.slot.iter().map(|slot| slot.reference.clone())));
        prop_assert_eq!(read.participant.len(), sent.participant.len());
        for (sent, read) in sent.participant.iter().zip(&read.participant) {
            same_participant(sent, read);
        }
    }

    #[test]
    fn no_bytes_make_reading_panic(body in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = parse::<incoming::Appointment>(&body);
        let _ = incoming::Bundle::<incoming::Slot>::parse(&body);
    }

    #[test]
    fn a_time_reads_back_whatever_its_fraction(moment in moment()) {
        prop_assert_eq!(Instant::read(&moment.to_string()), Some(Instant::Zoned(moment)));
    }
}
