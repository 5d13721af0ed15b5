//! What the platform hears when a practitioner changes something.

use axum::response::{IntoResponse as _, Response};
use http::StatusCode;
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::common::{APPROVING, Bench, FATIMA, JAN, MEHMET, PLAIN, benches, jansen, patient_id};

const JANSEN: &str = "01000001-jansen";

fn no_account() -> Response {
    let outcome = json!({ "resourceType": "OperationOutcome", "issue": [{
        "severity": "error", "code": "not-found", "details": { "text": "There is no such patient here." } }] });
    (StatusCode::UNPROCESSABLE_ENTITY, axum::Json(outcome)).into_response()
}

/// What was heard, as `METHOD path` of each.
fn lines(heard: &[crate::common::Heard]) -> Vec<String> {
    heard.iter().map(|heard| heard.line.replace("/fhir/r4/", "")).collect()
}

#[tokio::test]
async fn a_new_appointment_is_put_with_everything_the_contract_asks() {
    for bench in benches().await {
        let address = bench.planned(&patient_id(PLAIN, JAN), JANSEN, "2026-05-13", "18:00").await;
        let id = address.rsplit('/').next().unwrap();
        assert_eq!(bench.xis.tell_now().await.unwrap(), 1);
        let heard = bench.platform.heard().remove(0);
        assert_eq!(heard.line, format!("PUT /fhir/r4/Appointment/{id}"));
        let header = |name: &str| heard.headers[name].to_str().unwrap().to_owned();
        assert_eq!(
            header("x-organization-identifier"),
            format!("http://fhir.nl/fhir/NamingSystem/agb-z|{PLAIN}")
        );
        assert_eq!(
            (header("content-type").as_str(), header("authorization").as_str()),
            ("application/fhir+json", "Bearer token-1")
        );
        let expected = json!({
            "resourceType": "Appointment", "id": id, "status": "booked",
            "meta": { "versionId": "1", "lastUpdated": "2026-05-11T06:00:00+02:00" },
            "start": "2026-05-13T18:00:00+02:00", "end": "2026-05-13T18:10:00+02:00",
            "comment": "Neem uw medicijnen mee.",
            "serviceCategory": [{ "coding": [{
                "system": "urn:balie:xis:service-category", "code": "consult", "display": "Consult" }] }],
            "participant": [
                { "actor": { "reference": format!("Patient/{}", patient_id(PLAIN, JAN)), "display": "Jan Jansen",
                             "identifier": { "system": "http://fhir.nl/fhir/NamingSystem/bsn", "value": JAN } },
                  "required": "required", "status": "accepted" },
                { "actor": { "reference": "PractitionerRole/01000001-role-jansen", "display": "Dokter Jansen" },
                  "required": "required", "status": "accepted" },
            ],
        });
        assert_eq!(heard.body, expected);
        let page = bench.page("GET", &address).send().await.expect(200).text;
        assert!(page.contains("Verteld aan het platform op ma 11 mei, 06:00"), "{page}");
    }
}

#[tokio::test]
async fn moving_and_cancelling_are_told_in_order_and_what_is_old_news_is_not() {
    for bench in benches().await {
        let address = bench.planned(MEHMET, JANSEN, "2026-05-13", "18:00").await;
        bench.xis.tell_now().await.unwrap();
        bench.move_to(&address, "01000001-de-vries", "2026-05-14", "18:30").send().await.expect(303);
        bench.xis.tell_now().await.unwrap();
        bench
            .page("POST", &format!("{address}/cancel"))
            .form(&[("reason", "De dokter is ziek.")])
            .send()
            .await
            .expect(303);
        bench.xis.tell_now().await.unwrap();
        let heard = bench.platform.heard();
        let told: Vec<Value> = heard
            .iter()
            .map(|heard| json!([heard.body["status"], heard.body["start"], heard.body["comment"]]))
            .collect();
        assert_eq!(
            told,
            [
                json!(["booked", "2026-05-13T18:00:00+02:00", "Neem uw medicijnen mee."]),
                json!(["booked", "2026-05-14T18:30:00+02:00", "Het spijt ons."]),
                json!(["cancelled", "2026-05-14T18:30:00+02:00", "De dokter is ziek."]),
            ]
        );

        let other = bench.planned(MEHMET, JANSEN, "2026-05-13", "18:00").await;
        bench.move_to(&other, JANSEN, "2026-05-13", "18:05").send().await.expect(303);
        bench.page("POST", &format!("{other}/cancel")).form(&[]).send().await.expect(303);
        assert_eq!(bench.xis.tell_now().await.unwrap(), 3);
        let heard = bench.platform.heard();
        assert_eq!(heard.len(), 1, "three changes at once reach the platform as what is true");
        assert_eq!(heard[0].body["status"], "cancelled");
    }
}

#[tokio::test]
async fn b1_b2_an_answer_to_a_request_names_the_practitioner() {
    for bench in benches().await {
        let (approved, id) = bench.requested(JAN).await;
        let (declined, _) = bench.requested(FATIMA).await;
        bench.page("POST", &format!("{approved}/approve")).form(&[]).send().await.expect(303);
        bench
            .page("POST", &format!("{declined}/decline"))
            .form(&[("message", "Kom eerder.")])
            .send()
            .await
            .expect(303);
        bench.xis.tell_now().await.unwrap();
        let heard = bench.platform.heard();
        let mut told: Vec<_> = heard.iter().map(|heard| (heard.line.as_str(), &heard.body)).collect();
        told.sort_by_key(|(_, body)| body["participantStatus"].to_string());
        let identifier = |heard: &Value| heard["actor"]["reference"]["identifier"][0].clone();
        assert_eq!(told[0].0, "POST /fhir/r4/AppointmentResponse");
        assert_eq!(told[0].1["appointment"], json!({ "reference": format!("Appointment/{id}") }));
        assert_eq!(told[0].1["comment"], "Uw afspraak is goedgekeurd.");
        assert_eq!(identifier(told[0].1)["system"], "http://fhir.nl/fhir/NamingSystem/agb-z");
        assert_eq!(
            (&told[1].1["participantStatus"], &told[1].1["comment"]),
            (&json!("declined"), &json!("Kom eerder."))
        );
        assert_eq!(bench.appointment(APPROVING, JAN, &id).await["status"], "booked");
    }
}

#[tokio::test]
async fn an_approval_that_was_cancelled_meanwhile_is_not_told() {
    for bench in benches().await {
        let (address, _) = bench.requested(JAN).await;
        bench.page("POST", &format!("{address}/approve")).form(&[]).send().await.expect(303);
        bench.page("POST", &format!("{address}/cancel")).form(&[]).send().await.expect(303);
        bench.xis.tell_now().await.unwrap();
        let heard = bench.platform.heard();
        assert_eq!((heard.len(), &heard[0].body["status"]), (1, &json!("cancelled")));
    }
}

#[tokio::test]
async fn what_a_patient_did_through_the_platform_is_not_told_back() {
    for bench in benches().await {
        let slot = &bench.free_slots(PLAIN, "consult").await[0];
        let booked = bench.book(PLAIN, JAN, slot).send().await.expect(201).json();
        let id = booked["id"].as_str().unwrap();
        let response = json!({
            "resourceType": "AppointmentResponse", "participantStatus": "declined", "comment": "Beter.",
            "appointment": { "reference": format!("Appointment/{id}") },
            "actor": { "reference": format!("Patient/{}", patient_id(PLAIN, JAN)) },
        });
        bench.fhir("POST", "AppointmentResponse").patient(JAN).json(&response).send().await.expect(201);
        assert_eq!(bench.xis.tell_now().await.unwrap(), 0);
        let page = bench.page("GET", &format!("/{PLAIN}/appointments/{id}")).send().await.expect(200).text;
        assert!(page.contains("de patiënt deed het daar zelf") && page.contains("Beter."), "{page}");
    }
}

#[tokio::test]
async fn a_refused_token_is_replaced_once() {
    for bench in benches().await {
        let refused = || StatusCode::UNAUTHORIZED.into_response();
        bench.platform.will_answer([refused()]);
        let address = bench.planned(MEHMET, JANSEN, "2026-05-13", "18:00").await;
        bench.xis.tell_now().await.unwrap();
        let heard = bench.platform.heard();
        let tokens: Vec<_> =
            heard.iter().map(|heard| heard.headers["authorization"].to_str().unwrap()).collect();
        assert_eq!((tokens, bench.platform.tokens()), (vec!["Bearer token-1", "Bearer token-2"], 2));
        assert!(page(&bench, &address).await.contains("Verteld aan het platform"));

        bench.platform.will_answer([refused(), refused()]);
        bench.move_to(&address, JANSEN, "2026-05-13", "18:30").send().await.expect(303);
        bench.xis.tell_now().await.unwrap();
        assert_eq!(bench.platform.heard().len(), 2);
        let shown = page(&bench, &address).await;
        assert!(
            shown.contains(
                "Niet verteld: het platform neemt geen berichten van deze praktijk aan, bel 06 1234 5601."
            ),
            "{shown}"
        );
    }
}

async fn page(bench: &Bench, address: &str) -> String {
    bench.page("GET", address).send().await.expect(200).text
}

#[tokio::test]
async fn a_platform_in_trouble_is_tried_again_when_it_says() {
    for bench in benches().await {
        let busy = (StatusCode::TOO_MANY_REQUESTS, [("retry-after", "120")]).into_response();
        bench.platform.will_answer([StatusCode::SERVICE_UNAVAILABLE.into_response(), busy]);
        let address = bench.planned(MEHMET, JANSEN, "2026-05-13", "18:00").await;
        bench.xis.tell_now().await.unwrap();
        assert_eq!(bench.platform.heard().len(), 1);
        let shown = page(&bench, &address).await;
        assert!(shown.contains("Nog niet verteld. We proberen het opnieuw op ma 11 mei, 06:00."), "{shown}");
        for (seconds, tries) in [(1, 0), (2, 1), (60, 0), (61, 1), (3600, 0)] {
            bench.clock.turn(SignedDuration::from_secs(seconds));
            bench.xis.tell_now().await.unwrap();
            assert_eq!(bench.platform.heard().len(), tries, "after {seconds} s more");
        }
        bench.log_in(&jansen()).await;
        assert!(page(&bench, &address).await.contains("Verteld aan het platform"));
    }
}

#[tokio::test]
async fn a_final_refusal_stands_on_the_appointment_in_words_and_can_be_sent_again() {
    for bench in benches().await {
        bench.platform.will_answer([no_account()]);
        let address = bench.planned(MEHMET, JANSEN, "2026-05-13", "18:00").await;
        bench.xis.tell_now().await.unwrap();
        let shown = page(&bench, &address).await;
        assert!(
            shown.contains("Niet verteld: deze patiënt heeft geen account, bel 06 1234 5601."),
            "{shown}"
        );
        assert!(shown.contains("Technisch: 422 There is no such patient here."), "{shown}");
        let day = page(&bench, "/01000001/01000001-jansen/2026-05-13").await;
        assert!(day.contains("Niet verteld"));

        let message = shown.split(r#"name="message" value=""#).nth(1).unwrap().split('"').next().unwrap();
        let again = |message: &str| {
            bench.page("POST", &format!("{address}/tell")).form(&[("message", message)]).send()
        };
        again("another").await.expect(404);
        again(message).await.expect(303);
        bench.xis.tell_now().await.unwrap();
        assert!(page(&bench, &address).await.contains("Verteld aan het platform"));
        assert_eq!(lines(&bench.platform.heard()).len(), 2);
    }
}
