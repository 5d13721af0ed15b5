//! `POST /AppointmentResponse`: the practice answers a request.

use agenda::{Kind, State};
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Answer, FATIMA, JAN, Kit, Reply, ScriptedXis, appointment, response};

use crate::steps;

/// Practice 2, which approves requests.
const TWO: &str = "01000002";

/// Books as Jan with practice 2, whose system then knows the request as `x1`.
async fn requested(kit: &Kit) -> ScriptedXis {
    let xis = kit.xis_of(TWO).await;
    xis.answers(Reply::Proposed("x1"));
    steps::book(&kit.browser(JAN).await, TWO).await;
    assert_eq!(kit.appointment(JAN).await.appointment.state, State::Pending);
    xis
}

fn by_bsn(status: &str, bsn: &str) -> Value {
    let mut body = response("x1", status, "");
    body["actor"]["reference"]["identifier"] =
        json!([{ "system": "http://fhir.nl/fhir/NamingSystem/bsn", "value": bsn }]);
    body
}

#[tokio::test]
async fn b1_the_actor_is_read_in_the_contracts_form_and_in_fhirs() {
    let contract = json!({ "reference": { "identifier": [{ "system": "urn:agb", "value": "01234567" }] } });
    let fhir =
        json!({ "reference": "Practitioner/7", "identifier": { "system": "urn:agb", "value": "01234567" } });
    for kit in Kit::on_both().await {
        requested(&kit).await;
        for actor in [&contract, &fhir] {
            let mut body = response("x1", "accepted", "");
            body["actor"] = actor.clone();
            assert_eq!(kit.respond(TWO, &body).await.status, 201, "{actor}");
        }
        let mut nobody = response("x1", "accepted", "");
        nobody["actor"] = json!({});
        let answer = kit.respond(TWO, &nobody).await;
        assert_eq!(answer.refusal(), (400, "REQUIRED".to_owned()));
        assert_eq!(answer.expression(), "AppointmentResponse.actor.reference");
    }
}

#[tokio::test]
async fn b2_a_bsn_must_be_that_of_the_appointments_patient() {
    for kit in Kit::on_both().await {
        requested(&kit).await;
        let others = kit.respond(TWO, &by_bsn("accepted", FATIMA.bsn)).await;
        assert_eq!(others.refusal(), (422, "NOT_THE_PATIENT".to_owned()));
        assert_eq!(kit.respond(TWO, &by_bsn("accepted", "123456789")).await.refusal().1, "INVALID_BSN");
        let mut two = by_bsn("accepted", JAN.bsn);
        let another = by_bsn("accepted", FATIMA.bsn)["actor"]["reference"]["identifier"][0].clone();
        two["actor"]["reference"]["identifier"].as_array_mut().unwrap().push(another);
        assert_eq!(kit.respond(TWO, &two).await.refusal(), (422, "NOT_THE_PATIENT".to_owned()));
        assert_eq!(kit.appointment(JAN).await.appointment.state, State::Pending);
        assert_eq!(kit.respond(TWO, &by_bsn("accepted", JAN.bsn)).await.status, 201);
        assert_eq!(kit.appointment(JAN).await.appointment.state, State::Booked);
    }
}

#[tokio::test]
async fn b3_the_resource_type_may_be_left_out_but_not_be_another() {
    for kit in Kit::on_both().await {
        requested(&kit).await;
        let mut body = response("x1", "accepted", "");
        body["resourceType"] = json!("Appointment");
        assert_eq!(kit.respond(TWO, &body).await.status, 400);
        body.as_object_mut().unwrap().remove("resourceType");
        assert_eq!(kit.respond(TWO, &body).await.status, 201);
    }
}

#[tokio::test]
async fn b5_an_answer_to_something_unknown_is_404() {
    for kit in Kit::on_both().await {
        let mut cancelled = appointment("gone", JAN);
        cancelled["status"] = json!("cancelled");
        kit.put(TWO, "gone", &cancelled).await;
        for id in ["x1", "gone"] {
            let answer = kit.respond(TWO, &response(id, "accepted", "")).await;
            assert_eq!(answer.refusal(), (404, "APPOINTMENT_NOT_FOUND".to_owned()), "{id}");
            assert_eq!(answer.expression(), "AppointmentResponse.appointment.reference");
        }
    }
}

#[tokio::test]
async fn b5_the_same_answer_again_changes_nothing() {
    for kit in Kit::on_both().await {
        requested(&kit).await;
        let (xis, before) = (kit.caller().await, kit.rows().await);
        for _ in 0..2 {
            assert_eq!(xis.respond(TWO, &response("x1", "accepted", "Tot dan")).await.status, 201);
        }
        assert_eq!(kit.grown(&before).await, [("audit", 2), ("delivery", 1), ("notice", 1), ("outbox", 1)]);
    }
}

#[tokio::test]
async fn b5_accepted_after_the_end_is_a_conflict() {
    for kit in Kit::on_both().await {
        requested(&kit).await;
        kit.respond(TWO, &response("x1", "declined", "")).await;
        let answer = kit.respond(TWO, &response("x1", "accepted", "")).await;
        assert_eq!(answer.refusal(), (409, "ALREADY_DECLINED".to_owned()));
        kit.put(TWO, "x2", &appointment("x2", FATIMA)).await;
        kit.cancel_by_patient(kit.appointment(FATIMA).await).await;
        let answer = kit.respond(TWO, &response("x2", "accepted", "")).await;
        assert_eq!(answer.refusal(), (409, "ALREADY_CANCELLED".to_owned()));
        assert_eq!(answer.expression(), "AppointmentResponse.participantStatus");
    }
}

#[tokio::test]
async fn b5_declined_after_accepted_is_a_cancellation_by_the_practice() {
    for kit in Kit::on_both().await {
        requested(&kit).await;
        kit.respond(TWO, &response("x1", "accepted", "")).await;
        assert_eq!(kit.respond(TWO, &response("x1", "declined", "De dokter is ziek")).await.status, 201);
        let stored = kit.appointment(JAN).await;
        assert!(matches!(stored.appointment.state, State::Cancelled { by: agenda::Party::Practice, .. }));
        assert_eq!(stored.news.unwrap().kind, Kind::CancelledByPractice);
        assert_eq!(kit.rows().await["notice"], 2);
    }
}

#[tokio::test]
async fn b6_the_comment_may_be_empty_and_is_the_practices_message() {
    for kit in Kit::on_both().await {
        requested(&kit).await;
        assert_eq!(kit.respond(TWO, &response("x1", "accepted", "")).await.status, 201);
        let browser = kit.browser(JAN).await;
        assert!(!browser.read("/").await.contains("Bericht van de praktijk"));
        kit.respond(TWO, &response("x1", "declined", "Bel ons even")).await;
        let page = browser.read("/").await;
        assert!(page.contains("Bericht van de praktijk") && page.contains("Bel ons even"), "{page}");
    }
}

#[tokio::test]
async fn b7_the_appointment_is_named_relative_or_under_the_practices_own_address() {
    for kit in Kit::on_both().await {
        let base = requested(&kit).await.base();
        let own = [
            "Appointment/x1".to_owned(),
            "Appointment/x1/_history/3".to_owned(),
            format!("{base}/Appointment/x1"),
            format!("{base}/Appointment/x1/_history/3"),
        ];
        let others = ["https://other.example/fhir/r4/Appointment/x1".to_owned(), "Slot/x1".to_owned()];
        for (references, status) in [(&own[..], 201), (&others[..], 404)] {
            for reference in references {
                let mut body = response("x1", "accepted", "");
                body["appointment"]["reference"] = json!(reference);
                assert_eq!(kit.respond(TWO, &body).await.status, status, "{reference}");
            }
        }
        let mut none = response("x1", "accepted", "");
        none["appointment"] = json!({ "display": "Consult" });
        let answer = kit.respond(TWO, &none).await;
        assert_eq!(answer.expression(), "AppointmentResponse.appointment.reference");
        assert_eq!(answer.status, 400);
    }
}

#[tokio::test]
async fn b11_an_answer_before_ours_is_answered_waits_for_it() {
    for (status, state) in [("accepted", "booked"), ("declined", "declined")] {
        for kit in Kit::on_both().await {
            let (xis, caller) = (kit.xis_of(TWO).await, kit.caller().await);
            xis.answers(Reply::Proposed("x1"));
            xis.before_answering(move |_| async move {
                assert_eq!(caller.respond(TWO, &response("x1", status, "Tot dan")).await.status, 201);
            });
            steps::book(&kit.browser(JAN).await, TWO).await;
            let (stored, rows) = (kit.appointment(JAN).await, kit.rows().await);
            let is_right = match stored.appointment.state {
                State::Booked => state == "booked",
                State::Declined { .. } => state == "declined",
                _ => false,
            };
            assert!(is_right, "{:?}", stored.appointment.state);
            assert_eq!(stored.appointment.message(), Some("Tot dan"));
            assert_eq!((rows["notice"], rows["parked_response"]), (1, 0));
        }
    }
}

#[tokio::test]
async fn b11_an_answer_that_names_another_patient_is_to_nothing_that_we_know() {
    for kit in Kit::on_both().await {
        let (xis, caller) = (kit.xis_of(TWO).await, kit.caller().await);
        xis.answers(Reply::Proposed("x1"));
        xis.before_answering(move |_| async move {
            assert_eq!(caller.respond(TWO, &by_bsn("accepted", FATIMA.bsn)).await.status, 404);
            assert_eq!(caller.respond(TWO, &by_bsn("accepted", JAN.bsn)).await.status, 201);
        });
        steps::book(&kit.browser(JAN).await, TWO).await;
        assert_eq!(kit.appointment(JAN).await.appointment.state, State::Booked);
    }
}

#[tokio::test]
async fn what_the_contract_requires_is_asked_for_by_name() {
    for kit in Kit::on_both().await {
        for (field, place) in [
            ("appointment", "AppointmentResponse.appointment.reference"),
            ("actor", "AppointmentResponse.actor"),
            ("participantStatus", "AppointmentResponse.participantStatus"),
        ] {
            let mut body = response("x1", "accepted", "");
            body.as_object_mut().unwrap().remove(field);
            let answer = kit.respond(TWO, &body).await;
            assert_eq!(answer.refusal(), (400, "REQUIRED".to_owned()), "{field}");
            assert_eq!(answer.expression(), place);
        }
        for status in ["tentative", "needs-action", ""] {
            let answer = kit.respond(TWO, &response("x1", status, "")).await;
            assert_eq!(answer.refusal(), (400, "PARTICIPANT_STATUS".to_owned()), "{status}");
        }
    }
}

#[tokio::test]
async fn an_answer_is_201_with_its_address() {
    for kit in Kit::on_both().await {
        requested(&kit).await;
        let call = kit.call(Method::POST, TWO, "/AppointmentResponse").await;
        let answer = Answer::to(call.body(response("x1", "accepted", "").to_string())).await;
        assert_eq!((answer.status, answer.text.as_str()), (201, ""));
        let below = format!("{}/fhir/r4/AppointmentResponse/", kit.base);
        assert!(answer.header("location").starts_with(&below), "{}", answer.header("location"));
    }
}
