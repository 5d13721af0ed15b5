//! Who calls, and for which practice: bearer tokens (RFC 6750) and `X-Organization-Identifier` (D1 to D3, B4).

use std::time::Duration;

use reqwest::{Method, RequestBuilder};
use testkit::{Answer, Caller, JAN, Kit, appointment, response};

const ONE: &str = "01000001";

/// A PUT that is right but for what the test is about.
async fn put(call: RequestBuilder) -> Answer {
    let call = call.header("content-type", "application/fhir+json");
    Answer::to(call.body(appointment("a", JAN).to_string())).await
}

#[tokio::test]
async fn rfc_6750_without_a_token_the_challenge_has_no_error() {
    for kit in Kit::on_both().await {
        let address = format!("{}/fhir/r4/Appointment/a", kit.base);
        let answer = put(kit.http.put(&address).header("x-organization-identifier", ONE)).await;
        assert_eq!(answer.refusal(), (401, "TOKEN".to_owned()));
        assert_eq!(answer.header("www-authenticate"), "Bearer realm=\"balie\"");
        assert!(answer.issue()["diagnostics"].as_str().unwrap().contains("/oauth2/token"));
        let basic = put(kit.http.put(&address).basic_auth("demo-xis", Some("demo-secret"))).await;
        assert_eq!(basic.status, 400);
        assert!(basic.header("www-authenticate").contains("error=\"invalid_request\""));
    }
}

/// ASVS: 9.2.3, 10.3.1
#[tokio::test]
async fn rfc_6750_a_token_that_is_not_ours_or_no_longer_valid_is_401() {
    for kit in Kit::on_both().await {
        let address = format!("{}/fhir/r4/Appointment/a", kit.base);
        let foreign =
            kit.http.put(&address).bearer_auth("not.a.token").header("x-organization-identifier", ONE);
        let xis = kit.caller().await;
        let late = xis.call(Method::PUT, ONE, "/Appointment/a");
        kit.clock.turn(Duration::from_secs(30 * 60));
        for call in [foreign, late] {
            let answer = put(call).await;
            assert_eq!(answer.refusal(), (401, "TOKEN".to_owned()));
            assert!(answer.header("www-authenticate").contains("error=\"invalid_token\""));
        }
        assert!(kit.appointments(JAN).await.is_empty());
    }
}

/// ASVS: 8.3.1, 10.3.2
#[tokio::test]
async fn a_token_dies_with_its_clients_rights() {
    for kit in Kit::on_both().await {
        let xis = kit.caller().await;
        let (store, now) = (&kit.store, "2026-05-04T08:00:00Z".parse().unwrap());
        let revoked: Result<bool, store::Error> = store
            .tx("revoke", |mut tx| async move { store.revoke_client(&mut tx, "demo-xis", now).await })
            .await;
        assert!(revoked.unwrap());
        let answer = xis.put(ONE, "a", &appointment("a", JAN)).await;
        assert_eq!(answer.refusal(), (401, "TOKEN".to_owned()));
        assert!(answer.header("www-authenticate").contains("error=\"invalid_token\""));
    }
}

#[tokio::test]
async fn d1_the_practice_is_named_plainly_or_as_a_token() {
    for kit in Kit::on_both().await {
        let xis = kit.caller().await;
        for named in [ONE.to_owned(), format!("http://fhir.nl/fhir/NamingSystem/agb-z|{ONE}")] {
            let call = xis.bare(Method::PUT, "/Appointment/a").header("x-organization-identifier", &named);
            assert_eq!(put(call).await.status, 200, "{named}");
        }
        assert_eq!(kit.appointments(JAN).await.len(), 1);
    }
}

#[tokio::test]
async fn d2_missing_and_malformed_are_400() {
    for kit in Kit::on_both().await {
        let xis = kit.caller().await;
        let missing = put(xis.bare(Method::PUT, "/Appointment/a")).await;
        assert_eq!(missing.refusal(), (400, "ORGANIZATION_MISSING".to_owned()));
        for named in ["1000001", "urn:oid:2.16|01000001", "0100000a", "", "01000001, 01000002"] {
            let call = xis.bare(Method::PUT, "/Appointment/a").header("x-organization-identifier", named);
            assert_eq!(put(call).await.refusal(), (400, "ORGANIZATION_MALFORMED".to_owned()), "{named:?}");
        }
    }
}

/// ASVS: 8.2.1, 8.2.2, 8.4.1
#[tokio::test]
async fn d2_d3_an_unknown_practice_and_another_clients_look_the_same() {
    for kit in Kit::on_both().await {
        let (xis, before) = (kit.caller().await, kit.rows().await);
        let unknown = xis.put("09999999", "a", &appointment("a", JAN)).await;
        let anothers = xis.put("01000004", "a", &appointment("a", JAN)).await;
        assert_eq!(unknown.refusal(), (403, "ORGANIZATION_FORBIDDEN".to_owned()));
        assert_eq!((unknown.status, &unknown.text), (anothers.status, &anothers.text));
        // Both leave their line.
        assert_eq!(kit.grown(&before).await, [("audit", 2)]);
    }
}

#[tokio::test]
async fn b4_without_the_header_the_only_practice_of_the_client_by_setting() {
    for kit in Kit::on_both().await {
        let other = Caller::new(&kit.base, &kit.http, "other-xis", "other-secret").await;
        let respond = async |caller: &Caller| {
            let call = caller.bare(Method::POST, "/AppointmentResponse");
            let call = call.header("content-type", "application/fhir+json");
            Answer::to(call.body(response("x", "accepted", "").to_string())).await.refusal()
        };
        assert_eq!(respond(&other).await, (400, "ORGANIZATION_MISSING".to_owned()));
        kit.set("01000004", "organization_from_token", "on").await;
        assert_eq!(respond(&other).await, (404, "APPOINTMENT_NOT_FOUND".to_owned()));
        // A client of two practices has to say which, and an Appointment always has to be somebody's.
        kit.set(ONE, "organization_from_token", "on").await;
        assert_eq!(respond(&kit.caller().await).await, (400, "ORGANIZATION_MISSING".to_owned()));
        let answer = put(other.bare(Method::PUT, "/Appointment/a")).await;
        assert_eq!(answer.refusal(), (400, "ORGANIZATION_MISSING".to_owned()));
    }
}
