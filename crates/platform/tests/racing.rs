//! Two that act at once: whoever comes second finds what the first has done, and everybody sees the same in the end.

use agenda::{Bsn, Kind, Party, State};
use serde_json::{Value, json};
use store::{AccountId, Error, Language, NewAccount};
use testkit::{Answer, JAN, Kit, NOBODY, Reply, appointment, response};
use tokio::sync::Notify;
use uuid::Uuid;
use world::Clock as _;

use crate::steps;

/// Practice 1.
const ONE: &str = "01000001";
/// Practice 2, which approves requests.
const TWO: &str = "01000002";

/// Jan's request, which waits for the practice under the id `x1`.
async fn requested(kit: &Kit) {
    kit.xis_of(TWO).await.answers(Reply::Proposed("x1"));
    steps::book(&kit.browser(JAN).await, TWO).await;
    assert_eq!(kit.appointment(JAN).await.appointment.state, State::Pending);
}

/// What the practice's system says of the request as it stands in its agenda.
async fn booked(kit: &Kit) -> Value {
    let asked = kit.appointment(JAN).await.appointment.content;
    let mut body = appointment("x1", JAN);
    (body["start"], body["end"]) = (json!(asked.start.to_string()), json!(asked.end.to_string()));
    body
}

#[tokio::test]
async fn b5_two_answers_at_once_leave_one_truth() {
    for kit in Kit::on_both().await {
        requested(&kit).await;
        let xis = kit.caller().await;
        let (yes, no) = (response("x1", "accepted", ""), response("x1", "declined", "Kom morgen."));
        let (accepted, declined) = tokio::join!(xis.respond(TWO, &yes), xis.respond(TWO, &no));
        assert_eq!(declined.status, 201, "{}", declined.text);
        let stored = kit.appointment(JAN).await;
        match stored.appointment.state {
            State::Declined { .. } => {
                assert_eq!(accepted.refusal(), (409, "ALREADY_DECLINED".to_owned()));
                assert_eq!(stored.news.unwrap().kind, Kind::Declined);
            }
            State::Cancelled { by: Party::Practice, .. } => {
                assert_eq!(accepted.status, 201, "{}", accepted.text);
                assert_eq!(stored.news.unwrap().kind, Kind::CancelledByPractice);
            }
            state => panic!("{state:?}"),
        }
        kit.drain().await;
        let last = kit.mailbox.mails().pop().unwrap().subject;
        assert!(!last.contains("bevestigd"), "{last}");
    }
}

#[tokio::test]
async fn a8_a_put_and_a_response_at_once_approve_once() {
    for kit in Kit::on_both().await {
        requested(&kit).await;
        let (xis, body, yes) = (kit.caller().await, booked(&kit).await, response("x1", "accepted", ""));
        let before = kit.rows().await["notice"];
        let (put, response) = tokio::join!(xis.put(TWO, "x1", &body), xis.respond(TWO, &yes));
        assert_eq!((put.status, response.status), (200, 201));
        let stored = kit.appointment(JAN).await;
        assert_eq!(stored.appointment.state, State::Booked);
        assert_eq!(stored.news.unwrap().kind, Kind::Confirmed);
        assert_eq!(kit.rows().await["notice"] - before, 1);
    }
}

#[tokio::test]
async fn two_devices_with_one_choice_book_once() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(ONE).await;
        xis.answers(Reply::Booked("x1"));
        let (phone, laptop) = (kit.browser(JAN).await, kit.browser(JAN).await);
        let form = steps::choose(&phone, ONE).await;
        let same = steps::form(&laptop.read(&format!("/book/{ONE}/check")).await);
        let (one, other) = tokio::join!(steps::send(&phone, ONE, &form), steps::send(&laptop, ONE, &same));
        let address = format!("/appointments/{}", kit.appointment(JAN).await.id);
        for answer in [one, other] {
            assert_eq!(answer.header("location"), address);
        }
        assert_eq!(xis.bookings().len(), 1);
    }
}

#[tokio::test]
async fn back_and_once_more_shows_what_was_booked_and_books_nothing() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(ONE).await;
        xis.answers(Reply::Booked("x1"));
        let browser = kit.browser(JAN).await;
        let form = steps::choose(&browser, ONE).await;
        let first = steps::send(&browser, ONE, &form).await.header("location").to_owned();
        // A page that the browser kept, sent again; and the page itself, asked for again.
        let again = steps::send(&browser, ONE, &form).await;
        assert_eq!(again.header("location"), first);
        let check: Answer = browser.get(&format!("/book/{ONE}/check")).await;
        assert_ne!(check.status, 200, "there is nothing left to confirm: {}", check.text);
        assert_eq!((xis.bookings().len(), kit.rows().await["appointment"]), (1, 1));
    }
}

#[tokio::test]
async fn b8_a_cancellation_and_a_move_at_once_end_cancelled_on_both_sides() {
    let mut moved = appointment("a", JAN);
    (moved["start"], moved["end"]) = (json!("2026-05-12T11:40:00+02:00"), json!("2026-05-12T11:50:00+02:00"));
    for kit in Kit::on_both().await {
        let (xis, caller) = (kit.xis_of(ONE).await, kit.caller().await);
        caller.put(ONE, "a", &appointment("a", JAN)).await;
        xis.shows(vec![appointment("a", JAN)]);
        let (browser, address) =
            (kit.browser(JAN).await, format!("/appointments/{}/cancel", kit.appointment(JAN).await.id));
        let (sent, put) =
            tokio::join!(browser.post(&address, &[("words", "")]), caller.put(ONE, "a", &moved));
        assert_eq!((sent.status, put.status), (303, 200));
        // Moved after it was cancelled, it is planned again (A9); before or meanwhile, it is cancelled as it stands.
        let is_planned_again = kit.appointment(JAN).await.news.unwrap().kind == Kind::PlannedAgain;
        let state = kit.appointment(JAN).await.appointment.state;
        assert_eq!(is_planned_again, state == State::Booked, "{state:?}");
        assert_eq!(xis.received("POST", "AppointmentResponse").len(), 1);
    }
}

/// Makes an account and takes what waited for it, as the first login does. While nobody sees it yet, `registering` is told,
/// and the practice's system sends so many other visits, one after the other.
async fn register(kit: &Kit, registering: &Notify, others: usize) {
    let (store, now, bsn) = (&kit.store, kit.clock.now(), &Bsn::parse(NOBODY.bsn).unwrap());
    let id = AccountId::new(Uuid::from_u128(1));
    let new = &NewAccount { id, bsn, name: NOBODY.name, mail: None, language: Language::Dutch };
    let registered: Result<(), Error> = store
        .tx("register", |mut tx| async move {
            store.lock_registration(&mut tx, bsn).await?;
            assert!(store.add_account(&mut tx, new, now).await?);
            assert!(store.take_parked_updates(&mut tx, bsn).await?.is_empty());
            registering.notify_one();
            for number in 0..others {
                let id = format!("other-{number}");
                assert_eq!(kit.put(ONE, &id, &appointment(&id, JAN)).await.status, 200);
            }
            Ok(())
        })
        .await;
    registered.unwrap();
}

#[tokio::test]
async fn a2_an_appointment_that_comes_while_its_patient_registers_is_not_left_waiting() {
    // On SQLite nobody writes while another does, so there nothing else is sent meanwhile.
    for (kit, others) in Kit::on_both().await.into_iter().zip([0, 8]) {
        kit.set(ONE, "park_unknown_patients", "on").await;
        let (caller, registering) = (kit.caller().await, Notify::new());
        let body = appointment("a", NOBODY);
        let put = async {
            registering.notified().await;
            caller.put(ONE, "a", &body).await
        };
        let ((), answer) = tokio::join!(register(&kit, &registering, others), put);
        assert_eq!(answer.status, 200, "{}", answer.text);
        assert_eq!(kit.rows().await["parked_update"], 0, "nobody comes for it any more");
        assert_eq!(kit.appointment(NOBODY).await.appointment.state, State::Booked);
    }
}
