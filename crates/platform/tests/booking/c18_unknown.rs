use std::time::Duration;

use serde_json::{Value, json};
use store::Stored;
use testkit::{FATIMA, JAN, Kit, Reply, ScriptedXis, appointment, response};

use super::{ONE, booked, word};

/// A booking whose answer was cut off.
async fn lost(kit: &Kit, xis: &ScriptedXis) -> Stored {
    let (stored, page) = booked(kit, xis, ONE, Reply::Cut).await;
    assert_eq!(word(&stored), "unknown");
    assert!(page.contains("Wij controleren uw afspraak"), "{page}");
    stored
}

/// Lets this much time pass, then does what is due.
async fn later(kit: &Kit, seconds: u64) {
    kit.clock.turn(Duration::from_secs(seconds));
    kit.drain().await;
}

/// How it stands now, and what its page says.
async fn now(kit: &Kit, stored: &Stored) -> (&'static str, String) {
    let all = kit.appointments(JAN).await;
    let found = all.iter().find(|one| one.id == stored.id).unwrap();
    let page = kit.browser(JAN).await.read(&format!("/appointments/{}", stored.id)).await;
    (word(found), page)
}

/// What the practice's system shows: as the contract has it, by reference and without our identifier.
fn shown(patient: &str) -> Value {
    let mut shown = appointment("x1", JAN);
    shown["participant"][0]["actor"] = json!({ "reference": patient, "display": "J. Jansen" });
    shown
}

#[tokio::test]
async fn c18_it_is_looked_for_by_our_identifier_and_by_id_and_taken_when_it_is_what_was_asked() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(ONE).await;
        let stored = lost(&kit, &xis).await;
        xis.shows(vec![shown("Patient/456")]);
        later(&kit, 30).await;
        let (state, page) = now(&kit, &stored).await;
        assert_eq!(state, "booked");
        assert!(page.contains("Uw afspraak is bevestigd"), "{page}");
        let asked = xis.received("GET", "Appointment");
        let token = format!("identifier=urn:ietf:rfc:3986|urn:uuid:{}", stored.id);
        assert_eq!(asked[0].query(), token);
        // No patient is present any more: the platform asks for itself.
        assert_eq!((&asked[0].claims()["bsn"], xis.bookings().len()), (&Value::Null, 1));
        assert_eq!(kit.rows().await["notice"], 1);
    }
}

#[tokio::test]
async fn c18_a_hit_that_is_not_what_was_asked_is_not_taken() {
    let mut other_time = shown("Patient/456");
    other_time["start"] = json!("2026-05-12T09:00:00+02:00");
    let mut cancelled = shown("Patient/456");
    cancelled["status"] = json!("cancelled");
    let mut nobodys = shown("Patient/456");
    nobodys["participant"].as_array_mut().unwrap().remove(0);
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(ONE).await;
        let stored = lost(&kit, &xis).await;
        xis.shows(vec![
            appointment("x1", FATIMA),
            shown("Patient/457"),
            shown("https://xis.example/fhir/r4/Patient/1456"),
            other_time.clone(),
            cancelled.clone(),
            nobodys.clone(),
        ]);
        later(&kit, 30).await;
        assert_eq!(now(&kit, &stored).await.0, "unknown");
        let [by_identifier, by_id] = xis.received("GET", "Appointment").try_into().unwrap();
        assert!(by_identifier.query().starts_with("identifier="));
        assert_eq!(by_id.query(), format!("id={}", stored.id));
    }
}

/// Our booking, which has ended at the practice's system before anybody here heard that it was there.
fn ended(xis: &ScriptedXis) -> Value {
    let mut ended = shown("Patient/456");
    ended["identifier"] = xis.bookings()[0]["identifier"].clone();
    ended["status"] = json!("cancelled");
    ended
}

#[tokio::test]
async fn c18_b11_what_the_practice_declined_meanwhile_is_declined_in_its_words() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(ONE).await;
        let stored = lost(&kit, &xis).await;
        assert_eq!(kit.respond(ONE, &response("x1", "declined", "Bel ons even")).await.status, 201);
        xis.shows(vec![ended(&xis)]);
        later(&kit, 30).await;
        let (state, page) = now(&kit, &stored).await;
        assert_eq!(state, "over");
        assert!(page.contains("Afgewezen") && page.contains("Bel ons even"), "{page}");
        let rows = kit.rows().await;
        assert_eq!((rows["notice"], rows["parked_response"]), (1, 0));
    }
}

#[tokio::test]
async fn c18_what_the_practice_ended_meanwhile_without_a_word_is_cancelled() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(ONE).await;
        let stored = lost(&kit, &xis).await;
        xis.shows(vec![ended(&xis)]);
        later(&kit, 30).await;
        let (state, page) = now(&kit, &stored).await;
        assert_eq!(state, "over");
        assert!(page.contains("Geannuleerd"), "{page}");
        assert_eq!(kit.rows().await["notice"], 1);
    }
}

#[tokio::test]
async fn c18_an_empty_answer_is_believed_only_where_our_identifier_came_back_before() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(ONE).await;
        // Its slot cannot be read: nothing else can prove anything.
        let first = lost(&kit, &xis).await;
        xis.offers(Vec::new());
        later(&kit, 30).await;
        assert_eq!(now(&kit, &first).await.0, "unknown");
        assert!(!kit.practice(ONE).await.returns_identifier);
        // Found by its identifier now, and from now on an empty answer means something.
        let mut found = shown("Patient/456");
        found["identifier"] = xis.bookings()[0]["identifier"].clone();
        xis.shows(vec![found]);
        later(&kit, 60).await;
        assert_eq!(now(&kit, &first).await.0, "booked");
        assert!(kit.practice(ONE).await.returns_identifier);
        xis.offers(vec![testkit::slot("s1", "7", "2026-05-12T09:10:00+02:00")]);
        let second = lost(&kit, &xis).await;
        xis.shows(Vec::new());
        xis.offers(Vec::new());
        later(&kit, 30).await;
        let (state, page) = now(&kit, &second).await;
        assert_eq!(state, "failed");
        assert!(page.contains("Uw afspraak is niet gelukt") && page.contains("Andere tijd kiezen"), "{page}");
        // What comes now without our identifier is a visit that the practice planned (A11).
        assert_eq!(kit.put(ONE, "own", &appointment("own", JAN)).await.status, 200);
        assert_eq!(now(&kit, &second).await.0, "failed");
    }
}

#[tokio::test]
async fn c18_a_slot_that_is_free_twice_a_minute_apart_proves_that_it_was_not_booked() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(ONE).await;
        let stored = lost(&kit, &xis).await;
        for (seconds, state) in [(30, "unknown"), (15, "unknown"), (45, "failed")] {
            later(&kit, seconds).await;
            assert_eq!(now(&kit, &stored).await.0, state, "after {seconds} s more");
        }
        // One day and one agenda are enough to see it.
        let asked = xis.received("GET", "Slot").pop().unwrap().query();
        assert!(
            asked.contains("ge2026-05-12&schedule.date=le2026-05-12") && asked.ends_with("schedule=7"),
            "{asked}"
        );
        assert_eq!((xis.bookings().len(), kit.rows().await["notice"]), (1, 0));
    }
}

#[tokio::test]
async fn c18_a_slot_that_is_gone_is_checked_for_a_quarter_and_then_the_patient_must_call() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(ONE).await;
        let stored = lost(&kit, &xis).await;
        xis.offers(Vec::new());
        for _ in 0..14 {
            later(&kit, 60).await;
        }
        let (state, page) = now(&kit, &stored).await;
        assert_eq!(state, "unknown");
        assert!(page.contains("Wij controleren uw afspraak"), "{page}");
        assert!(kit.given_up().await.is_empty());
        later(&kit, 61).await;
        let page = now(&kit, &stored).await.1;
        assert!(
            page.contains("Bel de praktijk over uw afspraak") && page.contains("030 123 45 67"),
            "{page}"
        );
        let [problem] = kit.given_up().await.try_into().unwrap();
        assert!(problem.contains(&stored.id.to_string()) && problem.contains(ONE), "{problem}");
        assert_eq!(xis.bookings().len(), 1);
    }
}

#[tokio::test]
async fn c18_the_practices_own_word_ends_the_checking() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(ONE).await;
        let stored = lost(&kit, &xis).await;
        let mut update = appointment("x1", JAN);
        update["identifier"] = xis.bookings()[0]["identifier"].clone();
        kit.put(ONE, "x1", &update).await;
        assert_eq!(now(&kit, &stored).await.0, "booked");
        // The look that was due finds nothing left to do.
        later(&kit, 120).await;
        assert!(xis.received("GET", "Appointment").is_empty());
        assert_eq!(kit.rows().await["notice"], 1);
    }
}

#[tokio::test]
async fn c18_a11_the_practices_word_without_our_identifier_is_checked_once() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(ONE).await;
        let stored = lost(&kit, &xis).await;
        kit.put(ONE, "x1", &appointment("x1", JAN)).await;
        assert_eq!(now(&kit, &stored).await.0, "booked");
        // It may be a visit that the practice planned at the same time: the booking is looked for.
        xis.shows(vec![shown("Patient/456")]);
        for _ in 0..2 {
            later(&kit, 120).await;
            assert_eq!(xis.received("GET", "Appointment").len(), 1);
        }
        assert_eq!((now(&kit, &stored).await.0, kit.rows().await["notice"]), ("booked", 1));
    }
}
