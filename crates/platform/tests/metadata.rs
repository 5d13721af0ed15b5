//! `GET /metadata`: what this API offers, for whoever asks.

use serde_json::json;
use testkit::{Answer, Kit};

#[tokio::test]
async fn it_names_what_there_is_and_needs_no_token() {
    for kit in Kit::on_both().await {
        let answer = Answer::to(kit.http.get(format!("{}/fhir/r4/metadata", kit.base))).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, "application/fhir+json"));
        let statement = answer.json();
        assert_eq!(statement["resourceType"], "CapabilityStatement");
        assert_eq!(statement["fhirVersion"], "4.0.1");
        assert_eq!(statement["implementation"]["url"], format!("{}/fhir/r4", kit.base));
        let resources = statement["rest"][0]["resource"].as_array().unwrap();
        let offered: Vec<_> = resources
            .iter()
            .map(|one| (one["type"].clone(), one["interaction"][0]["code"].clone()))
            .collect();
        assert_eq!(
            offered,
            [
                (json!("Appointment"), json!("update")),
                (json!("AppointmentResponse"), json!("create")),
                (json!("Communication"), json!("create")),
                (json!("Patient"), json!("create")),
                (json!("OperationDefinition"), json!("read")),
            ]
        );
        assert_eq!(resources[0]["updateCreate"], true);
        let security = statement["rest"][0]["security"]["description"].as_str().unwrap();
        assert!(security.contains(&format!("{}/oauth2/token", kit.base)), "{security}");
    }
}

#[tokio::test]
async fn d9_it_is_json_or_nothing() {
    for kit in Kit::on_both().await {
        let get = kit.http.get(format!("{}/fhir/r4/metadata", kit.base)).header("accept", "text/html");
        assert_eq!(Answer::to(get).await.refusal(), (406, "ACCEPT".to_owned()));
    }
}
