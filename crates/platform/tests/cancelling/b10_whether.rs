use serde_json::{Value, json};
use testkit::{FATIMA, JAN, Kit, Reply, appointment};

use super::{ONE, Visit};
use crate::{portal::page::text, steps};

/// The visit with the extension of eAfspraak.
fn editable(indicator: bool, until: Option<&str>) -> Value {
    let mut parts = vec![json!({ "url": "Indicator", "valueBoolean": indicator })];
    parts.extend(until.map(|until| json!({ "url": "OnlineEditableUntil", "valueDateTime": until })));
    let url = "http://nictiz.nl/fhir/StructureDefinition/eAfspraak-Appointment-OnlineEditable";
    let mut shown = appointment("a", JAN);
    shown["extension"] = json!([{ "url": url, "extension": parts }]);
    shown
}

#[tokio::test]
async fn b10_the_page_says_until_when_and_after_that_gives_the_phone_number() {
    for kit in Kit::on_both().await {
        let visit = Visit::planned(&kit).await;
        let until = "Tot maandag 11 mei 2026 om 09:10 uur kunt u deze afspraak online annuleren.";
        for page in [visit.reads(&visit.address).await, text(&visit.browser.read("/").await)] {
            assert!(page.contains(until) && page.contains("Vragen? Bel 030 123 45 67."), "{page}");
        }
        visit.later(7 * 24 * 3600 - 50 * 60).await;
        let browser = kit.browser(JAN).await;
        let page = text(&browser.read(&visit.address).await);
        assert!(
            !page.contains("online annuleren") && page.contains("Wijzigen of afzeggen? Bel 030"),
            "{page}"
        );
        let question = text(&browser.read(&format!("{}/cancel", visit.address)).await);
        assert!(
            question.contains("niet online annuleren") && question.contains("030 123 45 67"),
            "{question}"
        );
        assert!(!question.contains("Ja, annuleer"), "{question}");
        // A question that was still open in a browser.
        let late = browser.post(&format!("{}/cancel", visit.address), &[]).await;
        assert_eq!(late.header("location"), format!("{}/cancel", visit.address));
        assert_eq!((visit.cancellations(), visit.stands().await), (0, "booked"));
        assert_eq!(kit.audited("appointment cancel").await, ["refused: only by calling"]);
    }
}

#[tokio::test]
async fn b10_each_type_has_its_own_hours() {
    for kit in Kit::on_both().await {
        let visit = Visit::planned(&kit).await;
        for (hours, until) in
            [("consult=300", None), ("video=300", Some("11 mei")), ("consult=47", Some("10 mei"))]
        {
            kit.set(ONE, "cancel_until_hours_by_type", hours).await;
            let page = visit.reads(&visit.address).await;
            let said =
                page.split("kunt u deze afspraak online annuleren").next().filter(|said| *said != page);
            assert_eq!(said.is_some(), until.is_some(), "{hours}: {page}");
            assert!(until.is_none_or(|until| page.contains(until)), "{hours}: {page}");
        }
    }
}

#[tokio::test]
async fn b10_the_practices_system_has_the_first_word_where_it_sends_one() {
    for kit in Kit::on_both().await {
        let visit = Visit::planned(&kit).await;
        let caller = kit.caller().await;
        for (shown, says) in [
            (editable(false, None), None),
            (
                editable(true, Some("2026-05-12T08:00:00+02:00")),
                Some("Tot dinsdag 12 mei 2026 om 08:00 uur kunt u"),
            ),
            (editable(true, None), Some("Tot dinsdag 12 mei 2026 om 09:10 uur kunt u")),
            (editable(true, Some("2026-05-04T09:00:00+02:00")), None),
        ] {
            assert_eq!(caller.put(ONE, "a", &shown).await.status, 200);
            let page = visit.reads(&visit.address).await;
            assert_eq!(page.contains("online annuleren"), says.is_some(), "{page}");
            assert!(says.is_none_or(|says| page.contains(says)), "{page}");
        }
        // It is no change to tell of.
        assert_eq!(visit.mails().await.len(), 0);
    }
}

#[tokio::test]
async fn b10_what_the_system_answers_to_a_booking_counts_too() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(ONE).await;
        xis.answers(Reply::Cut);
        let address = steps::book(&kit.browser(JAN).await, ONE).await;
        xis.shows(vec![editable(true, Some("2026-05-12T08:00:00+02:00"))]);
        kit.clock.turn(std::time::Duration::from_secs(30));
        kit.drain().await;
        let page = kit.browser(JAN).await.read(&address).await;
        assert!(page.contains("Tot dinsdag 12 mei 2026 om 08:00 uur kunt u"), "{page}");
    }
}

#[tokio::test]
async fn b10_what_the_system_shows_when_it_is_read_decides() {
    let mut moved = appointment("a", JAN);
    (moved["start"], moved["end"]) = (json!("2026-05-05T09:10:00+02:00"), json!("2026-05-05T09:20:00+02:00"));
    let mut over = appointment("a", JAN);
    over["status"] = json!("fulfilled");
    for kit in Kit::on_both().await {
        for shown in [
            vec![editable(false, None)],
            vec![moved.clone()],
            vec![over.clone()],
            vec![],
            vec![appointment("a", FATIMA)],
        ] {
            let visit = Visit::planned(&kit).await;
            visit.xis.shows(shown.clone());
            let page = visit.cancels().await;
            assert!(page.contains("kan deze afspraak niet meer online annuleren"), "{shown:?}: {page}");
            assert_eq!((visit.cancellations(), visit.stands().await), (0, "booked"), "{shown:?}");
            // At another time it may be possible again.
            let mut later = appointment("a", JAN);
            later["end"] = json!("2026-05-12T09:40:00+02:00");
            later["start"] = json!("2026-05-12T09:30:00+02:00");
            kit.put(ONE, "a", &later).await;
            assert!(
                visit.reads(&visit.address).await.contains("kunt u deze afspraak online annuleren"),
                "{shown:?}"
            );
            later["status"] = json!("cancelled");
            kit.put(ONE, "a", &later).await;
        }
    }
}

#[tokio::test]
async fn b10_a_proposed_one_can_be_cancelled_too() {
    for kit in Kit::on_both().await {
        let visit = Visit::planned(&kit).await;
        visit.is_shown_as("proposed");
        visit.cancels().await;
        assert_eq!((visit.cancellations(), visit.stands().await), (1, "cancelled by the patient"));
    }
}
