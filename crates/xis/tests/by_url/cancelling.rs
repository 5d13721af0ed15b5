//! POST of an AppointmentResponse: a patient cancels.

use serde_json::{Value, json};

use crate::common::{APPROVING, Answer, Bench, FATIMA, JAN, PLAIN, benches, patient_id};

const BSN: &str = "http://fhir.nl/fhir/NamingSystem/bsn";

async fn booked(bench: &Bench, practice: &str) -> (String, Value) {
    let slot = bench.free_slots(practice, "consult").await.remove(0);
    let booked = bench.book(practice, JAN, &slot).send().await.expect(201).json();
    (booked["id"].as_str().unwrap().to_owned(), slot)
}

fn declined(id: &str, actor: &Value) -> Value {
    json!({
        "resourceType": "AppointmentResponse", "participantStatus": "declined", "comment": "Ik kan toch niet.",
        "appointment": { "reference": format!("Appointment/{id}") }, "actor": actor,
    })
}

fn number(bsn: &str) -> Value {
    json!({ "system": BSN, "value": bsn })
}

async fn send(bench: &Bench, practice: &str, bsn: &str, body: &Value) -> Answer {
    bench.fhir("POST", "AppointmentResponse").practice(practice).patient(bsn).json(body).send().await
}

#[tokio::test]
async fn b1_b3_a_patient_cancels_in_every_form_and_the_time_is_free_again() {
    for bench in benches().await {
        for (practice, actor) in [
            (PLAIN, json!({ "reference": { "identifier": [number(JAN)] } })),
            (PLAIN, json!({ "identifier": number(JAN) })),
            (APPROVING, json!({ "reference": format!("Patient/{}", patient_id(APPROVING, JAN)) })),
        ] {
            let (id, slot) = booked(&bench, practice).await;
            let mut body = declined(&id, &actor);
            body.as_object_mut().unwrap().remove("resourceType");
            send(&bench, practice, JAN, &body).await.expect(201);
            let cancelled = bench.appointment(practice, JAN, &id).await;
            assert_eq!(
                (&cancelled["status"], &cancelled["meta"]["versionId"]),
                (&"cancelled".into(), &"2".into())
            );
            assert!(bench.free_slots(practice, "consult").await.contains(&slot));
        }
    }
}

#[tokio::test]
async fn b5_cancelling_again_changes_nothing() {
    for bench in benches().await {
        let (id, _) = booked(&bench, PLAIN).await;
        let body = declined(&id, &json!({ "reference": { "identifier": [number(JAN)] } }));
        send(&bench, PLAIN, JAN, &body).await.expect(201);
        send(&bench, PLAIN, JAN, &body).await.expect(201);
        assert_eq!(bench.appointment(PLAIN, JAN, &id).await["meta"]["versionId"], "2");
    }
}

#[tokio::test]
async fn b2_only_its_own_patient_cancels_an_appointment() {
    for bench in benches().await {
        let (id, _) = booked(&bench, PLAIN).await;
        let by = |bsn: &str| declined(&id, &json!({ "reference": { "identifier": [number(bsn)] } }));
        send(&bench, PLAIN, FATIMA, &by(FATIMA)).await.expect_problem(404, "NO_SUCH_APPOINTMENT");
        send(&bench, PLAIN, JAN, &by(FATIMA)).await.expect_problem(422, "NOT_POSSIBLE");
        let platform = |body: Value| bench.fhir("POST", "AppointmentResponse").platform().json(&body).send();
        platform(by(FATIMA)).await.expect_problem(422, "NOT_POSSIBLE");
        platform(declined(&id, &json!({}))).await.expect_problem(422, "NOT_POSSIBLE");
        assert_eq!(bench.appointment(PLAIN, JAN, &id).await["status"], "booked");
        platform(by(JAN)).await.expect(201);
        assert_eq!(bench.appointment(PLAIN, JAN, &id).await["status"], "cancelled");
    }
}

#[tokio::test]
async fn what_cannot_be_cancelled_is_said_so() {
    for bench in benches().await {
        let (id, _) = booked(&bench, PLAIN).await;
        let actor = json!({ "identifier": number(JAN) });
        let mut accepted = declined(&id, &actor);
        accepted["participantStatus"] = "accepted".into();
        send(&bench, PLAIN, JAN, &accepted).await.expect_problem(422, "NOT_POSSIBLE");
        let mut elsewhere = declined(&id, &actor);
        elsewhere["appointment"]["reference"] = "Slot/1".into();
        send(&bench, PLAIN, JAN, &elsewhere).await.expect_problem(400, "INVALID");
        send(&bench, PLAIN, JAN, &declined("none", &actor)).await.expect_problem(404, "NO_SUCH_APPOINTMENT");
        bench.clock.turn(jiff::SignedDuration::from_hours(30));
        send(&bench, PLAIN, JAN, &declined(&id, &actor)).await.expect_problem(409, "PAST");
    }
}
