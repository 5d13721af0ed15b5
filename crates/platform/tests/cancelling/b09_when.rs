use agenda::State;
use serde_json::json;
use testkit::{FATIMA, JAN, Kit};

use super::{ONE, Visit};

#[tokio::test]
async fn b09_it_stands_until_the_practices_system_agrees_and_is_told_once() {
    for kit in Kit::on_both().await {
        let visit = Visit::planned(&kit).await;
        let (store, bsn) = (kit.store.clone(), agenda::Bsn::parse(JAN.bsn).unwrap());
        visit.xis.before_answering(move |_| async move {
            let (store, bsn) = (&store, &bsn);
            let found: Result<Vec<store::Stored>, store::Error> = store
                .read("what is kept", |mut tx| async move {
                    let account = store.account_of(&mut tx, bsn).await?.unwrap();
                    store.appointments_of(&mut tx, account.id).await
                })
                .await;
            let [held]: [store::Stored; 1] = found.unwrap().try_into().unwrap();
            assert!(held.appointment.state == State::Booked && held.appointment.is_cancelling());
        });
        let before = kit.rows().await;
        let page = visit.cancels().await;
        assert!(page.contains("Uw afspraak is geannuleerd"), "{page}");
        assert!(
            page.contains("U hebt deze afspraak geannuleerd. De praktijk weet dat u niet komt."),
            "{page}"
        );
        assert_eq!(visit.stands().await, "cancelled by the patient");
        // Asked, answered, seen; one notice; its mail and what waited behind the asking; the browser that reads.
        let grown = [("audit", 3), ("delivery", 1), ("notice", 1), ("outbox", 2), ("session", 1)];
        assert_eq!(kit.grown(&before).await, grown);
        assert_eq!(kit.audited("appointment cancel").await, ["sent"]);
        assert_eq!(kit.audited("appointment cancel answer").await, ["cancelled by the patient"]);
        visit.later(3600).await;
        assert_eq!((visit.cancellations(), visit.mails().await.len()), (1, 1));
    }
}

#[tokio::test]
async fn b09_who_waited_for_the_answer_has_no_news_and_who_could_not_wait_has() {
    for kit in Kit::on_both().await {
        let visit = Visit::planned(&kit).await;
        visit.sends("").await;
        assert_eq!(visit.stands().await, "cancelled by the patient");
        assert!(!kit.appointment(JAN).await.unseen, "what one just did oneself is no news");
    }
    for kit in Kit::on_both().await {
        let visit = Visit::planned(&kit).await;
        visit.xis.answers_cancellation(testkit::Reply::Status(503));
        visit.sends("").await;
        assert_eq!(visit.stands().await, "cancelling");
        visit.later(30).await;
        assert_eq!(visit.stands().await, "cancelled by the patient");
        assert!(kit.appointment(JAN).await.unseen, "an answer that comes later is news");
    }
}

#[tokio::test]
async fn b01_b02_c14_what_is_sent_names_the_patient_in_either_form_and_always_has_a_sentence() {
    for kit in Kit::on_both().await {
        let number = json!({ "system": "http://fhir.nl/fhir/NamingSystem/bsn", "value": JAN.bsn });
        let without_words = "De patiënt heeft deze afspraak online geannuleerd.";
        for (setting, words, sentence, actor) in [
            ("off", "", without_words, json!({ "reference": { "identifier": [number] } })),
            ("on", " Ik ben\r\nverhinderd ", "Ik ben\nverhinderd", json!({ "identifier": number })),
        ] {
            kit.set(ONE, "fhir_actor", setting).await;
            let visit = Visit::planned(&kit).await;
            visit.sends(words).await;
            let [call] = &visit.xis.received("POST", "AppointmentResponse")[..] else { panic!() };
            let expected = json!({
                "resourceType": "AppointmentResponse", "appointment": { "reference": "Appointment/a" },
                "actor": actor, "participantStatus": "declined", "comment": sentence,
            });
            assert_eq!(call.json(), expected);
            assert_eq!((&call.claims()["bsn"], call.query().as_str()), (&JAN.bsn.into(), ""));
            // It was read first (C4), for the patient too.
            let [read] = &visit.xis.received("GET", "Appointment")[..] else { panic!() };
            assert_eq!((&read.claims()["bsn"], read.query().as_str()), (&JAN.bsn.into(), "id=a"));
            // For the next round: long after, the practice plans it again.
            kit.clock.turn(std::time::Duration::from_secs(16 * 60));
        }
    }
}

#[tokio::test]
async fn b09_a_double_tap_and_a_second_device_cancel_once() {
    for kit in Kit::on_both().await {
        let visit = Visit::planned(&kit).await;
        let (second, address) = (kit.browser(JAN).await, format!("{}/cancel", visit.address));
        let taps = [&visit.browser, &second, &visit.browser, &second].map(|one| one.post(&address, &[]));
        let pages = futures::future::join_all(taps).await;
        assert!(pages.iter().all(|page| page.header("location") == visit.address), "{pages:?}");
        assert_eq!((visit.cancellations(), visit.stands().await), (1, "cancelled by the patient"));
        visit.later(30).await;
        // Again, when it is long over.
        assert_eq!(
            visit.browser.get(&format!("{}/cancel", visit.address)).await.header("location"),
            visit.address
        );
        assert!(visit.cancels().await.contains("Uw afspraak is geannuleerd"));
        assert_eq!((visit.cancellations(), visit.mails().await.len()), (1, 1));
    }
}

#[tokio::test]
async fn b09_nobody_cancels_for_another_patient() {
    for kit in Kit::on_both().await {
        let visit = Visit::planned(&kit).await;
        let fatima = kit.browser(FATIMA).await;
        let address = format!("{}/cancel", visit.address);
        assert_eq!((fatima.get(&address).await.status, fatima.post(&address, &[]).await.status), (404, 404));
        assert_eq!((visit.cancellations(), visit.stands().await), (0, "booked"));
    }
}

#[tokio::test]
async fn the_question_keeps_what_was_written_when_it_is_too_long_or_the_language_changes() {
    let kit = Kit::start(testkit::Database::sqlite()).await;
    let visit = Visit::planned(&kit).await;
    let address = format!("{}/cancel", visit.address);
    let question = visit.browser.read(&address).await;
    assert!(
        question.contains("Wilt u deze afspraak annuleren?")
            && question.contains("Ja, annuleer deze afspraak")
    );
    let long = "é".repeat(501);
    let refused = visit.sends(&long).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.text.contains(&long) && refused.text.contains("Uw tekst heeft 501 tekens."),
        "{}",
        refused.text
    );
    let english = visit.browser.post(&address, &[("words", "Ik ben beter"), ("language", "en")]).await;
    assert!(english.text.contains("Do you want to cancel this appointment?"), "{}", english.text);
    assert!(english.text.contains("Ik ben beter</textarea>"), "{}", english.text);
    assert_eq!((visit.cancellations(), visit.stands().await), (0, "booked"));
}
