use std::collections::HashMap;

use serde_json::Value;
use testkit::{JAN, Kit, Reply};

use super::{ONE, booked};

const EXCHANGE: &str = "urn:ietf:params:oauth:grant-type:token-exchange";

#[tokio::test]
async fn d1_every_call_names_the_practice_as_a_token_or_by_setting_plainly() {
    for kit in Kit::on_both().await {
        for (plain, named) in [("off", "http://fhir.nl/fhir/NamingSystem/agb-z|01000001"), ("on", "01000001")]
        {
            let xis = kit.xis_of(ONE).await;
            kit.set(ONE, "plain_organization", plain).await;
            booked(&kit, &xis, ONE, Reply::Booked("x1")).await;
            for (method, resource) in
                [("GET", "ValueSet"), ("GET", "Slot"), ("GET", "Patient"), ("POST", "Appointment")]
            {
                for call in xis.received(method, resource) {
                    assert_eq!(call.header("x-organization-identifier"), named, "{resource}");
                    assert_eq!(call.header("accept"), "application/fhir+json", "{resource}");
                }
            }
            kit.set(ONE, "xis_base_url", "").await;
        }
    }
}

#[tokio::test]
async fn d4_the_patients_token_is_exchanged_at_the_practices_endpoint_for_its_audience_and_scope() {
    let field = |asked: &HashMap<String, String>, name: &str| asked.get(name).cloned().unwrap_or_default();
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(ONE).await;
        let own_endpoint = kit.tokens.issuer().below("/other");
        for (settings, path, audience, scope) in [
            (&[][..], "/token", xis.base(), ""),
            (
                &[
                    ("xis_token_endpoint", own_endpoint.as_str()),
                    ("xis_audience", "urn:xis:one"),
                    ("xis_scope", "patient/*.write"),
                ][..],
                "/other",
                "urn:xis:one".to_owned(),
                "patient/*.write",
            ),
        ] {
            for (key, value) in settings {
                kit.set(ONE, key, value).await;
            }
            // Later than the token that is kept.
            kit.clock.turn(std::time::Duration::from_secs(11 * 60));
            booked(&kit, &xis, ONE, Reply::Booked("x1")).await;
            let asked = kit.tokens.asked().pop().unwrap();
            assert_eq!((field(&asked, "path"), field(&asked, "grant_type")), (path.into(), EXCHANGE.into()));
            assert_eq!(
                (field(&asked, "audience"), field(&asked, "scope")),
                (audience.clone(), scope.to_owned())
            );
            // The login's own token, which in these tests is the BSN.
            assert_eq!(field(&asked, "subject_token"), JAN.bsn);
            let claims = xis.received("POST", "Appointment").pop().unwrap().claims();
            assert_eq!((&claims["bsn"], &claims["aud"]), (&Value::from(JAN.bsn), &Value::from(audience)));
        }
    }
}

#[tokio::test]
async fn c19_by_setting_searches_carry_no_patient_and_bookings_always_do() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(ONE).await;
        kit.set(ONE, "shared_search", "on").await;
        booked(&kit, &xis, ONE, Reply::Booked("x1")).await;
        for (resource, bsn) in [("ValueSet", Value::Null), ("Slot", Value::Null), ("Patient", JAN.bsn.into())]
        {
            let asked = xis.received("GET", resource);
            assert!(!asked.is_empty() && asked.iter().all(|call| call.claims()["bsn"] == bsn), "{resource}");
        }
        assert_eq!(xis.received("POST", "Appointment")[0].claims()["bsn"], JAN.bsn);
    }
}
