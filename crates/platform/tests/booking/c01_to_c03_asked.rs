use serde_json::json;
use testkit::{JAN, Kit, Reply};

use super::{ONE, TWO, booked, word};
use crate::steps;

#[tokio::test]
async fn c1_the_slot_the_practitioner_and_our_identifier_are_sent_along() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(ONE).await;
        let (stored, _) = booked(&kit, &xis, ONE, Reply::Booked("x1")).await;
        let [sent] = xis.received("POST", "Appointment").try_into().unwrap();
        let uuid = format!("urn:uuid:{}", stored.id);
        assert_eq!(sent.header("content-type"), "application/fhir+json");
        assert_eq!(
            sent.header("if-none-exist"),
            format!("identifier=urn%3Aietf%3Arfc%3A3986%7Curn%3Auuid%3A{}", stored.id)
        );
        let bsn = json!({ "system": "http://fhir.nl/fhir/NamingSystem/bsn", "value": JAN.bsn });
        let category = json!({ "system": "urn:xis:types", "code": "consult", "display": "Consult" });
        let patient = json!({ "reference": "Patient/456", "identifier": bsn, "display": "Jan Jansen" });
        let practitioner = json!({ "reference": "PractitionerRole/7", "display": "dokter Jansen" });
        let expected = json!({
            "resourceType": "Appointment",
            "id": stored.id.to_string(),
            "identifier": [{ "system": "urn:ietf:rfc:3986", "value": uuid }],
            "status": "proposed",
            "serviceCategory": [{ "coding": [category] }],
            "start": "2026-05-12T07:10:00Z",
            "end": "2026-05-12T07:20:00Z",
            "slot": [{ "reference": "Slot/s1" }],
            "comment": "Pijn in mijn knie",
            "participant": [
                { "actor": patient, "required": "required", "status": "accepted" },
                { "actor": practitioner, "required": "required", "status": "accepted" }
            ]
        });
        assert_eq!(sent.json(), expected);
    }
}

#[tokio::test]
async fn c2_the_id_that_the_practice_gives_is_read_from_location_or_body() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(ONE).await;
        let id = |stored: &store::Stored| stored.xis_id.clone().map(|id| id.as_str().to_owned());
        let (stored, _) = booked(&kit, &xis, ONE, Reply::LocationOnly("x1")).await;
        assert_eq!(id(&stored).as_deref(), Some("x1"));
        let (stored, _) = booked(&kit, &xis, ONE, Reply::Found("x2")).await;
        assert_eq!(id(&stored).as_deref(), Some("x2"));
        let (stored, _) = booked(&kit, &xis, ONE, Reply::Echo).await;
        assert_eq!(id(&stored), Some(stored.id.to_string()));
    }
}

#[tokio::test]
async fn c3_what_is_asked_says_whether_the_practice_approves() {
    for kit in Kit::on_both().await {
        for (agb, practitioner) in [(ONE, "accepted"), (TWO, "needs-action")] {
            let xis = kit.xis_of(agb).await;
            booked(&kit, &xis, agb, Reply::Booked("x1")).await;
            let sent = &xis.bookings()[0];
            assert_eq!(
                (&sent["status"], &sent["participant"][0]["status"]),
                (&json!("proposed"), &json!("accepted"))
            );
            assert_eq!(sent["participant"][1]["status"], practitioner);
        }
    }
}

#[tokio::test]
async fn c3_the_answer_says_approved_or_pending_and_else_the_setting_does() {
    let (approved, pending) =
        (("booked", "Uw afspraak is bevestigd"), ("pending", "Uw aanvraag is verstuurd"));
    for kit in Kit::on_both().await {
        let (one, two) = (kit.xis_of(ONE).await, kit.xis_of(TWO).await);
        for (agb, reply, (state, said)) in [
            (ONE, Reply::Booked("x1"), approved),
            (TWO, Reply::Booked("x1"), approved),
            (ONE, Reply::Proposed("x2"), pending),
            (TWO, Reply::Proposed("x2"), pending),
            (ONE, Reply::LocationOnly("x3"), approved),
            (TWO, Reply::LocationOnly("x3"), pending),
        ] {
            let xis = if agb == ONE { &one } else { &two };
            let (stored, page) = booked(&kit, xis, agb, reply.clone()).await;
            assert_eq!(word(&stored), state, "{agb} {reply:?}");
            assert!(page.contains(said), "{agb} {reply:?}: {page}");
        }
        // Approved is told, pending is not.
        assert_eq!(kit.rows().await["notice"], 3);
    }
}

#[tokio::test]
async fn c14_the_reason_goes_along_whole_with_its_newlines() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(ONE).await;
        let reason = format!("Eerste regel\n\nTweede: é \"<&\" {}", "x".repeat(450));
        xis.answers(Reply::Booked("x1"));
        let browser = kit.browser(JAN).await;
        steps::choose(&browser, ONE).await;
        // Browsers send a line end as CR LF.
        let form = steps::write(&browser, ONE, &reason.replace('\n', "\r\n")).await;
        steps::send(&browser, ONE, &form).await;
        assert_eq!(xis.bookings()[0]["comment"], reason);
        assert_eq!(kit.appointment(JAN).await.appointment.reason.unwrap().as_str(), reason);
    }
}
