//! What is kept of a patient beside what the pages show: taken along, said, and gone with the account.

use serde_json::Value;
use store::Choice;
use testkit::{Caller, FATIMA, JAN, Kit, invitation, message};
use world::Clock as _;

use super::my_data::{download, file_in};
use crate::visit::{ONE, Visit};

/// Jan is choosing another time for his visit.
async fn begins_to_move(kit: &Kit) {
    let (store, now) = (&kit.store, kit.clock.now());
    let (id, choice) =
        (kit.appointment(JAN).await, &Choice { reason: Some("Later".into()), ..Choice::default() });
    let (id, account) = (id.id, id.account.unwrap());
    let kept: Result<(), store::Error> = store
        .tx(
            "choose",
            |mut tx| async move { store.save_reschedule_draft(&mut tx, account, id, choice, now).await },
        )
        .await;
    kept.unwrap();
}

/// ASVS: 14.2.4
#[tokio::test]
async fn addresses_invitations_and_who_has_looked_are_in_the_file_too() {
    for kit in Kit::on_both().await {
        let visit = Visit::booked(&kit).await;
        begins_to_move(&kit).await;
        let asked = visit.browser.post("/preferences/address", &[("address", "nieuw@patient.example")]).await;
        assert_eq!(asked.status, 303, "{}", asked.text);
        let third = Caller::new(&kit.base, &kit.http, "other-xis", "other-secret").await;
        for patient in [JAN, FATIMA] {
            assert_eq!(third.post("01000004", &invitation(patient)).await.status, 201);
        }
        let zip = download(&kit, &visit.browser).await;
        let facts: Value = serde_json::from_slice(file_in(&zip, "my-data.json").unwrap()).unwrap();
        let mail = &facts["mailAddresses"];
        assert_eq!(
            (&mail[0]["mail"], &mail[0]["standing"]),
            (&"nieuw@patient.example".into(), &"to be proved".into())
        );
        let invited = facts["invitations"].as_array().unwrap();
        assert_eq!((invited.len(), &invited[0]["mail"]), (1, &JAN.mail.into()));
        let numbers: Vec<_> =
            facts["practices"].as_array().unwrap().iter().map(|one| &one["patientNumberThere"]).collect();
        assert!(numbers.contains(&&"456".into()), "{numbers:?}");
        let unfinished = facts["unfinished"].as_array().unwrap();
        assert!(unfinished.iter().any(|one| one["reason"] == "Later" && !one["moves"].is_null()), "{facts}");
        let lines = facts["access"].as_array().unwrap();
        assert!(
            lines.iter().any(|line| line["by"] == "patient" && line["what"] == "appointment request"),
            "{facts}"
        );
        assert!(!String::from_utf8_lossy(&zip).contains(FATIMA.mail));
    }
}

#[tokio::test]
async fn the_number_is_among_what_is_kept_and_not_among_what_goes() {
    for kit in Kit::on_both().await {
        let browser = kit.browser(JAN).await;
        for (language, stays, number) in [
            ("nl", "Dit blijft bewaard", "burgerservicenummer"),
            ("en", "This is kept", "citizen service number"),
        ] {
            browser.post("/language", &[("language", language)]).await;
            let page = browser.read("/my-data/delete").await;
            let (goes, stays) = page.split_once(stays).unwrap();
            assert!(!goes.contains(number) && stays.contains(number), "{page}");
        }
    }
}

/// ASVS: 14.2.7
#[tokio::test]
async fn d16_what_a_practice_sends_again_after_the_account_went_is_new() {
    for kit in Kit::on_both().await {
        let mut body = message(JAN, "Uw uitslag is goed");
        body["contained"][0]["telecom"] = Value::Null;
        assert_eq!(kit.post(ONE, &body).await.status, 201);
        assert_eq!(kit.post(ONE, &message(FATIMA, "Tot morgen")).await.status, 201);
        let third = Caller::new(&kit.base, &kit.http, "other-xis", "other-secret").await;
        assert_eq!(third.post("01000004", &invitation(JAN)).await.status, 201);
        let deleted = kit.browser(JAN).await.post("/my-data/delete", &[]).await;
        assert_eq!(deleted.status, 200);
        assert_eq!(kit.rows().await["receipt"], 1, "of what Fatima got");
        assert_eq!(kit.post(ONE, &body).await.refusal(), (422, "PATIENT_NOT_FOUND".to_owned()));
        kit.drain().await;
        let mails = kit.mailbox.mails().len();
        assert_eq!(third.post("01000004", &invitation(JAN)).await.status, 201);
        kit.drain().await;
        assert_eq!(kit.mailbox.mails().len(), mails + 1, "the invitation is mailed, not repeated");
    }
}
