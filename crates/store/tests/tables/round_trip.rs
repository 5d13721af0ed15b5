//! Whatever an appointment may hold, it comes back the same.

use agenda::{
    Appointment, CancelWindow, Cancellation, Coding, Content, Failure, Kind, Participant, Party, Reason,
    Replacing, State,
};
use jiff::Timestamp;
use proptest::{
    prelude::*,
    sample::select,
    test_runner::{Config, TestRunner},
};
use store::{News, Replaces, SlotChoice, Stored, Ties};
use tokio::runtime::Runtime;

use crate::common::{
    Tables,
    examples::{appointment_id, request},
    postgres, sqlite,
};

fn times() -> impl Strategy<Value = Timestamp> {
    let range = Timestamp::MIN.as_nanosecond()..=Timestamp::MAX.as_nanosecond();
    range.prop_map(|nanosecond| Timestamp::from_nanosecond(nanosecond).unwrap())
}

fn texts() -> impl Strategy<Value = Option<String>> {
    prop::option::of(any::<String>())
}

fn contents() -> impl Strategy<Value = Content> {
    let categories = (any::<String>(), any::<String>(), texts());
    let categories = categories.prop_map(|(system, code, display)| Coding { system, code, display });
    let participants = (texts(), texts(), any::<bool>());
    let participants = participants.prop_map(|(reference, display, is_patient)| Participant {
        reference,
        display,
        is_patient,
    });
    let lists = (prop::collection::vec(categories, 0..3), prop::collection::vec(participants, 0..3));
    (times(), times(), lists, texts()).prop_map(|(start, end, (categories, participants), comment)| Content {
        start,
        end,
        categories,
        participants,
        comment,
    })
}

fn states() -> impl Strategy<Value = State> {
    let failures = select(vec![Failure::SlotGone, Failure::Refused, Failure::NotBooked]);
    prop_oneof![
        (times(), any::<bool>()).prop_map(|(at, approval)| State::Requested { at, approval }),
        (times(), times(), any::<bool>()).prop_map(|(at, since, approval)| State::Unknown {
            at,
            since,
            approval
        }),
        select(vec![State::Pending, State::Booked, State::Tombstone]),
        (select(vec![Party::Patient, Party::Practice]), times())
            .prop_map(|(by, at)| State::Cancelled { by, at }),
        times().prop_map(|at| State::Declined { at }),
        (failures, times()).prop_map(|(why, at)| State::Failed { why, at }),
    ]
}

fn reasons() -> impl Strategy<Value = Option<Reason>> {
    prop::option::of("[\\PC\n\t\u{85}\u{2028}]{1,500}".prop_map(|text| text.parse().ok()))
        .prop_map(Option::flatten)
}

fn cancellations() -> impl Strategy<Value = Option<Cancellation>> {
    prop::option::of(prop_oneof![
        (times(), reasons()).prop_map(|(at, words)| Cancellation::Sent { at, words }),
        times().prop_map(|start| Cancellation::Refused { start }),
    ])
}

fn cancel_windows() -> impl Strategy<Value = Option<CancelWindow>> {
    prop::option::of(prop_oneof![
        Just(CancelWindow::Closed),
        any::<u32>().prop_map(CancelWindow::HoursBefore),
        times().prop_map(CancelWindow::Until),
    ])
}

fn appointments() -> impl Strategy<Value = Appointment> {
    let apart = (states(), any::<bool>(), texts(), cancellations());
    (contents(), reasons(), apart).prop_map(|(content, reason, (state, settled, answer, cancellation))| {
        Appointment { content, reason, state, settled, answer, cancellation }
    })
}

fn news() -> impl Strategy<Value = Option<News>> {
    let kinds = select(vec![
        Kind::New,
        Kind::Confirmed,
        Kind::Declined,
        Kind::Modified,
        Kind::PlannedAgain,
        Kind::CancelledByPractice,
        Kind::Rescheduled,
    ]);
    prop::option::of((kinds, prop::option::of(contents())).prop_map(|(kind, before)| News { kind, before }))
}

fn slots() -> impl Strategy<Value = Option<SlotChoice>> {
    let names = (any::<String>(), any::<String>(), any::<String>());
    let slot = (names, any::<bool>(), texts(), texts(), times(), times()).prop_map(
        |((id, schedule, agenda), anyone, actor, actor_display, start, end)| SlotChoice {
            id,
            schedule,
            agenda,
            anyone,
            actor,
            actor_display,
            start,
            end,
        },
    );
    prop::option::of(slot)
}

fn ties() -> impl Strategy<Value = Ties> {
    let id = || prop::option::of((1_u128..9).prop_map(appointment_id));
    let how_far = select(vec![Replacing::Asked, Replacing::Held, Replacing::Over]);
    (how_far, id(), id()).prop_map(|(how_far, gives_way_to, event)| {
        // There is one row: what it replaces can only be itself.
        let replaces = Some(Replaces { old: appointment_id(1), how_far });
        Ties { replaces, gives_way_to, event }
    })
}

fn stored() -> impl Strategy<Value = Stored> {
    let attempts = prop::option::of(appointments().prop_map(Box::new));
    (appointments(), attempts, slots(), cancel_windows(), news(), any::<bool>(), any::<u32>(), ties())
        .prop_map(|(appointment, guessed_from, slot, cancel_window, news, unseen, revision, ties)| Stored {
            appointment,
            slot,
            cancel_window,
            news,
            unseen,
            revision,
            ties,
            guessed_from,
            ..request(1)
        })
}

/// Stores the first, replaces it by the second, and reads each back; leaves nothing behind.
async fn round_trip(tables: &Tables, first: &Stored, second: &Stored) -> [Option<Stored>; 2] {
    let store = &tables.store;
    let (practice, id) = (&first.practice, first.id);
    tables
        .tx(async |tx| {
            store.add_appointment(tx, first).await?;
            let added = store.appointment_of_practice(tx, practice, id).await?;
            store.save_appointment(tx, second).await?;
            let saved = store.appointment_of_practice(tx, practice, id).await?;
            db::sql("delete from appointment").of(format!("practice:{practice}")).execute(tx).await?;
            Ok([added, saved])
        })
        .await
}

fn check(runtime: &Runtime, tables: &Tables) {
    let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::with_cases(200) });
    let outcome = runner.run(&(stored(), stored()), |(first, second)| {
        let [added, saved] = runtime.block_on(round_trip(tables, &first, &second));
        prop_assert_eq!(added, Some(first));
        prop_assert_eq!(saved, Some(second));
        Ok(())
    });
    outcome.unwrap();
}

#[test]
fn any_appointment_comes_back_equal_from_sqlite() {
    let runtime = Runtime::new().unwrap();
    let folder = tempfile::tempdir().unwrap();
    check(&runtime, &runtime.block_on(sqlite(&folder)));
}

#[test]
fn any_appointment_comes_back_equal_from_postgresql() {
    let runtime = Runtime::new().unwrap();
    check(&runtime, &runtime.block_on(postgres()));
}
