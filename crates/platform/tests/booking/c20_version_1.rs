//! A practice whose system speaks version 1 of the contract, behind the same pages (C11, C20, D13).

use serde_json::{Value, json};
use testkit::{JAN, Kit, Reply, ScriptedXis, slot};

use super::{ONE, booked, word};

const AGENDAS: &str = "/book/01000001/agenda?type=urn%3Axis%3Atypes%7Cconsult";

/// A slot as version 1 has it: no schedule, and here no name either.
fn slot_of(id: &str, role: &str, start: &str) -> Value {
    let mut slot = slot(id, role, start);
    slot.as_object_mut().unwrap().remove("schedule");
    slot["extension"][0]["valueReference"].as_object_mut().unwrap().remove("display");
    slot
}

async fn version_1(kit: &Kit) -> ScriptedXis {
    let xis = kit.xis_of(ONE).await;
    kit.set(ONE, "api_version", "1").await;
    let actor = json!({ "system": "urn:xis:types", "concept": { "code": "consult", "display": "Consult" } });
    xis.offers_types_as(
        json!({ "resourceType": "AppointmentType", "compose": { "include": [{ "actor": actor }] } }),
    );
    xis.offers(vec![
        slot_of("s1", "7", "2026-05-12T09:10:00+02:00"),
        slot_of("s2", "8", "2026-05-12T09:10:00+02:00"),
        slot_of("s3", "nobody", "2026-05-12T10:10:00+02:00"),
    ]);
    xis
}

#[tokio::test]
async fn c11_d13_agendas_come_from_schedules_and_practitioner_roles_and_slots_are_asked_by_role() {
    for kit in Kit::on_both().await {
        let xis = version_1(&kit).await;
        let page = kit.browser(JAN).await.read(AGENDAS).await;
        assert!(page.contains("dokter Jansen") && page.contains("dokter De Vries"), "{page}");
        let asked = xis.received("GET", "Slot").pop().unwrap();
        assert_eq!(
            asked.query(),
            "service-category=urn:xis:types|consult&schedule.date=ge2026-05-05&schedule.date=le2026-06-01\
             &schedule.actor:PractitionerRole=7,8"
        );
    }
}

#[tokio::test]
async fn c20_d13_a_patient_books_at_a_practice_of_version_1() {
    for kit in Kit::on_both().await {
        let xis = version_1(&kit).await;
        let (stored, _) = booked(&kit, &xis, ONE, Reply::Booked("x1")).await;
        assert_eq!(word(&stored), "booked");
        let [sent] = &xis.bookings()[..] else { panic!("one booking") };
        assert_eq!(sent["participant"][1]["actor"]["reference"], "PractitionerRole/7");
        assert_eq!(xis.received("GET", "ValueSet").pop().unwrap().query(), "");
    }
}
