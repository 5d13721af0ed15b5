//! Who may call, for which practice, and in which form.

use http::StatusCode;
use serde_json::json;

use crate::common::{APPROVING, JAN, PLAIN, benches};

#[tokio::test]
async fn a_call_without_a_valid_token_is_refused_rfc_6750() {
    for bench in benches().await {
        let call = || bench.fhir("GET", "PractitionerRole");
        let missing = call().send().await;
        assert_eq!(missing.header("www-authenticate"), r#"Bearer realm="xis""#);
        missing.expect_problem(401, "TOKEN_REFUSED");
        call().header("authorization", "Basic abc").send().await.expect_problem(400, "TOKEN_REFUSED");
        for token in ["nonsense", &bench.tokens.for_audience("somebody-else")] {
            let refused = call().token(token).send().await;
            assert!(refused.header("www-authenticate").contains(r#"error="invalid_token""#));
            refused.expect_problem(401, "TOKEN_REFUSED");
        }
        for no_number in [json!("123456789"), json!(999_990_019), json!(null)] {
            let token = bench.tokens.of_patient(no_number);
            call().token(&token).send().await.expect_problem(401, "TOKEN_REFUSED");
        }
        // Without its number a patient's token is nobody's, least of all the platform's.
        for (client, actor) in [(None, Some("platform")), (Some("platform"), None)] {
            let token = bench.tokens.of_somebody(client, actor);
            call().token(&token).send().await.expect_problem(401, "TOKEN_REFUSED");
        }
        let early = call().platform();
        bench.clock.turn(jiff::SignedDuration::from_mins(10));
        early.send().await.expect_problem(401, "TOKEN_REFUSED");
        call().platform().send().await.expect(200);
    }
}

#[tokio::test]
async fn d1_d2_the_header_names_a_practice_that_is_served() {
    for bench in benches().await {
        let call = || bench.fhir("GET", "PractitionerRole").platform();
        let token_form = format!("http://fhir.nl/fhir/NamingSystem/agb-z|{PLAIN}");
        for accepted in [PLAIN, &token_form] {
            call().practice(accepted).send().await.expect(200);
        }
        call().without("x-organization-identifier").send().await.expect_problem(400, "INVALID");
        for malformed in ["1000001", "", "urn:other|01000001", "|01000001", "abc"] {
            call().practice(malformed).send().await.expect_problem(400, "INVALID");
        }
        let unknown = call().practice("09999999").send().await.expect_problem(403, "NOT_YOUR_PRACTICE");
        assert_eq!(unknown["issue"][0]["code"], "forbidden");
    }
}

#[tokio::test]
async fn d9_media_types_are_json() {
    for bench in benches().await {
        let read = |accept| bench.fhir("GET", "Schedule").platform().header("accept", accept);
        for accept in ["application/json", "application/fhir+json", "*/*", "text/html, application/*;q=0.1"] {
            let answer = read(accept).send().await.expect(200);
            assert_eq!(answer.header("content-type"), "application/fhir+json");
            assert_eq!(answer.header("cache-control"), "no-store");
        }
        read("application/fhir+xml").send().await.expect_problem(406, "NOT_ACCEPTABLE");
        let post = bench.fhir("POST", "Appointment").patient(JAN).body("text/plain", "{}".to_owned());
        post.send().await.expect_problem(415, "NOT_JSON");
    }
}

#[tokio::test]
async fn d15_a_body_has_a_limit_and_must_be_a_resource() {
    for bench in benches().await {
        let post =
            |body: String| bench.fhir("POST", "Appointment").patient(JAN).body("application/json", body);
        post(" ".repeat(256 * 1024 + 1)).send().await.expect_problem(413, "TOO_LARGE");
        post("{".to_owned()).send().await.expect_problem(400, "UNREADABLE");
        let outcome = post(r#"{"resourceType":"Appointment"}"#.to_owned()).send().await;
        let outcome = outcome.expect_problem(400, "UNREADABLE");
        assert_eq!(outcome["issue"][0]["expression"], json!(["Appointment.status"]));
    }
}

#[tokio::test]
async fn d10_every_answer_carries_a_request_id() {
    for bench in benches().await {
        let call = || bench.fhir("GET", "Schedule").platform();
        let given = call().header("x-request-id", "abc-1").send().await;
        assert_eq!(given.header("x-request-id"), "abc-1");
        let made = call().send().await;
        assert_eq!(made.header("x-request-id").len(), 36);
        let unusable = call().header("x-request-id", JAN).send().await;
        assert_ne!(unusable.header("x-request-id"), JAN);
    }
}

#[tokio::test]
async fn an_unknown_address_or_method_is_an_outcome_too() {
    for bench in benches().await {
        bench.fhir("GET", "Encounter").platform().send().await.expect_problem(404, "NO_SUCH_ADDRESS");
        bench.fhir("DELETE", "Schedule").platform().send().await.expect_problem(405, "NO_SUCH_INTERACTION");
    }
}

#[tokio::test]
async fn metadata_is_open_and_tells_what_is_offered() {
    for bench in benches().await {
        let call = bench.fhir("GET", "metadata").without("x-organization-identifier");
        let statement = call.send().await.expect(200).json();
        assert_eq!(
            (&statement["resourceType"], &statement["fhirVersion"]),
            (&"CapabilityStatement".into(), &"4.0.1".into())
        );
        assert_eq!(statement["implementation"]["url"], format!("{}/fhir/r4", bench.base));
    }
}

/// ASVS: 8.4.1
#[tokio::test]
async fn what_belongs_to_one_practice_is_unknown_at_another() {
    for bench in benches().await {
        let slot = &bench.free_slots(PLAIN, "consult").await[0];
        let booked = bench.book(PLAIN, JAN, slot).send().await.expect(201).json();
        let path = format!("Appointment/{}", booked["id"].as_str().unwrap());
        bench.fhir("GET", &path).patient(JAN).send().await.expect(200);
        let elsewhere = bench.fhir("GET", &path).practice(APPROVING);
        elsewhere.patient(JAN).send().await.expect_problem(404, "NO_SUCH_APPOINTMENT");
        let slots = bench.fhir("GET", "Slot").practice(APPROVING).platform().send().await.resources();
        assert!(slots.iter().all(|slot| slot["id"].as_str().unwrap().starts_with(APPROVING)));
        let answer = bench.book(APPROVING, JAN, slot).send().await;
        assert_eq!(answer.status, StatusCode::CONFLICT, "a slot of another practice is not offered here");
    }
}
