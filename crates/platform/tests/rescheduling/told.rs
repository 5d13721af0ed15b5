use testkit::{JAN, Kit, Reply};

use super::{CONFIRMED, MOVED, ONE, Visit, told};
use crate::calendar::choose_detail;

#[tokio::test]
async fn the_new_one_is_booked_first_then_the_old_one_is_cancelled_and_both_are_told_as_one() {
    for kit in Kit::on_both().await {
        let visit = Visit::booked(&kit).await;
        let before = kit.rows().await;
        let page = visit.moves_and_reads(Reply::Booked("new")).await;
        assert!(page.contains("Uw afspraak is verzet"), "{page}");
        assert_eq!(visit.stand().await, ("cancelled by the patient", vec!["booked"]));
        // One notice with one mail; what waits behind the booking, the cancellation and the news; nothing is left over.
        let grown = kit.grown(&before).await;
        assert!(grown.contains(&("notice", 1)) && grown.contains(&("delivery", 1)), "{grown:?}");
        assert!(grown.contains(&("outbox", 4)), "{grown:?}");
        assert!(!grown.iter().any(|(table, _)| *table == "reschedule_draft"), "{grown:?}");
        let [cancelled] = &visit.xis.received("POST", "AppointmentResponse")[..] else { panic!() };
        let sentence = "De patiënt heeft deze afspraak online verzet naar dinsdag 12 mei 2026 om 14:30 uur.";
        assert_eq!(cancelled.json()["comment"], sentence);
        assert_eq!(cancelled.json()["appointment"]["reference"], "Appointment/old");
        assert_eq!(cancelled.claims()["bsn"], JAN.bsn);

        assert_eq!(visit.mails().await, [MOVED]);
        let mail = kit.mailbox.mails().pop().unwrap();
        for said in ["Was: dinsdag 12 mei 2026 om 09:10 uur", "Wordt: dinsdag 12 mei 2026 om 14:30 uur"] {
            assert!(mail.text.contains(said), "{}", mail.text);
        }
        for leak in [JAN.bsn, "Consult", "dokter", "knie"] {
            assert!(!mail.text.contains(leak) && !mail.html.contains(leak), "{leak}: {}", mail.text);
        }
        visit.later(3600).await;
        assert_eq!((visit.mails().await.len(), visit.cancellations()), (1, 1));
        assert_eq!(kit.audited("appointment reschedule").await, ["requested"]);
    }
}

#[tokio::test]
async fn both_pages_say_what_became_of_it_and_the_overview_shows_both() {
    for kit in Kit::on_both().await {
        let visit = Visit::booked(&kit).await;
        let new = visit.moves(Reply::Booked("new")).await;
        let all = kit.appointments(JAN).await;
        assert!(all.iter().all(|stored| !stored.unseen), "what one just did oneself is no news");
        let page = visit.reads(&new).await;
        assert!(page.contains("De praktijk weet dat u op de nieuwe tijd komt."), "{page}");
        assert!(page.contains("Was 09:10 → 14:30 uur"), "{page}");
        assert!(page.contains("Pijn in mijn knie") && page.contains("Afspraak verzetten"), "{page}");
        let old = visit.reads(&visit.address).await;
        assert!(old.contains("U hebt deze afspraak verzet naar dinsdag 12 mei 2026 om 14:30 uur."), "{old}");
        assert!(!old.contains("Andere tijd kiezen"), "{old}");
        let overview = visit.reads("/").await;
        assert!(overview.contains("Komende afspraken") && overview.contains("Gaat niet door"), "{overview}");
        // Who was moved once can be moved again: from where it is now.
        visit.xis.shows(vec![told("new", "booked")]);
        let again = kit.browser(JAN).await.get(&format!("{new}/reschedule")).await;
        assert_eq!(again.header("location"), format!("{new}/reschedule/time?agenda=7"));
        // The old address leads to where it went.
        assert_eq!(visit.browser.get(&visit.step("")).await.header("location"), new);
    }
}

/// Of each calendar file in the mails so far: method, id, edition, start.
fn files(kit: &Kit) -> Vec<[String; 4]> {
    let field = |file: &str, name: &str| {
        let line = file.lines().rfind(|line| line.starts_with(name)).unwrap_or_default();
        line.split_once(':').map(|(_, value)| value.to_owned()).unwrap_or_default()
    };
    let parser = mail_parser::MessageParser::default();
    let file = |raw: &str| {
        let mail = parser.parse(raw).unwrap();
        let parts = mail.parts.iter().map(|part| String::from_utf8_lossy(part.contents()).into_owned());
        let file = { parts }.find(|text| text.starts_with("BEGIN:VCALENDAR")).unwrap().replace("\r\n ", "");
        ["METHOD", "UID", "SEQUENCE", "DTSTART"].map(|name| field(&file, name))
    };
    kit.mailbox.mails().iter().map(|mail| file(&mail.raw)).collect()
}

#[tokio::test]
async fn a_calendar_moves_the_event_that_it_has() {
    for kit in Kit::on_both().await {
        choose_detail(&kit, JAN, 3).await;
        let visit = Visit::booked(&kit).await;
        visit.moves(Reply::Booked("new")).await;
        kit.drain().await;
        let [first, moved] = &files(&kit)[..] else { panic!("{:?}", files(&kit)) };
        assert_eq!((&*first[0], &*first[2], &*first[3]), ("REQUEST", "0", "20260512T091000"));
        assert_eq!((&*moved[0], &*moved[2], &*moved[3]), ("REQUEST", "1", "20260512T143000"));
        assert_eq!(first[1], moved[1], "one event");
        // Its end is the event's end, and what the practice plans anew is another event.
        kit.put(ONE, "new", &told("new", "cancelled")).await;
        kit.drain().await;
        kit.clock.turn(std::time::Duration::from_secs(3600));
        kit.put(ONE, "old", &told("old", "booked")).await;
        kit.drain().await;
        let [_, _, ended, again] = &files(&kit)[..] else { panic!("{:?}", files(&kit)) };
        assert_eq!((&*ended[0], &ended[1], &*ended[2]), ("CANCEL", &first[1], "2"));
        assert_eq!((&*again[0], &*again[2], &*again[3]), ("REQUEST", "0", "20260512T091000"));
        assert_ne!(again[1], first[1]);
    }
}

#[tokio::test]
async fn the_reminder_moves_along() {
    for kit in Kit::on_both().await {
        let visit = Visit::booked(&kit).await;
        visit.moves(Reply::Booked("new")).await;
        let planned: Vec<_> =
            kit.appointments(JAN).await.into_iter().filter_map(|stored| stored.remind_at).collect();
        assert_eq!(planned, ["2026-05-11T12:30:00Z".parse().unwrap()]);
    }
}

#[tokio::test]
async fn approved_later_it_is_told_as_one_too_by_put_or_by_response() {
    for by_put in [true, false] {
        for kit in Kit::on_both().await {
            let visit = Visit::booked(&kit).await;
            let page = visit.moves_and_reads(Reply::Proposed("new")).await;
            assert!(page.contains("Uw oude afspraak staat nog: dinsdag 12 mei 2026 om 09:10 uur."), "{page}");
            assert_eq!(visit.stand().await, ("booked", vec!["pending"]));
            let old = visit.reads(&visit.address).await;
            assert!(old.contains("U wilt deze afspraak verzetten naar dinsdag 12 mei 2026 om 14:30 uur."));
            assert!(!old.contains("Afspraak verzetten"), "{old}");
            visit.later(3600).await;
            assert_eq!((visit.mails().await.len(), visit.cancellations()), (0, 0));
            if by_put {
                kit.put(ONE, "new", &told("new", "booked")).await;
            } else {
                kit.respond(ONE, &testkit::response("new", "accepted", "")).await;
            }
            assert_eq!(visit.mails().await, [MOVED]);
            assert_eq!(visit.stand().await, ("cancelled by the patient", vec!["booked"]));
            assert_eq!(visit.cancellations(), 1);
        }
    }
}

#[tokio::test]
async fn the_echo_of_the_new_one_before_its_answer_is_the_same() {
    for kit in Kit::on_both().await {
        let visit = Visit::booked(&kit).await;
        let caller = kit.caller().await;
        visit.xis.before_answering(move |booking| async move {
            let mut echo = told("new", "booked");
            echo["identifier"] = booking["identifier"].clone();
            assert_eq!(caller.put(ONE, "new", &echo).await.status, 200);
        });
        visit.moves(Reply::Booked("new")).await;
        assert_eq!(visit.stand().await, ("cancelled by the patient", vec!["booked"]));
        visit.later(30).await;
        assert_eq!((visit.mails().await, visit.cancellations()), (vec![MOVED.to_owned()], 1));
    }
}

#[tokio::test]
async fn what_the_practice_changes_of_the_new_one_before_the_old_one_is_over_is_told() {
    for kit in Kit::on_both().await {
        let visit = Visit::booked(&kit).await;
        visit.xis.answers_cancellation(Reply::Status(503));
        visit.moves(Reply::Booked("new")).await;
        assert_eq!(visit.mails().await, [""; 0]);
        let mut moved = told("new", "booked");
        (moved["start"], moved["end"]) =
            ("2026-05-12T16:00:00+02:00".into(), "2026-05-12T16:10:00+02:00".into());
        kit.put(ONE, "new", &moved).await;
        let confirmed = CONFIRMED.replace("14:30", "16:00");
        assert_eq!(visit.mails().await, std::slice::from_ref(&confirmed));
        visit.later(30).await;
        let you_cancelled = "U hebt uw afspraak op dinsdag 12 mei 2026 om 09:10 uur geannuleerd";
        assert_eq!(visit.mails().await, [confirmed, you_cancelled.to_owned()]);
    }
}
