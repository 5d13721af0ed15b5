//! `POST /Patient`: a practice invites (D5, D7).

use std::time::Duration;

use serde_json::json;
use testkit::{Caller, FATIMA, JAN, Kit, NOBODY, invitation};

use super::{ONE, TWO, link_in_mail};

#[tokio::test]
async fn an_invitation_is_answered_201_and_mailed_once() {
    for kit in Kit::on_both().await {
        let xis = kit.caller().await;
        let before = kit.rows().await;
        let answer = xis.post(ONE, &invitation(NOBODY)).await;
        assert_eq!((answer.status, answer.text.as_str()), (201, ""));
        let location = answer.header("location").to_owned();
        assert!(location.starts_with(&format!("{}/fhir/r4/Patient/", kit.base)), "{location}");
        assert!(!location.contains(NOBODY.bsn));
        let expected = [("audit", 1), ("invitation", 1), ("outbox", 1), ("receipt", 1)];
        assert_eq!(kit.grown(&before).await, expected);
        let link = link_in_mail(&kit, NOBODY).await;
        assert!(link.len() == "/invitations/".len() + 43, "{link}");
        // A XIS that did not hear our answer.
        let before = kit.rows().await;
        assert_eq!(xis.post(ONE, &invitation(NOBODY)).await.header("location"), location);
        assert_eq!(kit.grown(&before).await, [("audit", 1)]);
        assert_eq!(kit.drain().await, 0);
        kit.clock.turn(Duration::from_secs(24 * 3600));
        assert_ne!(kit.post(ONE, &invitation(NOBODY)).await.header("location"), location);
        link_in_mail(&kit, NOBODY).await;
    }
}

#[tokio::test]
async fn two_at_once_are_one_and_two_practices_are_two() {
    for kit in Kit::on_both().await {
        let xis = kit.caller().await;
        let body = invitation(NOBODY);
        let (one, two) = tokio::join!(xis.post(ONE, &body), xis.post(ONE, &body));
        assert_eq!((one.status, one.header("location")), (201, two.header("location")));
        let other = xis.post(TWO, &body).await;
        assert!(other.status == 201 && other.header("location") != one.header("location"));
        assert_eq!(kit.rows().await["invitation"], 2);
    }
}

#[tokio::test]
async fn d7_a_patient_who_has_this_practice_is_not_invited() {
    for kit in Kit::on_both().await {
        let xis = kit.caller().await;
        let before = kit.rows().await;
        let answer = xis.post(ONE, &invitation(JAN)).await;
        assert_eq!(answer.refusal(), (422, "ALREADY_REGISTERED".to_owned()));
        assert_eq!(answer.issue()["code"], "duplicate");
        assert_eq!(kit.grown(&before).await, [("audit", 1)]);
        assert_eq!(kit.audited("invitation").await, ["refused: ALREADY_REGISTERED"]);
    }
}

#[tokio::test]
async fn a_patient_of_another_practice_can_be_invited_to_add_this_one() {
    for kit in Kit::on_both().await {
        let other = Caller::new(&kit.base, &kit.http, "other-xis", "other-secret").await;
        assert_eq!(other.post("01000004", &invitation(JAN)).await.status, 201);
        link_in_mail(&kit, JAN).await;
    }
}

#[tokio::test]
async fn d5_the_id_of_an_account_stands_for_its_patient() {
    for kit in Kit::on_both().await {
        let id = kit.put(ONE, "a", &testkit::appointment("a", JAN)).await;
        assert_eq!(id.status, 200);
        let account = kit.appointment(JAN).await.account.unwrap();
        let by_id = |id: &str| {
            let mut body = invitation(FATIMA);
            body["identifier"][0] =
                json!({ "system": "http://spreekuur.nl/fhir/NamingSystem/patientIdpId", "value": id });
            body
        };
        let known = by_id(&account.to_string());
        assert_eq!(kit.post(ONE, &known).await.refusal(), (422, "ALREADY_REGISTERED".to_owned()));
        let other = Caller::new(&kit.base, &kit.http, "other-xis", "other-secret").await;
        assert_eq!(other.post("01000004", &known).await.status, 201);
        for unknown in ["7cdffea7-1da4-46d7-9827-c6e84078e7d7", "jan"] {
            let answer = kit.post(ONE, &by_id(unknown)).await;
            assert_eq!(answer.refusal(), (422, "PATIENT_NOT_FOUND".to_owned()));
        }
    }
}

#[tokio::test]
async fn d5_an_invitation_to_a_chat_is_recognised_and_refused() {
    for kit in Kit::on_both().await {
        let mut body = invitation(NOBODY);
        body["contained"] =
            json!([{ "resourceType": "Practitioner", "id": "ralf", "name": [{ "family": "L" }] }]);
        body["managingOrganization"] = json!({ "display": "Praktijk" });
        body["generalPractitioner"] = json!([{ "reference": "#ralf", "display": "Ralf L" }]);
        body["extension"] = json!([
            { "url": "http://getstream.io/channelType", "valueString": "gesprek" },
            { "url": "http://getstream.io/channelId", "valueString": "gesprek-1" }
        ]);
        let answer = kit.post(ONE, &body).await;
        assert_eq!(answer.refusal(), (422, "CHAT_NOT_SUPPORTED".to_owned()));
        assert_eq!(answer.issue()["code"], "not-supported");
        assert_eq!(kit.rows().await["invitation"], 0);
        // A patient who has a general practitioner is no chat (D14).
        body["extension"] = json!([]);
        assert_eq!(kit.post(ONE, &body).await.status, 201);
    }
}

#[tokio::test]
async fn d10_what_is_wrong_in_an_invitation_is_pointed_at() {
    let mail = |address: &str| json!([{ "system": "email", "value": address }]);
    let bsn = |value: &str| json!([{ "system": "http://fhir.nl/fhir/NamingSystem/bsn", "value": value }]);
    for kit in Kit::on_both().await {
        for (field, value, code, place) in [
            ("telecom", json!(null), "REQUIRED", "Patient.telecom"),
            (
                "telecom",
                json!([{ "system": "phone", "value": "030 123 45 67" }]),
                "REQUIRED",
                "Patient.telecom",
            ),
            ("telecom", mail("jan"), "MAIL_ADDRESS", "Patient.telecom[0].value"),
            ("telecom", mail("a@b.nl\r\nBcc: c@d.nl"), "MAIL_ADDRESS", "Patient.telecom[0].value"),
            ("telecom", mail("a@b.nl,c@d.nl"), "MAIL_ADDRESS", "Patient.telecom[0].value"),
            ("identifier", json!(null), "NO_BSN", "Patient.identifier"),
            ("identifier", bsn("999990018"), "INVALID_BSN", "Patient.identifier[0].value"),
            ("identifier", json!("x"), "UNREADABLE", "Patient.identifier"),
            ("resourceType", json!("Person"), "UNREADABLE", "Patient.resourceType"),
        ] {
            let mut body = invitation(NOBODY);
            body[field] = value;
            let call = kit.call(reqwest::Method::POST, ONE, "/Patient").await;
            let answer = testkit::Answer::to(call.body(body.to_string())).await;
            assert_eq!(answer.refusal(), (400, code.to_owned()), "{field}");
            assert_eq!(answer.expression(), place, "{field}");
        }
        assert_eq!(kit.rows().await["invitation"], 0);
    }
}
