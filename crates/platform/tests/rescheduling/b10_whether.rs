use testkit::{Kit, Reply};

use super::{ONE, Visit};
use crate::portal::page::text;

#[tokio::test]
async fn b10_only_what_can_be_cancelled_online_can_be_moved() {
    for kit in Kit::on_both().await {
        let visit = Visit::booked(&kit).await;
        assert!(visit.reads(&visit.address).await.contains("Afspraak verzetten"));
        kit.set(ONE, "cancel_until_hours", "200").await;
        let page = visit.reads(&visit.address).await;
        assert!(!page.contains("Afspraak verzetten"), "{page}");
        let said = visit.reads(&visit.step("")).await;
        assert!(said.contains("U kunt deze afspraak niet online verzetten"), "{said}");
        assert!(said.contains("030 123 45 67"), "{said}");
        assert_eq!(visit.browser.get(&visit.step("/check")).await.header("location"), visit.step(""));
        let sent = visit.asks(&visit.browser, "a form").await;
        assert_eq!((sent.header("location"), visit.xis.bookings().len()), (&*visit.step(""), 1));
    }
}

#[tokio::test]
async fn b10_a_window_that_closes_while_the_patient_chooses_leaves_everything() {
    for kit in Kit::on_both().await {
        let visit = Visit::booked(&kit).await;
        let form = visit.chooses(&visit.browser, "s2").await;
        kit.set(ONE, "cancel_until_hours", "200").await;
        let sent = visit.asks(&visit.browser, &form).await;
        assert_eq!((sent.header("location"), visit.xis.bookings().len()), (&*visit.step(""), 1));
    }
}

#[tokio::test]
async fn the_same_agenda_comes_first_and_another_one_can_be_chosen() {
    for kit in Kit::on_both().await {
        let visit = Visit::booked(&kit).await;
        let begun = visit.browser.get(&visit.step("")).await;
        assert_eq!(begun.header("location"), visit.step("/time?agenda=7"));
        let days = visit.browser.read(begun.header("location")).await;
        assert!(text(&days).contains("Uw afspraak nu: dinsdag 12 mei 2026 om 09:10 uur"), "{days}");
        assert!(days.contains(&visit.step("/agenda?all=1")), "{days}");
        let agendas = visit.browser.read(&visit.step("/agenda?all=1")).await;
        assert!(agendas.contains(&visit.step("/time?agenda=8")), "{agendas}");
        let chosen = visit.browser.post(&visit.step("/time?agenda=8"), &[("slot", "s4")]).await;
        let check = text(&visit.browser.read(chosen.header("location")).await);
        for said in ["Consult bij dokter De Vries", "Consult bij dokter Jansen", "Pijn in mijn knie"] {
            assert!(check.contains(said), "{said}: {check}");
        }
        let from_to = "Uw afspraak wordt verzet van dinsdag 12 mei 2026, 09:10 uur naar dinsdag 12 mei 2026, 14:30 uur.";
        assert!(check.contains(from_to), "{check}");
    }
}

#[tokio::test]
async fn c14_one_that_the_practice_made_needs_a_reason_and_what_is_written_is_kept() {
    for kit in Kit::on_both().await {
        let visit = Visit::planned(&kit).await;
        let begun = visit.browser.get(&visit.step("")).await;
        assert_eq!(begun.header("location"), visit.step("/agenda?all=1"));
        let form = visit.chooses(&visit.browser, "s2").await;
        let sent = visit.browser.post(&visit.step("/check"), &[("form", &form), ("reason", " ")]).await;
        assert_eq!(sent.status, 422);
        assert!(sent.text.contains("Schrijf waarvoor u komt."), "{}", sent.text);
        let long = "é".repeat(501);
        let sent = visit.browser.post(&visit.step("/check"), &[("form", &form), ("reason", &long)]).await;
        assert!(sent.status == 422 && sent.text.contains(&long), "{}", sent.text);
        let fields = [("form", &*form), ("reason", "Mijn knie"), ("language", "en")];
        let english = visit.browser.post(&visit.step("/check"), &fields).await;
        assert!(english.text.contains("Do you want to reschedule like this?"), "{}", english.text);
        assert!(english.text.contains("Mijn knie"), "{}", english.text);
        visit.xis.answers(Reply::Booked("new"));
        let sent = visit.asks(&visit.browser, &form).await;
        assert_eq!(visit.stand().await, ("cancelled by the patient", vec!["booked"]), "{}", sent.text);
    }
}
