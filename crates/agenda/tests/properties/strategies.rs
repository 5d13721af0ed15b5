//! Contents, updates and events to draw from: few enough values that the same ones meet again.

use agenda::{Answer, Coding, Content, Decision, Participant, Update, UpdateStatus};
use jiff::{SignedDuration, Timestamp};
use proptest::{prelude::*, sample::select};

pub(crate) const REASON: &str = "Ik heb één vraag";

/// What can happen to an appointment.
#[derive(Debug, Clone)]
pub(crate) enum Event {
    Answered(Answer),
    Update(Update),
    Responded(Decision, Option<String>),
    AsksToCancel,
    CancelAgreed,
    CancelRefused,
}

pub(crate) fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// The time at which each sequence of events begins.
pub(crate) fn beginning() -> Timestamp {
    time("2026-04-06T08:00:00Z")
}

fn comments() -> impl Strategy<Value = Option<String>> {
    let texts = [None, Some(""), Some("Kom nuchter"), Some("Neem uw pasje mee"), Some(REASON)];
    select(texts.to_vec()).prop_map(|text| text.map(str::to_owned))
}

fn categories() -> impl Strategy<Value = Vec<Coding>> {
    let coding = (select(vec!["CONSULT", "VIDEO"]), select(vec![None, Some("Consult"), Some("Gesprek")]));
    let coding = coding.prop_map(|(code, display)| Coding {
        system: "urn:types".to_owned(),
        code: code.to_owned(),
        display: display.map(str::to_owned),
    });
    prop::collection::vec(coding, 1..3)
}

fn participants() -> impl Strategy<Value = Vec<Participant>> {
    let names = select(vec![None, Some("Dokter Jansen"), Some("Dokter Zoë")]);
    let references = select(vec![None, Some("PractitionerRole/1"), Some("PractitionerRole/2")]);
    let participant = (references, names, any::<bool>());
    let participant = participant.prop_map(|(reference, display, is_patient)| Participant {
        reference: reference.map(str::to_owned),
        display: display.map(str::to_owned),
        is_patient,
    });
    prop::collection::vec(participant, 0..3)
}

/// A visit on one of three days; the first of them is over before a sequence of events is.
pub(crate) fn contents() -> impl Strategy<Value = Content> {
    let starts = ["2026-04-07T08:00:00Z", "2026-04-10T09:00:00Z", "2026-04-17T13:30:00Z"];
    let times = (select(starts.to_vec()), 1_i64..3);
    (times, categories(), participants(), comments()).prop_map(
        |((start, length), categories, participants, comment)| {
            let start = time(start);
            let end = start + SignedDuration::from_mins(10 * length);
            Content { start, end, categories, participants, comment }
        },
    )
}

pub(crate) fn updates() -> impl Strategy<Value = Update> {
    let statuses =
        vec![UpdateStatus::Booked, UpdateStatus::Booked, UpdateStatus::Cancelled, UpdateStatus::Silent];
    (select(statuses), contents()).prop_map(|(status, content)| Update { status, content })
}

fn answers() -> impl Strategy<Value = Answer> {
    prop_oneof![
        prop::option::of(contents()).prop_map(Answer::Approved),
        prop::option::of(contents()).prop_map(Answer::Pending),
        select(vec![Answer::SlotGone, Answer::Refused, Answer::Unknown, Answer::NotBooked]),
    ]
}

pub(crate) fn events() -> impl Strategy<Value = Event> {
    let decisions = select(vec![Decision::Accepted, Decision::Declined]);
    prop_oneof![
        3 => updates().prop_map(Event::Update),
        2 => answers().prop_map(Event::Answered),
        2 => (decisions, comments()).prop_map(|(decision, comment)| Event::Responded(decision, comment)),
        2 => select(vec![Event::AsksToCancel, Event::CancelAgreed, Event::CancelRefused]),
    ]
}

/// Events, each some minutes after the one before.
pub(crate) fn histories() -> impl Strategy<Value = Vec<(SignedDuration, Event)>> {
    let pause = select(vec![0, 1, 14, 16, 600, 3_000]).prop_map(SignedDuration::from_mins);
    prop::collection::vec((pause, events()), 1..12)
}
