use testkit::{JAN, Kit, Reply};

use super::page::{TIMES, choose, jan, send, text, to};

#[tokio::test]
async fn a_booking_that_is_approved_ends_at_its_confirmation() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of("01000001").await;
        let browser = kit.browser(JAN).await;
        let form = choose(&browser, "Pijn in mijn knie").await;
        xis.answers(Reply::Booked("x1"));
        let sent = send(&browser, &form).await;
        let stored = kit.appointment(JAN).await;
        assert_eq!(to(&sent), format!("/appointments/{}", stored.id));
        assert!(!stored.unseen, "what one just did oneself is no news");
        let said = text(&browser.read(to(&sent)).await);
        assert!(said.contains("Uw afspraak is bevestigd"), "{said}");
        assert!(said.contains("Uw reden Pijn in mijn knie"), "{said}");
        let [booking] = xis.bookings().try_into().unwrap();
        assert_eq!(
            (booking["comment"].as_str(), booking["slot"][0]["reference"].as_str()),
            (Some("Pijn in mijn knie"), Some("Slot/s1"))
        );
    }
}

#[tokio::test]
async fn a_double_tap_a_reload_and_back_book_once() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of("01000001").await;
        let browser = kit.browser(JAN).await;
        let form = choose(&browser, "Pijn in mijn knie").await;
        xis.answers(Reply::Booked("x1"));
        let (one, other) = tokio::join!(send(&browser, &form), send(&browser, &form));
        let again = send(&browser, &form).await;
        assert_eq!((to(&one), to(&one)), (to(&other), to(&again)));
        assert_eq!(xis.bookings().len(), 1);
        assert_eq!(kit.appointments(JAN).await.len(), 1);
    }
}

#[tokio::test]
async fn a_slot_that_is_gone_gives_the_message_keeps_what_was_chosen_and_offers_the_nearest() {
    let (kit, xis, browser) = jan().await;
    let form = choose(&browser, "Pijn in mijn knie").await;
    xis.offers(vec![
        testkit::slot("late", "7", "2026-05-14T16:00:00+02:00"),
        testkit::slot("near", "7", "2026-05-12T09:30:00+02:00"),
        testkit::slot("next", "7", "2026-05-12T14:30:00+02:00"),
        testkit::slot("before", "7", "2026-05-11T15:00:00+02:00"),
    ]);
    xis.answers(Reply::Status(409));
    let sent = send(&browser, &form).await;
    assert_eq!(to(&sent), format!("{TIMES}&gone=2026-05-12T07:10:00Z"));
    let page = browser.read(to(&sent)).await;
    assert!(text(&page).contains("Deze tijd is niet meer beschikbaar, kies een andere tijd"), "{page}");
    let offered: Vec<&str> =
        page.split("name=\"slot\" value=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(offered, ["near", "next", "before"]);
    browser.post("/language", &[("language", "en"), ("to", "/")]).await;
    let english = text(&browser.read(to(&sent)).await);
    assert!(english.contains("Timeslot no longer available, please choose another timeslot"), "{english}");

    let chosen = browser.post(to(&sent), &[("slot", "near")]).await;
    assert_eq!(to(&chosen), "/book/01000001/check", "type and reason are kept");
    let check = browser.read("/book/01000001/check").await;
    assert!(text(&check).contains("Your reason Pijn in mijn knie"), "{check}");
    let new_form = super::page::hidden(&check, "form");
    assert_ne!(new_form, form);
    xis.answers(Reply::Booked("x2"));
    send(&browser, &new_form).await;
    let shown: Vec<_> = kit.appointments(JAN).await;
    assert_eq!(shown.len(), 2);
    let overview = text(&browser.read("/").await);
    assert!(overview.contains("09:30") && !overview.contains("09:10"), "{overview}");
}

#[tokio::test]
async fn a_choice_that_another_window_changed_is_shown_again_before_it_is_sent() {
    let (_kit, xis, browser) = jan().await;
    let form = choose(&browser, "Pijn in mijn knie").await;
    browser.post(&format!("{TIMES}&day=2026-05-12"), &[("slot", "s2")]).await;
    let sent = send(&browser, &form).await;
    assert_eq!(to(&sent), "/book/01000001/check?changed=1");
    assert!(xis.bookings().is_empty());
    let said = text(&browser.read(to(&sent)).await);
    assert!(said.contains("Uw keuze is veranderd") && said.contains("14:30 uur"), "{said}");
}

#[tokio::test]
async fn a_time_that_has_come_while_the_patient_was_deciding_is_gone() {
    let (kit, xis, browser) = jan().await;
    let form = choose(&browser, "Pijn in mijn knie").await;
    kit.clock.turn(std::time::Duration::from_secs(8 * 24 * 3600));
    let sent = send(&kit.browser(JAN).await, &form).await;
    assert_eq!(to(&sent), format!("{TIMES}&gone=2026-05-12T07:10:00Z"));
    assert!(xis.bookings().is_empty());
}

#[tokio::test]
async fn a_posted_time_is_looked_up_at_the_practice_and_one_that_is_not_there_is_gone() {
    let (_kit, xis, browser) = jan().await;
    xis.offers(vec![testkit::slot("s2", "7", "2026-05-12T14:30:00+02:00")]);
    let chosen = browser.post(&format!("{TIMES}&day=2026-05-12"), &[("slot", "s1")]).await;
    assert!(to(&chosen).starts_with(&format!("{TIMES}&gone=2026-05-12T")), "{}", to(&chosen));
    let said = text(&browser.read(to(&chosen)).await);
    assert!(said.contains("Deze tijd is niet meer beschikbaar, kies een andere tijd"), "{said}");
}
