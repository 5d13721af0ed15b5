//! POST and GET of an Appointment.

use serde_json::{Value, json};

use crate::common::{APPROVING, Bench, Call, FATIMA, JAN, NUMBERS, PLAIN, appointment, benches, patient_id};

#[tokio::test]
async fn c3_without_approval_a_patient_has_the_time_at_once() {
    for bench in benches().await {
        let slot = &bench.free_slots(PLAIN, "consult").await[0];
        let answer = bench.book(PLAIN, JAN, slot).send().await.expect(201);
        let booked = answer.json();
        let id = booked["id"].as_str().unwrap();
        assert_eq!(answer.header("location"), format!("{}/fhir/r4/Appointment/{id}", bench.base));
        assert_eq!(answer.header("etag"), r#"W/"1""#);
        assert_eq!(
            (&booked["status"], &booked["start"], &booked["end"]),
            (&"booked".into(), &slot["start"], &slot["end"])
        );
        assert_eq!(booked["comment"], "Al een week last van mijn knie.");
        assert_eq!(
            booked["participant"][0]["actor"]["reference"],
            format!("Patient/{}", patient_id(PLAIN, JAN))
        );
        assert_eq!(booked["participant"][0]["status"], "accepted");
        assert_eq!(booked["participant"][1]["actor"], slot["extension"][0]["valueReference"]);
        assert_eq!(
            (&booked["participant"][1]["status"], &booked["participant"][1]["required"]),
            (&"accepted".into(), &"required".into())
        );
        let left = bench.free_slots(PLAIN, "consult").await;
        assert!(!left.iter().any(|left| left["id"] == slot["id"]));
        assert_eq!(bench.appointment(PLAIN, JAN, id).await, booked);
    }
}

#[tokio::test]
async fn c3_with_approval_a_request_is_pending_and_holds_its_time() {
    for bench in benches().await {
        let slot = &bench.free_slots(APPROVING, "consult").await[0];
        let asked = bench.book(APPROVING, JAN, slot).send().await.expect(201).json();
        assert_eq!(
            (&asked["status"], &asked["participant"][1]["status"]),
            (&"proposed".into(), &"needs-action".into())
        );
        bench.book(APPROVING, FATIMA, slot).send().await.expect_problem(409, "TIME_TAKEN");
    }
}

#[tokio::test]
async fn a_taken_slot_is_a_conflict() {
    for bench in benches().await {
        let (short, long) = overlapping(&bench).await;
        bench.book(PLAIN, JAN, &short).send().await.expect(201);
        for slot in [&short, &long] {
            let outcome = bench.book(PLAIN, FATIMA, slot).send().await.expect_problem(409, "TIME_TAKEN");
            assert_eq!(
                (&outcome["issue"][0]["code"], &outcome["issue"][0]["expression"]),
                (&"conflict".into(), &json!(["Appointment.slot"]))
            );
        }
    }
}

/// A free single and a free double consult of one agenda that share their first ten minutes.
async fn overlapping(bench: &Bench) -> (Value, Value) {
    let singles = bench.free_slots(PLAIN, "consult").await;
    let doubles = bench.free_slots(PLAIN, "dubbel").await;
    let pairs = singles.iter().flat_map(|single| doubles.iter().map(move |double| (single, double)));
    let (single, double) = pairs
        .into_iter()
        .find(|(single, double)| {
            single["schedule"] == double["schedule"] && single["start"] == double["start"]
        })
        .unwrap();
    (single.clone(), double.clone())
}

#[tokio::test]
async fn c1_a_platform_that_names_no_slot_is_understood_by_time_and_practitioner() {
    for bench in benches().await {
        let slot = &bench.free_slots(PLAIN, "consult").await[0];
        let mut body = appointment(PLAIN, JAN, slot);
        body.as_object_mut().unwrap().remove("slot");
        let post = |body: &Value| bench.fhir("POST", "Appointment").patient(JAN).json(body);
        let mut nobody = body.clone();
        nobody["participant"].as_array_mut().unwrap().pop();
        post(&nobody).send().await.expect_problem(409, "NOT_OFFERED");
        let mut odd = body.clone();
        odd["end"] = "2026-05-11T18:03:00+02:00".into();
        post(&odd).send().await.expect_problem(409, "NOT_OFFERED");
        post(&body).send().await.expect(201);
        post(&body).send().await.expect_problem(409, "TIME_TAKEN");
    }
}

#[tokio::test]
async fn c1_a_number_never_books_twice() {
    for bench in benches().await {
        let slots = bench.free_slots(PLAIN, "consult").await;
        let body = |bsn: &str, slot: &Value| {
            let mut body = appointment(PLAIN, bsn, slot);
            body["identifier"] = json!([{ "system": NUMBERS, "value": "7" }]);
            body
        };
        let post =
            |bsn: &str, slot: &Value| bench.fhir("POST", "Appointment").patient(bsn).json(&body(bsn, slot));
        let condition = format!("identifier={NUMBERS}|7");
        let first = post(JAN, &slots[0]).header("if-none-exist", &condition).send().await.expect(201).json();
        assert_eq!(first["identifier"], json!([{ "system": NUMBERS, "value": "7" }]));
        let again = post(JAN, &slots[0]).header("if-none-exist", &condition).send().await.expect(200).json();
        assert_eq!(again, first);
        assert_eq!(
            post(JAN, &slots[0]).send().await.expect(200).json()["id"],
            first["id"],
            "without the header too"
        );
        assert_eq!(post(JAN, &slots[1]).send().await.expect(200).json()["id"], first["id"]);
        post(FATIMA, &slots[1]).send().await.expect_problem(422, "IDENTIFIER_IN_USE");
        for condition in ["identifier=urn:other|7", "status=booked", "identifier"] {
            post(JAN, &slots[1])
                .header("if-none-exist", condition)
                .send()
                .await
                .expect_problem(400, "INVALID");
        }
        let found = bench
            .fhir("GET", &format!("Appointment?identifier={NUMBERS}|7"))
            .platform()
            .send()
            .await
            .resources();
        assert_eq!(found, [first]);
    }
}

/// ASVS: 8.2.2, 10.3.3
#[tokio::test]
async fn a_token_books_for_its_own_patient_only() {
    for bench in benches().await {
        let slot = &bench.free_slots(PLAIN, "consult").await[0];
        let refused = async |call: Call<'_>, body: &Value| call.json(body).send().await;
        let post = || bench.fhir("POST", "Appointment");
        let jans = appointment(PLAIN, JAN, slot);
        refused(post().patient(FATIMA), &jans).await.expect_problem(403, "NOT_THIS_PATIENT");
        refused(post().platform(), &jans).await.expect_problem(403, "NOT_THIS_PATIENT");
        refused(post().patient("999990044"), &jans).await.expect_problem(403, "NOT_THIS_PATIENT");
        let mut nobodys = jans.clone();
        nobodys["participant"].as_array_mut().unwrap().remove(0);
        refused(post().patient(JAN), &nobodys).await.expect_problem(403, "NOT_THIS_PATIENT");
        let mut mixed = jans.clone();
        mixed["participant"][0]["actor"]["identifier"] =
            json!({ "system": "http://fhir.nl/fhir/NamingSystem/bsn", "value": FATIMA });
        refused(post().patient(JAN), &mixed).await.expect_problem(403, "NOT_THIS_PATIENT");
        let mut by_number = jans;
        by_number["participant"][0]["actor"] =
            json!({ "identifier": { "system": "http://fhir.nl/fhir/NamingSystem/bsn", "value": JAN } });
        refused(post().patient(JAN), &by_number).await.expect(201);
    }
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_where_it_stands() {
    for bench in benches().await {
        let slot = &bench.free_slots(PLAIN, "consult").await[0];
        for (path, value, status, own_code) in [
            ("/status", json!("booked"), 422, "NOT_POSSIBLE"),
            ("/start", json!("2026-05-11T08:00:00"), 400, "UNREADABLE"),
            ("/start", json!("2026-05-11T07:50:00+02:00"), 422, "NOT_POSSIBLE"),
            ("/serviceCategory/0/coding/0/code", json!("dubbel"), 422, "NOT_POSSIBLE"),
            ("/serviceCategory/0/coding/0/system", json!("urn:other"), 422, "NOT_POSSIBLE"),
            ("/slot/0/reference", json!("Schedule/1"), 422, "NOT_POSSIBLE"),
            ("/slot/0/reference", json!("Slot/gone"), 409, "NOT_OFFERED"),
            ("/comment", json!("x".repeat(2001)), 422, "NOT_POSSIBLE"),
            ("/resourceType", json!("Slot"), 400, "INVALID"),
        ] {
            let mut body = appointment(PLAIN, JAN, slot);
            *body.pointer_mut(path).unwrap() = value;
            let refused = bench.fhir("POST", "Appointment").patient(JAN).json(&body).send().await;
            refused.expect_problem(status, own_code);
        }
        bench.clock.turn(jiff::SignedDuration::from_hours(30));
        bench.book(PLAIN, JAN, slot).send().await.expect_problem(409, "PAST");
    }
}

#[tokio::test]
async fn c4_an_appointment_is_found_by_path_id_and_number_by_those_who_may() {
    for bench in benches().await {
        let slot = &bench.free_slots(PLAIN, "consult").await[0];
        let booked = bench.book(PLAIN, JAN, slot).send().await.expect(201).json();
        let id = booked["id"].as_str().unwrap();
        for query in [format!("Appointment?_id={id}"), format!("Appointment?id={id}")] {
            assert_eq!(
                bench.fhir("GET", &query).patient(JAN).send().await.resources(),
                std::slice::from_ref(&booked)
            );
            assert_eq!(
                bench.fhir("GET", &query).platform().send().await.resources(),
                std::slice::from_ref(&booked)
            );
            assert_eq!(bench.fhir("GET", &query).patient(FATIMA).send().await.resources(), [] as [Value; 0]);
        }
        let path = format!("Appointment/{id}");
        bench.fhir("GET", &path).patient(FATIMA).send().await.expect_problem(404, "NO_SUCH_APPOINTMENT");
        bench
            .fhir("GET", "Appointment/none")
            .patient(JAN)
            .send()
            .await
            .expect_problem(404, "NO_SUCH_APPOINTMENT");
        bench.fhir("GET", "Appointment").patient(JAN).send().await.expect_problem(400, "INVALID");
    }
}
