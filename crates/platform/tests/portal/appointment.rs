use serde_json::json;
use testkit::{FATIMA, JAN, Reply, appointment};

use super::page::{choose, jan, send, text, to};

#[tokio::test]
async fn an_appointment_is_shown_in_full_and_counts_as_seen() {
    let (kit, _, browser) = jan().await;
    let mut booked = appointment("a", JAN);
    booked["comment"] = json!("Neemt u uw medicijnen mee?");
    kit.put("01000001", "a", &booked).await;
    let path = format!("/appointments/{}", kit.appointment(JAN).await.id);
    let said = text(&browser.read(&path).await);
    for fact in [
        "Datum dinsdag 12 mei 2026",
        "Tijd 09:10 uur · 10 minuten",
        "Soort afspraak Consult",
        "Bij wie dokter Jansen",
        "Waar Praktijk De Linde Utrecht",
        "Bericht van de praktijk Neemt u uw medicijnen mee?",
        "Alle tijden zijn Nederlandse tijd.",
        "Tot maandag 11 mei 2026 om 09:10 uur kunt u deze afspraak online annuleren.",
        "Vragen? Bel 030 123 45 67.",
    ] {
        assert!(said.contains(fact), "{fact:?} is not in {said}");
    }
    assert!(!browser.read("/").await.contains("class=\"count\""));
}

/// ASVS: 8.2.2
#[tokio::test]
async fn an_unknown_appointment_and_another_patients_look_the_same() {
    let (kit, _, browser) = jan().await;
    kit.put("01000001", "f", &appointment("f", FATIMA)).await;
    let fatimas = kit.appointment(FATIMA).await.id;
    let unknown = "6c5d1b1e-0000-4000-8000-000000000000";
    let mut pages = Vec::new();
    for id in [fatimas.to_string(), unknown.to_owned(), "no-id".to_owned()] {
        let answer = browser.get(&format!("/appointments/{id}")).await;
        assert_eq!(answer.status, 404);
        pages.push(answer.text.replace(&id, "ID"));
    }
    assert!(pages.iter().all(|page| *page == pages[0]));
    assert!(kit.appointment(FATIMA).await.unseen);
}

#[tokio::test]
async fn c18_an_unknown_outcome_is_being_checked_and_after_fifteen_minutes_the_patient_must_call() {
    let (kit, xis, browser) = jan().await;
    let form = choose(&browser, "Pijn in mijn knie").await;
    xis.answers(Reply::Cut);
    let sent = send(&browser, &form).await;
    let path = to(&sent).to_owned();
    let page = browser.read(&path).await;
    assert!(text(&page).contains("Wij controleren uw afspraak"), "{page}");
    assert!(page.contains(r#"<meta http-equiv="refresh" content="3">"#), "{page}");
    let overview = browser.read("/").await;
    assert!(
        text(&overview).contains("Wacht op de praktijk") && !overview.contains("http-equiv"),
        "{overview}"
    );
    kit.clock.turn(std::time::Duration::from_secs(15 * 60));
    let page = kit.browser(JAN).await.read(&path).await;
    assert!(text(&page).contains("Bel de praktijk over uw afspraak"), "{page}");
    assert!(!page.contains("http-equiv"), "{page}");
}

#[tokio::test]
async fn c18_a_request_that_proved_not_to_be_booked_is_shown_as_failed_to_whoever_waited() {
    let (kit, xis, browser) = jan().await;
    let form = choose(&browser, "Pijn in mijn knie").await;
    xis.answers(Reply::Cut);
    let path = to(&send(&browser, &form).await).to_owned();
    for _ in 0..20 {
        kit.clock.turn(std::time::Duration::from_secs(30));
        kit.drain().await;
    }
    let browser = kit.browser(JAN).await;
    let said = text(&browser.read(&path).await);
    assert!(said.contains("Uw afspraak is niet gelukt"), "{said}");
    assert!(text(&browser.read("/").await).contains("Niet gelukt"));
    assert!(browser.read("/book/01000001/reason").await.contains("Pijn in mijn knie"));
}

#[tokio::test]
async fn c13_a_refused_request_gives_the_phone_number_and_keeps_what_was_written() {
    let (_kit, xis, browser) = jan().await;
    let form = choose(&browser, "Pijn in mijn knie").await;
    xis.answers(Reply::Status(400));
    let path = to(&send(&browser, &form).await).to_owned();
    let said = text(&browser.read(&path).await);
    assert!(said.contains("Online plannen is nu niet mogelijk"), "{said}");
    assert!(said.contains("030 123 45 67"), "{said}");
    assert!(text(&browser.read("/").await).contains("U hebt geen afspraken."));
    assert!(browser.read("/book/01000001/reason").await.contains("Pijn in mijn knie"));
}
