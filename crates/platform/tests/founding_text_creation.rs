//! What the founding text on making appointments (version 2) promises, line by line. How it looks in a browser, with
//! and without JavaScript, and the practitioner's own pages are played in `e2e/browser.test.mjs`.

use agenda::{Kind, State};
use serde_json::json;
use testkit::{JAN, Kit, Log, Reply, appointment, response, slot};

use crate::steps;

/// Books at once.
const ONE: &str = "01000001";
/// Approves requests.
const TWO: &str = "01000002";
const AGENDAS: &str = "/book/01000001/agenda?type=urn%3Axis%3Atypes%7Cconsult";

#[tokio::test]
async fn step_1_the_types_that_can_be_booked_are_asked_of_the_practice() {
    for kit in Kit::on_both().await {
        let (xis, browser) = (kit.xis_of(ONE).await, kit.browser(JAN).await);
        let page = browser.read("/book/01000001").await;
        assert!(page.contains("Consult") && page.contains("Videoconsult"), "{page}");
        assert_eq!(xis.received("GET", "ValueSet")[0].path, "/ValueSet/BookableAppointmentTypes");
    }
}

#[tokio::test]
async fn step_1_a_practice_that_keeps_some_types_to_itself_is_asked_with_its_filter() {
    for kit in Kit::on_both().await {
        let (xis, browser) = (kit.xis_of(ONE).await, kit.browser(JAN).await);
        kit.set(ONE, "service_category", "urn:xis:kinds|online").await;
        browser.read("/book/01000001").await;
        assert_eq!(xis.received("GET", "ValueSet")[0].query(), "service-category=urn:xis:kinds|online");
    }
}

#[tokio::test]
async fn step_1_nothing_configured_or_an_empty_list_logs_an_error_and_shows_the_empty_state() {
    let log = Log::listen();
    for kit in Kit::on_both().await {
        let browser = kit.browser(JAN).await;
        let is_empty = async || {
            let logged = log.lines("ERROR").len();
            let page = browser.read("/book/01000001").await;
            let error = log.lines("ERROR").into_iter().nth(logged);
            let says_so = error.is_some_and(|line| line.contains(ONE) && line.contains("types"));
            assert_eq!(page.contains("U kunt hier nu geen afspraak maken"), says_so, "{page}");
            says_so
        };
        assert!(is_empty().await);
        let xis = kit.xis_of(ONE).await;
        assert!(!is_empty().await);
        xis.offers_types(&[]);
        assert!(is_empty().await);
    }
}

#[tokio::test]
async fn step_2_the_agendas_are_the_different_schedules_of_the_free_slots() {
    for kit in Kit::on_both().await {
        let (xis, browser) = (kit.xis_of(ONE).await, kit.browser(JAN).await);
        let page = browser.read(AGENDAS).await;
        for agenda in ["dokter Jansen", "dokter De Vries"] {
            assert_eq!(page.matches(&format!("<b>{agenda}</b>")).count(), 1, "{page}");
        }
        assert_eq!(xis.received("GET", "Slot").len(), 1);
    }
}

#[tokio::test]
async fn step_2_slots_are_searched_from_tomorrow_to_four_weeks_ahead_free_and_of_the_type() {
    for kit in Kit::on_both().await {
        let (xis, browser) = (kit.xis_of(ONE).await, kit.browser(JAN).await);
        browser.read(AGENDAS).await;
        assert_eq!(
            xis.received("GET", "Slot")[0].query(),
            "service-category=urn:xis:types|consult&schedule.date=ge2026-05-05&schedule.date=le2026-06-01&status=free"
        );
    }
}

#[tokio::test]
async fn step_3_the_times_of_the_chosen_agenda_and_type_are_asked_a_week_at_a_time() {
    for kit in Kit::on_both().await {
        let (xis, browser) = (kit.xis_of(ONE).await, kit.browser(JAN).await);
        let times = format!("/book/{ONE}/{}", steps::TIMES);
        for week in 0..4 {
            browser.read(&format!("{times}&week={week}")).await;
        }
        let asked: Vec<String> = xis.received("GET", "Slot").iter().map(|call| call.query()).collect();
        for (week, days) in [
            "ge2026-05-05&schedule.date=le2026-05-11",
            "ge2026-05-12&schedule.date=le2026-05-18",
            "ge2026-05-19&schedule.date=le2026-05-25",
            "ge2026-05-26&schedule.date=le2026-06-01",
        ]
        .iter()
        .enumerate()
        {
            let expected =
                format!("service-category=urn:xis:types|consult&schedule.date={days}&status=free&schedule=7");
            assert_eq!(asked[week], expected);
        }
    }
}

#[tokio::test]
async fn step_3_only_the_times_of_the_chosen_agenda_are_shown() {
    for kit in Kit::on_both().await {
        let (xis, browser) = (kit.xis_of(ONE).await, kit.browser(JAN).await);
        xis.offers(vec![
            slot("mine", "7", "2026-05-12T09:10:00+02:00"),
            slot("others", "8", "2026-05-12T10:20:00+02:00"),
        ]);
        let page = browser.read(&format!("/book/{ONE}/{}&day=2026-05-12", steps::TIMES)).await;
        assert!(page.contains("value=\"mine\"") && !page.contains("value=\"others\""), "{page}");
    }
}

#[tokio::test]
async fn step_4_the_appointment_is_made_at_the_practice_with_what_the_patient_chose() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(ONE).await;
        xis.answers(Reply::Booked("x1"));
        steps::book(&kit.browser(JAN).await, ONE).await;
        let [sent] = xis.bookings().try_into().unwrap();
        assert_eq!(
            (&sent["start"], &sent["end"]),
            (&json!("2026-05-12T07:10:00Z"), &json!("2026-05-12T07:20:00Z"))
        );
        assert_eq!(sent["serviceCategory"][0]["coding"][0]["code"], "consult");
        assert_eq!(sent["comment"], "Pijn in mijn knie");
    }
}

#[tokio::test]
async fn step_4_a_time_that_was_taken_meanwhile_asks_the_patient_to_choose_another() {
    for kit in Kit::on_both().await {
        kit.xis_of(ONE).await.answers(Reply::Status(409));
        let page = steps::book_and_read(&kit.browser(JAN).await, ONE).await;
        assert!(page.contains("Deze tijd is niet meer beschikbaar, kies een andere tijd"), "{page}");
    }
}

#[tokio::test]
async fn with_approval_the_appointment_is_kept_as_pending() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(TWO).await;
        xis.answers(Reply::Proposed("x1"));
        let page = steps::book_and_read(&kit.browser(JAN).await, TWO).await;
        assert!(page.contains("Uw aanvraag is verstuurd"), "{page}");
        assert_eq!(xis.bookings()[0]["participant"][1]["status"], "needs-action");
        assert_eq!(kit.appointment(JAN).await.appointment.state, State::Pending);
        let overview = kit.browser(JAN).await.read("/").await;
        assert!(overview.contains("Wacht op de praktijk"), "{overview}");
    }
}

#[tokio::test]
async fn without_approval_the_appointment_is_kept_as_approved() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(ONE).await;
        xis.answers(Reply::Booked("x1"));
        let page = steps::book_and_read(&kit.browser(JAN).await, ONE).await;
        assert!(page.contains("Uw afspraak is bevestigd"), "{page}");
        assert_eq!(xis.bookings()[0]["participant"][1]["status"], "accepted");
        assert_eq!(kit.appointment(JAN).await.appointment.state, State::Booked);
    }
}

#[tokio::test]
async fn step_5_the_practice_approves_or_rejects_and_the_patient_is_told() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(TWO).await;
        for (index, (status, kind, mailed)) in
            [("accepted", Kind::Confirmed, "bevestigd"), ("declined", Kind::Declined, "afgewezen")]
                .iter()
                .enumerate()
        {
            let id = ["x1", "x2"][index];
            xis.answers(Reply::Proposed(id));
            steps::book(&kit.browser(JAN).await, TWO).await;
            assert_eq!(kit.respond(TWO, &response(id, status, "Tot dan")).await.status, 201);
            kit.drain().await;
            let stored = kit.appointments(JAN).await;
            let stored = stored.iter().find(|one| one.xis_id.as_ref().unwrap().as_str() == id).unwrap();
            assert_eq!(stored.news.as_ref().unwrap().kind, *kind);
            let mails = kit.mailbox.mails();
            assert_eq!(mails.len(), index + 1);
            assert!(mails[index].subject.contains(mailed), "{}", mails[index].subject);
        }
    }
}

/// The first of the two words that mean approval; the other is an update with status booked.
#[tokio::test]
async fn step_5_approval_may_also_come_as_an_update() {
    for kit in Kit::on_both().await {
        kit.xis_of(TWO).await.answers(Reply::Proposed("x1"));
        steps::book(&kit.browser(JAN).await, TWO).await;
        assert_eq!(kit.put(TWO, "x1", &appointment("x1", JAN)).await.status, 200);
        assert_eq!(kit.appointment(JAN).await.news.unwrap().kind, Kind::Confirmed);
    }
}
