use serde_json::json;
use testkit::{JAN, Kit, appointment};

use super::ONE;

#[tokio::test]
async fn a5_the_id_in_the_body_is_the_id_in_the_address() {
    for kit in Kit::on_both().await {
        let answer = kit.put(ONE, "a", &appointment("b", JAN)).await;
        assert_eq!(answer.refusal(), (400, "ID_DIFFERS".to_owned()));
        assert_eq!(answer.expression(), "Appointment.id");
        let mut none = appointment("a", JAN);
        none.as_object_mut().unwrap().remove("id");
        assert_eq!(kit.put(ONE, "a", &none).await.refusal(), (400, "ID_MISSING".to_owned()));
        let spaced = kit.put(ONE, "a%20b", &appointment("a b", JAN)).await;
        assert_eq!(spaced.refusal(), (400, "ID_MALFORMED".to_owned()));
        assert!(kit.appointments(JAN).await.is_empty());
    }
}

#[tokio::test]
async fn a6_new_and_known_are_both_200_with_location_and_etag() {
    for kit in Kit::on_both().await {
        let mut body = appointment("a.1", JAN);
        for version in 1..=2 {
            let answer = kit.put(ONE, "a.1", &body).await;
            assert_eq!(answer.status, 200);
            let location = format!("{}/fhir/r4/Appointment/a.1/_history/{version}", kit.base);
            assert_eq!(answer.header("location"), location);
            assert_eq!(answer.header("etag"), format!("W/\"{version}\""));
            body["comment"] = json!("Neem uw pasje mee");
        }
    }
}
