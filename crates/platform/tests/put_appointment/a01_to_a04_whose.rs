use serde_json::json;
use testkit::{FATIMA, JAN, Kit, NOBODY, appointment};

use super::ONE;

#[tokio::test]
async fn a1_cancelled_and_unknown_leaves_a_tombstone_and_tells_nobody() {
    for kit in Kit::on_both().await {
        let (mut body, before) = (appointment("a", JAN), kit.rows().await);
        body["status"] = json!("cancelled");
        let xis = kit.caller().await;
        assert_eq!(xis.put(ONE, "a", &body).await.status, 200);
        assert_eq!(kit.grown(&before).await, [("appointment", 1), ("audit", 2)]);
        // Sending it again is safe.
        assert_eq!(xis.put(ONE, "a", &body).await.status, 200);
        assert_eq!(kit.grown(&before).await, [("appointment", 1), ("audit", 3)]);
        assert!(kit.appointments(JAN).await.is_empty());
        // Booked later: judged as planned again.
        assert_eq!(xis.put(ONE, "a", &appointment("a", JAN)).await.status, 200);
        assert_eq!(kit.appointment(JAN).await.appointment.state, agenda::State::Booked);
        assert_eq!(
            kit.grown(&before).await,
            [("appointment", 1), ("audit", 4), ("delivery", 1), ("notice", 1), ("outbox", 1)]
        );
    }
}

#[tokio::test]
async fn a2_a_patient_without_an_account_is_refused_and_nothing_stored() {
    for kit in Kit::on_both().await {
        let (xis, before) = (kit.caller().await, kit.rows().await);
        let answer = xis.put(ONE, "a", &appointment("a", NOBODY)).await;
        assert_eq!(answer.refusal(), (422, "PATIENT_NOT_FOUND".to_owned()));
        assert_eq!(answer.issue()["code"], "not-found");
        assert_eq!(kit.grown(&before).await, [("audit", 1)]);
    }
}

#[tokio::test]
async fn a2_setting_such_an_appointment_is_kept_sealed_until_the_patient_comes() {
    for kit in Kit::on_both().await {
        kit.set(ONE, "park_unknown_patients", "on").await;
        let (xis, before) = (kit.caller().await, kit.rows().await);
        for _ in 0..2 {
            assert_eq!(xis.put(ONE, "a", &appointment("a", NOBODY)).await.status, 200);
        }
        assert_eq!(kit.grown(&before).await, [("audit", 2), ("parked_update", 1)]);
    }
}

#[tokio::test]
async fn a3_a_bsn_that_fails_the_proof_is_refused_by_its_place() {
    for kit in Kit::on_both().await {
        let mut body = appointment("a", JAN);
        body["participant"][0]["actor"]["identifier"]["value"] = json!("123456789");
        let answer = kit.put(ONE, "a", &body).await;
        assert_eq!(answer.refusal(), (400, "INVALID_BSN".to_owned()));
        assert_eq!(answer.issue()["code"], "value");
        assert_eq!(answer.expression(), "Appointment.participant[0].actor.identifier.value");
        // Setting: for test organisations the number is read, and is nobody's.
        kit.set(ONE, "lenient_bsn", "on").await;
        assert_eq!(kit.put(ONE, "a", &body).await.refusal(), (422, "PATIENT_NOT_FOUND".to_owned()));
    }
}

#[tokio::test]
async fn a4_the_patient_is_the_one_participant_with_a_bsn() {
    for kit in Kit::on_both().await {
        let mut nobody = appointment("a", JAN);
        nobody["participant"][0]["actor"].as_object_mut().unwrap().remove("identifier");
        assert_eq!(kit.put(ONE, "a", &nobody).await.refusal(), (422, "NO_PATIENT".to_owned()));
        let mut both = appointment("a", JAN);
        both["participant"][1]["actor"]["identifier"] =
            appointment("a", FATIMA)["participant"][0]["actor"]["identifier"].clone();
        assert_eq!(kit.put(ONE, "a", &both).await.refusal(), (422, "TWO_PATIENTS".to_owned()));
        // An identifier of another system is no BSN; the order of the participants says nothing.
        let mut last = appointment("a", JAN);
        last["participant"][1]["actor"]["identifier"] = json!({ "system": "urn:agb", "value": "01234567" });
        last["participant"].as_array_mut().unwrap().reverse();
        assert_eq!(kit.put(ONE, "a", &last).await.status, 200);
        assert_eq!(kit.appointments(JAN).await.len(), 1);
    }
}
