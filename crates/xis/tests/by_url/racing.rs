//! No double booking, ever: many want one time at once, and one has it.

use std::collections::BTreeMap;

use futures::future::join_all;
use serde_json::{Value, json};

use crate::common::{
    APPROVING, Bench, Call, FATIMA, JAN, MEHMET, NUMBERS, PLAIN, appointment, benches, place,
};

const RIVALS: usize = 50;

/// Sends all at once; how often each status came back.
async fn race(calls: Vec<Call<'_>>) -> BTreeMap<u16, usize> {
    let mut counts = BTreeMap::new();
    for answer in join_all(calls.into_iter().map(Call::send)).await {
        *counts.entry(answer.status.as_u16()).or_default() += 1;
    }
    counts
}

/// The rivals' patients, in turns.
fn patient(number: usize) -> &'static str {
    if number.is_multiple_of(2) { JAN } else { FATIMA }
}

/// How many appointments stand at this place in the agenda.
async fn held(bench: &Bench, slot: &Value) -> usize {
    let (schedule, date, time) = place(slot);
    let page = bench.page("GET", &format!("/01000001/{schedule}/{date}")).send().await.expect(200);
    page.text.matches(&format!("<span>{time}–")).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_patients_want_one_slot() {
    for bench in benches().await {
        for slot in bench.free_slots(PLAIN, "consult").await.iter().take(3) {
            let calls = (0..RIVALS).map(|number| bench.book(PLAIN, patient(number), slot)).collect();
            let expected = BTreeMap::from([(201, 1), (409, RIVALS - 1)]);
            assert_eq!(race(calls).await, expected, "{}", bench.database);
            assert_eq!(held(&bench, slot).await, 1);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_patients_want_two_slots_of_different_length_that_overlap() {
    for bench in benches().await {
        let singles = bench.free_slots(PLAIN, "consult").await;
        let doubles = bench.free_slots(PLAIN, "dubbel").await;
        // The single is the first half of one double, the second half of another.
        for (at, half) in [("start", 0), ("end", 1), ("start", 2)] {
            let pairs = doubles.iter().filter_map(|double| {
                let fits =
                    |single: &&Value| single["schedule"] == double["schedule"] && single[at] == double[at];
                singles.iter().find(fits).map(|single| (single, double))
            });
            let (single, double) = pairs.into_iter().nth(half * 4).unwrap();
            let wish = |number| {
                bench.book(PLAIN, patient(number), if number < RIVALS / 2 { single } else { double })
            };
            let counts = race((0..RIVALS).map(wish).collect()).await;
            assert_eq!(counts, BTreeMap::from([(201, 1), (409, RIVALS - 1)]), "{}", bench.database);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn patients_and_practitioners_who_create_and_move_want_one_time() {
    for bench in benches().await {
        let slots = bench.free_slots(PLAIN, "consult").await;
        let wanted = slots.iter().find(|slot| place(slot).1 == "2026-05-12").unwrap();
        let (schedule, date, time) = place(wanted);
        let mut elsewhere = Vec::new();
        for hour in 9..19 {
            elsewhere
                .push(bench.planned(MEHMET, "01000001-jansen", "2026-05-16", &format!("{hour:02}:00")).await);
        }
        let mut calls: Vec<Call<'_>> =
            elsewhere.iter().map(|at| bench.move_to(at, &schedule, &date, &time)).collect();
        calls.extend((0..10).map(|_| bench.plan(MEHMET, &schedule, &date, &time)));
        calls.extend((0..RIVALS).map(|number| bench.book(PLAIN, patient(number), wanted)));
        // Whoever is first in line is no sure winner.
        calls.rotate_left(15);
        let rivals = calls.len();
        let counts = race(calls).await;
        let winners = counts.get(&201).unwrap_or(&0) + counts.get(&303).unwrap_or(&0);
        assert_eq!((winners, counts.get(&409)), (1, Some(&(rivals - 1))), "{}: {counts:?}", bench.database);
        assert_eq!(held(&bench, wanted).await, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_appointments_that_change_places_meet_no_deadlock() {
    for bench in benches().await {
        let (jansen, vries) = ("01000001-jansen", "01000001-de-vries");
        let one = bench.planned(MEHMET, jansen, "2026-05-13", "18:00").await;
        let other = bench.planned(MEHMET, vries, "2026-05-13", "18:00").await;
        for round in 0..5 {
            let (to_one, to_other) = if round % 2 == 0 { (vries, jansen) } else { (jansen, vries) };
            let times = ["18:00", "18:05", "18:10"];
            let calls = times.iter().flat_map(|time| {
                [
                    bench.move_to(&one, to_one, "2026-05-13", time),
                    bench.move_to(&other, to_other, "2026-05-13", time),
                ]
            });
            let counts = race(calls.collect()).await;
            assert!(
                counts.keys().all(|status| [303, 409].contains(status)),
                "{}: {counts:?}",
                bench.database
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn c1_one_number_sent_many_times_at_once_is_one_appointment() {
    for bench in benches().await {
        let slot = &bench.free_slots(PLAIN, "consult").await[0];
        let mut body = appointment(PLAIN, JAN, slot);
        body["identifier"] = json!([{ "system": NUMBERS, "value": "same" }]);
        let calls = (0..RIVALS).map(|_| bench.fhir("POST", "Appointment").patient(JAN).json(&body));
        let answers = join_all(calls.map(Call::send)).await;
        let created = answers.iter().filter(|answer| answer.status == 201).count();
        assert_eq!(created, 1, "{}", bench.database);
        let first = answers[0].json()["id"].clone();
        assert!(answers.iter().all(|answer| answer.status.is_success() && answer.json()["id"] == first));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_practitioners_who_answer_one_request_at_once_give_one_answer() {
    for bench in benches().await {
        let (address, id) = bench.requested(JAN).await;
        let calls = (0..RIVALS).map(|number| {
            let word = if number.is_multiple_of(2) { "approve" } else { "decline" };
            bench.page("POST", &format!("{address}/{word}")).form(&[("reason", "")])
        });
        let counts = race(calls.collect()).await;
        assert_eq!(counts, BTreeMap::from([(303, 1), (409, RIVALS - 1)]), "{}", bench.database);
        bench.xis.tell_now().await.unwrap();
        let [told] = bench.platform.heard().try_into().unwrap();
        let status = bench.appointment(APPROVING, JAN, &id).await["status"].clone();
        let is_accepted = told.body["participantStatus"] == "accepted";
        assert_eq!(status, if is_accepted { "booked" } else { "cancelled" }, "{}", bench.database);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_patient_who_cancels_while_a_practitioner_approves_is_cancelled() {
    for bench in benches().await {
        let (address, id) = bench.requested(JAN).await;
        let body = json!({
            "resourceType": "AppointmentResponse", "participantStatus": "declined", "comment": "Beter.",
            "appointment": { "reference": format!("Appointment/{id}") },
            "actor": { "identifier": { "system": "http://fhir.nl/fhir/NamingSystem/bsn", "value": JAN } },
        });
        let cancels = bench.fhir("POST", "AppointmentResponse").practice(APPROVING).patient(JAN).json(&body);
        let approves = bench.page("POST", &format!("{address}/approve")).form(&[]);
        let (cancelled, approved) = tokio::join!(cancels.send(), approves.send());
        cancelled.expect(201);
        assert!([303, 409].contains(&approved.status.as_u16()), "{}", approved.text);
        assert_eq!(bench.appointment(APPROVING, JAN, &id).await["status"], "cancelled");
        // An approval that came first, and was undone, is not told (A9).
        bench.xis.tell_now().await.unwrap();
        assert!(bench.platform.heard().is_empty(), "{:?}", bench.platform.heard());
    }
}
