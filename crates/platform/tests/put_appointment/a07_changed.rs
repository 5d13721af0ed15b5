use serde_json::{Value, json};
use testkit::{JAN, Kit, appointment};

use super::ONE;

/// Puts the appointment, then the other form of it, and says what the second one added.
async fn put_both(kit: &Kit, first: &Value, second: &Value) -> Vec<(&'static str, i64)> {
    let xis = kit.caller().await;
    assert_eq!(xis.put(ONE, "a", first).await.status, 200);
    let before = kit.rows().await;
    let answer = xis.put(ONE, "a", second).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    kit.grown(&before).await
}

#[tokio::test]
async fn a7_another_spelling_of_the_same_changes_nothing() {
    for kit in Kit::on_both().await {
        let mut first = appointment("a", JAN);
        first["comment"] = json!("Neem één foto mee");
        let second_coding = json!({ "system": "urn:b", "code": "x", "display": "X" });
        first["serviceCategory"][0]["coding"].as_array_mut().unwrap().push(second_coding);
        let mut second = first.clone();
        second["start"] = json!("2026-05-12T07:10:00Z");
        second["end"] = json!("2026-05-12T07:20:00.000Z");
        second["comment"] = json!("  Neem e\u{301}e\u{301}n foto mee\r\n");
        second["meta"] = json!({ "versionId": "9", "lastUpdated": "2026-05-04T08:00:00Z" });
        second["text"] = json!({ "status": "generated", "div": "<div>Consult</div>" });
        second["description"] = Value::Null;
        second["participant"].as_array_mut().unwrap().reverse();
        second["serviceCategory"][0]["coding"].as_array_mut().unwrap().reverse();
        assert_eq!(put_both(&kit, &first, &second).await, [("audit", 1)]);
        assert_eq!(kit.appointment(JAN).await.revision, 1);
    }
}

#[tokio::test]
async fn a7_each_thing_that_a_patient_must_know_is_a_change() {
    let changes = [
        ("/start", json!("2026-05-12T09:05:00+02:00")),
        ("/end", json!("2026-05-12T09:30:00+02:00")),
        ("/comment", json!("Kom nuchter")),
        ("/serviceCategory/0/coding/0/code", json!("video")),
        ("/participant/1/actor/reference", json!("PractitionerRole/8")),
    ];
    for kit in Kit::on_both().await {
        for (at, value) in &changes {
            let (first, mut second) = (appointment("a", JAN), appointment("a", JAN));
            let (parent, field) = at.rsplit_once('/').unwrap();
            second.pointer_mut(parent).unwrap()[field] = value.clone();
            let told = put_both(&kit, &first, &second).await;
            assert_eq!(told, [("audit", 1), ("delivery", 1), ("notice", 1), ("outbox", 1)], "{at}");
        }
    }
}

#[tokio::test]
async fn a7_another_display_text_is_shown_and_told_to_nobody() {
    for kit in Kit::on_both().await {
        let (first, mut second) = (appointment("a", JAN), appointment("a", JAN));
        second["participant"][1]["actor"]["display"] = json!("dokter J. Jansen");
        second["serviceCategory"][0]["coding"][0]["display"] = json!("Gewoon consult");
        assert_eq!(put_both(&kit, &first, &second).await, [("audit", 1)]);
        assert_eq!(kit.appointment(JAN).await.revision, 2);
        let page = kit.browser(JAN).await.read("/").await;
        assert!(page.contains("Gewoon consult bij dokter J. Jansen"), "{page}");
    }
}
