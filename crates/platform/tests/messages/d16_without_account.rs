//! A message for a patient without an account (D16).

use serde_json::json;
use store::Error;
use testkit::{JAN, Kit, NOBODY, message};
use world::Clock as _;

use super::{ONE, TWO, link_in_mail, log_in, only_message, write};

#[tokio::test]
async fn d16_with_a_mail_address_it_waits_and_the_patient_is_invited() {
    for kit in Kit::on_both().await {
        let xis = kit.caller().await;
        let before = kit.rows().await;
        assert_eq!(xis.post(ONE, &message(NOBODY, "Uw uitslag is er.")).await.status, 201);
        let expected = [("audit", 2), ("invitation", 1), ("message", 1), ("outbox", 1), ("receipt", 2)];
        assert_eq!(kit.grown(&before).await, expected);
        assert_eq!(kit.audited("message").await, ["waits for its patient"]);
        kit.drain().await;
        let [mail] = &kit.mailbox.mails()[..] else { panic!("one mail") };
        assert_eq!(mail.to, NOBODY.mail);
        for text in [&mail.text, &mail.html, &mail.subject] {
            assert!(text.contains("Praktijk De Linde"), "{text}");
        }
        assert!(mail.text.contains("bericht") && mail.text.contains(&format!("{}/invitations/", kit.base)));
    }
}

#[tokio::test]
async fn d16_it_is_there_at_the_first_login_with_its_practice_and_its_badge() {
    for kit in Kit::on_both().await {
        write(&kit, NOBODY, "Uw uitslag is er.").await;
        kit.drain().await;
        let before = kit.rows().await;
        let browser = log_in(&kit, NOBODY, "/").await;
        let grown = kit.grown(&before).await;
        for table in [("account", 1), ("membership", 1)] {
            assert!(grown.contains(&table), "{grown:?}");
        }
        assert!(browser.read("/").await.contains("U hebt 1 nieuw bericht van uw praktijk"));
        assert!(browser.read(&only_message(&browser).await).await.contains("Uw uitslag is er."));
        assert_eq!(kit.audited("message").await, ["delivered", "waits for its patient"]);
        assert_eq!(kit.audited("message view").await, ["read"]);
        // Without a mail address the badge is all (D12): nothing is told, and nothing is told twice.
        assert!(!grown.iter().any(|(table, _)| *table == "delivery"), "{grown:?}");
        log_in(&kit, NOBODY, "/").await;
        assert_eq!(kit.rows().await["message"], 1);
    }
}

#[tokio::test]
async fn d16_without_a_mail_address_it_is_refused_and_nothing_is_kept() {
    for kit in Kit::on_both().await {
        let before = kit.rows().await;
        for telecom in [json!(null), json!([]), json!([{ "system": "phone", "value": "0612345678" }])] {
            let mut body = message(NOBODY, "Uw uitslag is er.");
            body["contained"][0]["telecom"] = telecom;
            let answer = kit.post(ONE, &body).await;
            assert_eq!(answer.refusal(), (422, "PATIENT_NOT_FOUND".to_owned()));
            assert_eq!(answer.issue()["code"], "not-found");
            // Who has an account needs no address.
            body["contained"][0]["identifier"][0]["value"] = json!(JAN.bsn);
            assert_eq!(kit.post(ONE, &body).await.status, 201);
        }
        let grown = kit.grown(&before).await;
        assert!(grown.contains(&("message", 1)) && !grown.iter().any(|(table, _)| *table == "invitation"));
        // The refusal left no receipt behind: with an address it is taken.
        write(&kit, NOBODY, "Uw uitslag is er.").await;
    }
}

#[tokio::test]
async fn a_mail_address_that_is_none_is_refused_where_it_is_needed() {
    for kit in Kit::on_both().await {
        let mut body = message(NOBODY, "Uw uitslag is er.");
        body["contained"][0]["telecom"][0]["value"] = json!("niemand");
        let answer = kit.post(ONE, &body).await;
        assert_eq!(answer.refusal(), (400, "MAIL_ADDRESS".to_owned()));
        assert_eq!(answer.expression(), "Communication.contained[0].telecom[0].value");
        body["contained"][0]["identifier"][0]["value"] = json!(JAN.bsn);
        assert_eq!(kit.post(ONE, &body).await.status, 201);
    }
}

#[tokio::test]
async fn d16_several_messages_of_one_day_invite_once_and_of_two_practices_twice() {
    for kit in Kit::on_both().await {
        for text in ["een", "twee", "drie"] {
            write(&kit, NOBODY, text).await;
        }
        assert_eq!(kit.rows().await["invitation"], 1);
        assert_eq!(kit.post(TWO, &message(NOBODY, "een")).await.status, 201);
        assert_eq!(kit.rows().await["invitation"], 2);
        kit.drain().await;
        assert_eq!(kit.mailbox.mails().len(), 2);
        let browser = log_in(&kit, NOBODY, "/").await;
        assert!(browser.read("/messages").await.contains("Huisartsen aan de Vecht"));
        assert!(browser.read("/").await.contains("U hebt 4 nieuwe berichten"));
    }
}

#[tokio::test]
async fn d16_the_same_message_with_a_corrected_address_invites_there() {
    for kit in Kit::on_both().await {
        let mut body = message(NOBODY, "Uw uitslag is er.");
        body["contained"][0]["telecom"][0]["value"] = json!("typo@patient.example");
        let first = kit.post(ONE, &body).await;
        for _ in 0..2 {
            let again = write(&kit, NOBODY, "Uw uitslag is er.").await;
            assert_eq!(again.header("location"), first.header("location"));
        }
        kit.drain().await;
        let to: Vec<String> = kit.mailbox.mails().into_iter().map(|mail| mail.to).collect();
        assert_eq!(to, ["typo@patient.example", NOBODY.mail]);
        assert_eq!(kit.rows().await["message"], 1);
        assert_eq!(kit.audited("message").await, ["repeated", "repeated", "waits for its patient"]);
    }
}

#[tokio::test]
async fn d16_after_thirty_days_it_is_gone() {
    for kit in Kit::on_both().await {
        write(&kit, NOBODY, "Uw uitslag is er.").await;
        let (store, now) = (&kit.store, kit.clock.now());
        let day = jiff::SignedDuration::from_hours(24);
        for (days, left) in [(30, 1), (31, 0)] {
            let swept: Result<(), Error> = store
                .tx("sweep", |mut tx| async move {
                    store.sweep_waiting_messages(&mut tx, now + day * days - day * 30).await
                })
                .await;
            swept.unwrap();
            assert_eq!(kit.rows().await["message"], left, "{days} days");
        }
    }
}

#[tokio::test]
async fn d16_whoever_follows_the_invitation_finds_the_message_and_is_mailed_from_then_on() {
    for kit in Kit::on_both().await {
        write(&kit, NOBODY, "Uw uitslag is er.").await;
        let link = link_in_mail(&kit, NOBODY).await;
        let browser = log_in(&kit, NOBODY, &link).await;
        assert_eq!(browser.post(&link, &[]).await.header("location"), link);
        assert!(browser.read(&only_message(&browser).await).await.contains("Uw uitslag is er."));
        write(&kit, NOBODY, "Nog een bericht.").await;
        let path = link_in_mail(&kit, NOBODY).await;
        assert!(path.starts_with("/messages/"), "{path}");
    }
}
