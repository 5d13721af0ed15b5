use reqwest::Method;
use serde_json::json;
use testkit::{Answer, JAN, Kit, Reply, appointment};

use super::ONE;
use crate::steps;

#[tokio::test]
async fn a17_a_comment_is_the_practices_message() {
    for kit in Kit::on_both().await {
        let mut body = appointment("a", JAN);
        body["comment"] = json!("Kom vijf minuten eerder");
        kit.put(ONE, "a", &body).await;
        let page = kit.browser(JAN).await.read("/").await;
        assert!(
            page.contains("Bericht van de praktijk") && page.contains("Kom vijf minuten eerder"),
            "{page}"
        );
    }
}

#[tokio::test]
async fn a17_an_echo_of_the_patients_reason_is_no_message() {
    for kit in Kit::on_both().await {
        kit.xis_of(ONE).await.answers(Reply::Booked("x1"));
        let page = steps::book_and_read(&kit.browser(JAN).await, ONE).await;
        assert!(page.contains("Pijn in mijn knie") && !page.contains("Bericht van de praktijk"), "{page}");
        let mut echo = appointment("x1", JAN);
        echo["comment"] = json!("Pijn in mijn knie");
        kit.put(ONE, "x1", &echo).await;
        let stored = kit.appointment(JAN).await;
        assert_eq!((stored.appointment.message(), kit.rows().await["notice"]), (None, 1));
        assert_eq!(stored.appointment.reason.unwrap().as_str(), "Pijn in mijn knie");
    }
}

/// ASVS: 8.2.3
#[tokio::test]
async fn a18_of_other_participants_only_the_display_is_shown() {
    for kit in Kit::on_both().await {
        let mut body = appointment("a", JAN);
        body["participant"][1]["actor"] = json!({ "reference": "https://xis.example/PractitionerRole/77", "display": "dokter <b>De Vries</b>" });
        let room = json!({ "actor": { "reference": "Location/9" }, "status": "accepted" });
        body["participant"].as_array_mut().unwrap().push(room);
        assert_eq!(kit.put(ONE, "a", &body).await.status, 200);
        let page = kit.browser(JAN).await.read("/").await;
        assert!(page.contains("dokter &#60;b&#62;De Vries&#60;/b&#62;"), "{page}");
        assert!(!page.contains("PractitionerRole") && !page.contains("Location/9"), "{page}");
    }
}

#[tokio::test]
async fn a19_required_is_read_under_the_actor_and_on_the_participant() {
    for kit in Kit::on_both().await {
        let mut body = appointment("a", JAN);
        body["participant"][0]["actor"]["required"] = json!("required");
        body["participant"][1]["required"] = json!("required");
        assert_eq!(kit.put(ONE, "a", &body).await.status, 200);
        // It is no news to anybody.
        let before = kit.rows().await;
        kit.put(ONE, "a", &appointment("a", JAN)).await;
        assert_eq!(kit.grown(&before).await, [("audit", 2)]);
    }
}

/// ASVS: 8.2.3
#[tokio::test]
async fn a20_the_body_is_empty_unless_the_resource_is_asked_for() {
    for kit in Kit::on_both().await {
        let mut body = appointment("a", JAN);
        body["comment"] = json!("Kom nuchter");
        assert_eq!(kit.put(ONE, "a", &body).await.text, "");
        let call = kit.call(Method::PUT, ONE, "/Appointment/a").await;
        let call = call.header("prefer", "respond-async; return=representation");
        let answer = Answer::to(call.body(body.to_string())).await;
        assert_eq!(answer.header("content-type"), "application/fhir+json");
        let shown = answer.json();
        assert_eq!((&shown["resourceType"], &shown["id"]), (&json!("Appointment"), &json!("a")));
        assert_eq!((&shown["status"], &shown["comment"]), (&json!("booked"), &json!("Kom nuchter")));
        assert_eq!(shown["meta"]["versionId"], "1");
        assert_eq!(shown["participant"].as_array().unwrap().len(), 2);
        assert!(!answer.text.contains(JAN.bsn), "{}", answer.text);
    }
}
