//! `POST /Patient/_search` (D5, D6, D8).

use reqwest::Method;
use serde_json::json;
use testkit::{Answer, Caller, FATIMA, JAN, Kit, NOBODY, appointment};

const ONE: &str = "01000001";
const FOUR: &str = "01000004";
const FORM: &str = "application/x-www-form-urlencoded";
const BSN: &str = "http://fhir.nl/fhir/NamingSystem/bsn";
const ACCOUNT: &str = "http://spreekuur.nl/fhir/NamingSystem/patientIdpId";
const EXTENSION: &str = "http://spreekuur.nl/fhir/NamingSystem/spreekuurIdpId";

/// Searches with a form of these fields.
async fn search(xis: &Caller, agb: &str, fields: &[(&str, &str)]) -> Answer {
    let form = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    send(xis, agb, FORM, form).await
}

async fn send(xis: &Caller, agb: &str, kind: &str, body: String) -> Answer {
    let call = xis.bare(Method::POST, "/Patient/_search").header("x-organization-identifier", agb);
    Answer::to(call.header("content-type", kind).body(body)).await
}

async fn find(xis: &Caller, agb: &str, system: &str, value: &str) -> Answer {
    search(xis, agb, &[("identifier", &format!("{system}|{value}"))]).await
}

async fn account(kit: &Kit) -> String {
    kit.put(ONE, "a", &appointment("a", JAN)).await;
    kit.appointment(JAN).await.account.unwrap().to_string()
}

#[tokio::test]
async fn d5_d8_a_patient_of_the_practice_is_found_under_an_opaque_id() {
    for kit in Kit::on_both().await {
        let (xis, id) = (kit.caller().await, account(&kit).await);
        for (system, value) in [(BSN, JAN.bsn), (ACCOUNT, &id), (EXTENSION, &id)] {
            let answer = find(&xis, ONE, system, value).await;
            assert_eq!((answer.status, answer.header("content-type")), (200, "application/fhir+json"));
            let bundle = answer.json();
            let address = format!("{}/fhir/r4/Patient", kit.base);
            assert_eq!(bundle["type"], "searchset");
            assert_eq!(bundle["total"], 1);
            let own = json!([{ "relation": "self", "url": format!("{address}/_search") }]);
            assert_eq!(bundle["link"], own);
            let entry = &bundle["entry"][0];
            assert_eq!(entry["fullUrl"], format!("{address}/{id}"));
            let expected = json!({
                "resourceType": "Patient",
                "id": id,
                "extension": [{ "url": EXTENSION, "valueString": id }],
                "identifier": [{ "system": system, "value": value }],
            });
            assert_eq!(entry["resource"], expected, "nothing is said that the practice did not say itself");
        }
        assert_eq!(kit.audited("patient search").await, ["found", "found", "found"]);
    }
}

/// ASVS: 8.2.2
#[tokio::test]
async fn d6_another_practices_patient_and_nobody_are_the_same_404_and_leave_the_same_line() {
    for kit in Kit::on_both().await {
        let id = account(&kit).await;
        let other = Caller::new(&kit.base, &kit.http, "other-xis", "other-secret").await;
        let nobody = "7cdffea7-1da4-46d7-9827-c6e84078e7d7";
        let mut said = Vec::new();
        for (system, value) in [(BSN, JAN.bsn), (BSN, NOBODY.bsn), (ACCOUNT, &id), (ACCOUNT, nobody)] {
            let answer = find(&other, FOUR, system, value).await;
            assert_eq!(answer.refusal(), (404, "PATIENT_NOT_FOUND".to_owned()));
            assert_eq!(answer.issue()["code"], "not-found");
            assert!(!answer.text.contains(value));
            said.push(answer.text);
        }
        said.dedup();
        assert_eq!(said.len(), 1, "{said:?}");
        assert_eq!(kit.audited("patient search").await, ["not found"; 4]);
    }
}

#[tokio::test]
async fn d2_another_clients_practice_is_refused_before_anybody_is_looked_for() {
    for kit in Kit::on_both().await {
        let answer = find(&kit.caller().await, FOUR, BSN, JAN.bsn).await;
        assert_eq!(answer.refusal(), (403, "ORGANIZATION_FORBIDDEN".to_owned()));
        assert!(kit.audited("patient search").await.is_empty());
    }
}

/// ASVS: 14.2.1
#[tokio::test]
async fn d8_an_identifier_in_an_address_is_refused_and_not_repeated() {
    for kit in Kit::on_both().await {
        let xis = kit.caller().await;
        let query = format!("identifier={BSN}%7C{}", JAN.bsn);
        for (method, path) in [
            (Method::GET, format!("/Patient?{query}")),
            (Method::GET, "/Patient".to_owned()),
            (Method::POST, format!("/Patient/_search?{query}")),
        ] {
            let call = xis.bare(method, &path).header("x-organization-identifier", ONE);
            let answer = Answer::to(call.header("content-type", FORM).body("")).await;
            assert_eq!(answer.refusal(), (400, "IDENTIFIER_IN_ADDRESS".to_owned()), "{path}");
            assert!(!answer.text.contains(JAN.bsn));
        }
        assert_eq!(kit.audited("patient search").await, ["refused: IDENTIFIER_IN_ADDRESS"; 3]);
    }
}

#[tokio::test]
async fn d10_what_is_wrong_in_a_search_is_said_without_the_value() {
    for kit in Kit::on_both().await {
        let xis = kit.caller().await;
        let bsn = |value: &str| format!("{BSN}|{value}");
        let (right, wrong) = (bsn(JAN.bsn), bsn("999990018"));
        for (fields, code) in [
            (&[][..], "REQUIRED"),
            (&[("name", "Jan")], "REQUIRED"),
            (&[("identifier", JAN.bsn)], "IDENTIFIER"),
            (&[("identifier", "urn:other|999990019")], "IDENTIFIER"),
            (&[("identifier", &wrong)], "INVALID_BSN"),
            (&[("identifier", &right), ("identifier", &right)], "TWO_IDENTIFIERS"),
        ] {
            let answer = search(&xis, ONE, fields).await;
            assert_eq!(answer.refusal(), (400, code.to_owned()), "{fields:?}");
            assert_eq!(answer.expression(), "identifier");
            assert!(!answer.text.contains("99999001"), "{}", answer.text);
        }
        let json = send(&xis, ONE, "application/fhir+json", "{}".to_owned()).await;
        assert_eq!(json.refusal(), (415, "MEDIA_TYPE".to_owned()));
        let large = format!("identifier={}", "x".repeat(300 * 1024));
        assert_eq!(send(&xis, ONE, FORM, large).await.refusal(), (413, "TOO_LARGE".to_owned()));
    }
}

#[tokio::test]
async fn a3_a_lenient_practice_finds_numbers_that_fail_the_proof() {
    for kit in Kit::on_both().await {
        kit.set(ONE, "lenient_bsn", "on").await;
        let answer = find(&kit.caller().await, ONE, BSN, "123456789").await;
        assert_eq!(answer.refusal(), (404, "PATIENT_NOT_FOUND".to_owned()));
        assert_eq!(find(&kit.caller().await, ONE, BSN, FATIMA.bsn).await.status, 200);
    }
}
