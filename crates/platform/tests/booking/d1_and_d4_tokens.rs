use std::{collections::HashMap, sync::Arc};

use oauth::{ClientAssertion, PublicKeys};
use serde_json::Value;
use testkit::{JAN, Kit, Reply, ScriptedXis, Tokens};

use super::{ONE, booked};
use crate::steps;

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
async fn d4_a_token_that_is_kept_serves_the_practice_only_as_it_was_set_then() {
    for kit in Kit::on_both().await {
        let old = kit.xis_of(ONE).await;
        // One login, whose tokens are kept.
        let browser = kit.browser(JAN).await;
        steps::choose(&browser, ONE).await;
        let asked = kit.tokens.asked().len();
        browser.read(&format!("/book/{ONE}/check")).await;
        assert_eq!(kit.tokens.asked().len(), asked, "a token that serves is not asked for again");

        let new = kit.xis_of(ONE).await;
        steps::choose(&browser, ONE).await;
        let calls =
            |xis: &ScriptedXis| ["ValueSet", "Slot"].map(|resource| xis.received("GET", resource)).concat();
        for (xis, what) in [(&old, "the old system"), (&new, "the new system")] {
            let calls = calls(xis);
            assert!(
                !calls.is_empty() && calls.iter().all(|call| call.claims()["aud"] == xis.base()),
                "{what}"
            );
        }
        let other_endpoint = kit.tokens.issuer().below("/other");
        for (key, value, (field, sent)) in [
            ("xis_audience", "urn:xis:one", ("audience", "urn:xis:one")),
            ("xis_scope", "patient/*.write", ("scope", "patient/*.write")),
            // Who asks stands in a header.
            ("xis_client_id", "balie-at-xis", ("path", "/token")),
            ("xis_token_endpoint", &*other_endpoint, ("path", "/other")),
        ] {
            let asked = kit.tokens.asked().len();
            kit.set(ONE, key, value).await;
            steps::choose(&browser, ONE).await;
            let forms = kit.tokens.asked();
            assert_eq!((forms.len(), &*forms[asked][field]), (asked + 1, sent), "{key}");
        }
    }
}

/// ASVS: 10.4.16
#[tokio::test]
async fn d4_an_endpoint_elsewhere_sees_a_signature_and_never_the_login_providers_secret() {
    for kit in Kit::on_both().await {
        let (xis, elsewhere) = (kit.xis_of(ONE).await, Tokens::start(Arc::new(kit.clock.clone())).await);
        let endpoint = elsewhere.issuer().below("/token");
        for (settings, asked, audience) in [
            (
                &[("xis_token_endpoint", &*endpoint), ("xis_client_id", "balie-at-xis")][..],
                &elsewhere,
                &*endpoint,
            ),
            (
                &[("xis_token_endpoint", ""), ("xis_client_id", ""), ("xis_signed_requests", "on")],
                &kit.tokens,
                &kit.tokens.issuer().below("/token"),
            ),
        ] {
            for (key, value) in settings {
                kit.set(ONE, key, value).await;
            }
            booked(&kit, &xis, ONE, Reply::Booked("x1")).await;
            let form = asked.asked().pop().unwrap();
            assert_eq!((form.get("client_secret"), &form["grant_type"]), (None, &EXCHANGE.to_owned()));
            let client = if settings.len() == 2 { "balie-at-xis" } else { "balie" };
            let jwks = kit.http.get(format!("{}/oauth2/jwks", kit.base)).send().await.unwrap();
            let keys = PublicKeys::from_json(&jwks.bytes().await.unwrap()).unwrap();
            let now = world::Clock::now(&kit.clock);
            ClientAssertion::verify(&form["client_assertion"], client, &[audience], &keys, now).unwrap();
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
