//! What the founding text on updates by the practice's system promises, line by line. The same in a browser, with the
//! reference XIS at the other end, is played in `e2e/browser.test.mjs`.

use agenda::{Kind, State};
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Answer, JAN, Kit, appointment};

const ONE: &str = "01000001";

fn moved() -> Value {
    let mut moved = appointment("a", JAN);
    (moved["start"], moved["end"]) = (json!("2026-05-12T11:40:00+02:00"), json!("2026-05-12T11:50:00+02:00"));
    moved
}

fn cancelled() -> Value {
    let mut cancelled = appointment("a", JAN);
    cancelled["status"] = json!("cancelled");
    cancelled
}

/// What Jan reads, first in the mail and then in the overview with its badge.
async fn told(kit: &Kit, in_mail: &str, in_overview: &[&str]) {
    kit.drain().await;
    let mail = kit.mailbox.mails().pop().expect("a mail");
    assert!(mail.to == JAN.mail && mail.subject.contains(in_mail), "{}", mail.subject);
    let page = kit.browser(JAN).await.read("/").await;
    assert!(page.contains("1 afspraak met nieuws"), "{page}");
    for text in in_overview {
        assert!(page.contains(text), "{text}: {page}");
    }
}

#[tokio::test]
async fn the_practice_is_named_as_a_token_in_the_header() {
    for kit in Kit::on_both().await {
        let call = |named: &'static str| {
            let kit = &kit;
            async move {
                let call = kit
                    .caller()
                    .await
                    .bare(Method::PUT, "/Appointment/a")
                    .header("content-type", "application/fhir+json");
                let call = call.header("x-organization-identifier", named);
                Answer::to(call.body(appointment("a", JAN).to_string())).await.status
            }
        };
        assert_eq!(call("http://fhir.nl/fhir/NamingSystem/agb-z|01000001").await, 200);
        assert_eq!(call("http://fhir.nl/fhir/NamingSystem/uzi-nr-pers|01000001").await, 400);
    }
}

#[tokio::test]
async fn a_xis_manages_its_own_practices_only() {
    for kit in Kit::on_both().await {
        let answer = kit.put("01000004", "a", &appointment("a", JAN)).await;
        assert_eq!(answer.refusal(), (403, "ORGANIZATION_FORBIDDEN".to_owned()));
        assert!(kit.appointments(JAN).await.is_empty());
    }
}

#[tokio::test]
async fn booked_and_not_known_yet_is_a_new_appointment() {
    for kit in Kit::on_both().await {
        assert_eq!(kit.put(ONE, "a", &appointment("a", JAN)).await.status, 200);
        let stored = kit.appointment(JAN).await;
        assert_eq!((stored.appointment.state, stored.news.unwrap().kind), (State::Booked, Kind::New));
    }
}

#[tokio::test]
async fn a_new_appointment_is_told_by_mail_and_shown_with_a_badge() {
    for kit in Kit::on_both().await {
        kit.put(ONE, "a", &appointment("a", JAN)).await;
        told(&kit, "Nieuwe afspraak", &["Komende afspraken", "Nieuw", "09:10", "Consult bij dokter Jansen"])
            .await;
    }
}

#[tokio::test]
async fn booked_and_known_is_a_modification() {
    for kit in Kit::on_both().await {
        kit.put(ONE, "a", &appointment("a", JAN)).await;
        assert_eq!(kit.put(ONE, "a", &moved()).await.status, 200);
        let stored = kit.appointment(JAN).await;
        assert_eq!((stored.appointment.state, stored.news.unwrap().kind), (State::Booked, Kind::Modified));
    }
}

#[tokio::test]
async fn an_update_in_which_nothing_changed_is_not_processed() {
    for kit in Kit::on_both().await {
        let xis = kit.caller().await;
        xis.put(ONE, "a", &appointment("a", JAN)).await;
        kit.drain().await;
        kit.browser(JAN).await.read("/").await;
        let before = kit.rows().await;
        assert_eq!(xis.put(ONE, "a", &appointment("a", JAN)).await.status, 200);
        assert_eq!(kit.grown(&before).await, [("audit", 1)]);
        kit.drain().await;
        assert_eq!(kit.mailbox.mails().len(), 1);
        assert!(!kit.browser(JAN).await.read("/").await.contains("met nieuws"));
    }
}

#[tokio::test]
async fn a_modified_appointment_is_told_by_mail_and_shown_with_its_new_details_and_a_badge() {
    for kit in Kit::on_both().await {
        kit.put(ONE, "a", &appointment("a", JAN)).await;
        kit.drain().await;
        kit.browser(JAN).await.read("/").await;
        kit.put(ONE, "a", &moved()).await;
        told(&kit, "verzet", &["Gewijzigd", "<del>09:10", "11:40"]).await;
    }
}

#[tokio::test]
async fn cancelled_and_known_is_a_cancellation() {
    for kit in Kit::on_both().await {
        kit.put(ONE, "a", &appointment("a", JAN)).await;
        assert_eq!(kit.put(ONE, "a", &cancelled()).await.status, 200);
        let stored = kit.appointment(JAN).await;
        assert!(matches!(stored.appointment.state, State::Cancelled { .. }));
        assert_eq!(stored.news.unwrap().kind, Kind::CancelledByPractice);
    }
}

#[tokio::test]
async fn a_cancelled_appointment_is_told_by_mail_and_shown_as_cancelled_with_a_badge() {
    for kit in Kit::on_both().await {
        kit.put(ONE, "a", &appointment("a", JAN)).await;
        kit.drain().await;
        kit.browser(JAN).await.read("/").await;
        kit.put(ONE, "a", &cancelled()).await;
        told(&kit, "geannuleerd", &["Gaat niet door", "Geannuleerd"]).await;
    }
}
