use agenda::Kind;
use jiff::Timestamp;
use serde_json::{Value, json};

use store::{Language, Message, MessageId, Route, Words};

use super::*;
use crate::notices::{
    examples::{BSN, at, may, now, patient, practice},
    message::Unopened,
    telling::{Beside, Telling},
};

fn telling(kind: Kind, was: Option<Timestamp>) -> Telling {
    Telling { kind, at: may(12), was, beside: None }
}

fn compose(telling: &Telling, language: Language, detail: u32) -> Note {
    let keys = (Uuid::from_u128(1), Uuid::from_u128(7));
    let url = "https://afspraken.example/appointments/7".to_owned();
    Note::of_visit(telling, &patient(language, detail), &practice(), keys, url)
}

fn said(kind: Kind, was: Option<Timestamp>, language: Language, detail: u32) -> [String; 2] {
    let note = compose(&telling(kind, was), language, detail);
    [note.title, note.body]
}

#[test]
fn level_1_says_that_there_is_news_and_nothing_else() {
    for kind in Kind::ALL.into_iter().filter(|kind| *kind != Kind::Reminder) {
        for detail in [0, 1, 4] {
            let said = said(kind, Some(may(11)), Language::Dutch, detail);
            let news = "Er is nieuws over uw afspraak";
            assert_eq!(
                said,
                [news, "Open deze melding om het nieuws te lezen. U logt eerst in."],
                "{kind:?}"
            );
        }
    }
    let [title, body] = said(Kind::Reminder, None, Language::English, 1);
    assert_eq!(title, "Remember your appointment");
    assert!(!body.contains(char::is_numeric), "{body}");
}

#[test]
fn level_2_says_what_and_when_in_both_languages() {
    let was = Some(may(11));
    for (kind, was, dutch, english) in [
        (
            Kind::New,
            None,
            ["U hebt een nieuwe afspraak", "Op dinsdag 12 mei 2026 om 09:10 uur."],
            ["You have a new appointment", "On Tuesday 12 May 2026 at 09:10."],
        ),
        (
            Kind::Modified,
            was,
            [
                "Uw afspraak is verzet",
                "Nu op dinsdag 12 mei 2026 om 09:10 uur. Het was maandag 11 mei 2026 om 09:10 uur.",
            ],
            [
                "Your appointment was moved",
                "Now on Tuesday 12 May 2026 at 09:10. It was Monday 11 May 2026 at 09:10.",
            ],
        ),
        (
            Kind::Modified,
            None,
            [
                "Uw afspraak is gewijzigd",
                "Op dinsdag 12 mei 2026 om 09:10 uur. De begintijd blijft hetzelfde.",
            ],
            [
                "Your appointment was changed",
                "On Tuesday 12 May 2026 at 09:10. The start time stays the same.",
            ],
        ),
        (
            Kind::CancelledByPractice,
            None,
            ["Uw afspraak is geannuleerd", "De afspraak op dinsdag 12 mei 2026 om 09:10 uur gaat niet door."],
            [
                "Your appointment was cancelled",
                "The appointment on Tuesday 12 May 2026 at 09:10 does not go ahead.",
            ],
        ),
        (
            Kind::Reminder,
            None,
            ["Denk aan uw afspraak", "Op dinsdag 12 mei 2026 om 09:10 uur."],
            ["Remember your appointment", "On Tuesday 12 May 2026 at 09:10."],
        ),
    ] {
        assert_eq!(said(kind, was, Language::Dutch, 2), dutch);
        assert_eq!(said(kind, was, Language::English, 2), english);
    }
}

#[test]
fn that_an_old_one_stands_beside_is_said_without_its_time() {
    let said = |kind, language| {
        let note = compose(&Telling { beside: Some(Beside::Stands), ..telling(kind, None) }, language, 2);
        [note.title, note.body]
    };
    assert_eq!(
        said(Kind::Rescheduled, Language::Dutch),
        ["U hebt nu twee afspraken", "Op dinsdag 12 mei 2026 om 09:10 uur. Uw oude afspraak staat nog.",]
    );
    assert_eq!(
        said(Kind::Declined, Language::English)[1],
        "The appointment on Tuesday 12 May 2026 at 09:10 does not go ahead. Your old appointment still stands."
    );
}

#[test]
fn level_3_names_the_practice_and_no_level_says_why_or_with_whom() {
    for kind in Kind::ALL {
        for was in [None, Some(may(11))] {
            for (language, detail) in [(Language::Dutch, 3), (Language::English, 3), (Language::Dutch, 2)] {
                let [title, body] = said(kind, was, language, detail);
                assert_eq!(body.ends_with("\nHuisartsen De Linde"), detail == 3, "{body}");
                let both = format!("{title} {body}");
                assert!(!both.contains("POISON") && !both.contains(BSN), "{both}");
            }
        }
    }
}

#[test]
fn of_a_message_nothing_is_said_but_that_it_waits_from_whom_and_since_when() {
    let note = |level| {
        let mut patient = patient(Language::Dutch, 3);
        patient.preferences.detail_messages = level;
        let words = Words { topic: "POISON topic".to_owned(), text: "POISON text".to_owned() };
        let (id, practice) = (MessageId::new(Uuid::from_u128(5)), practice());
        let message = Message { id, practice: practice.agb.clone(), words, created_at: now(), unseen: true };
        let unopened = Unopened { message, practice, patient, route: Route::Push(Uuid::from_u128(3)) };
        Note::of_message(&unopened, "https://afspraken.example/messages/5".to_owned())
    };
    let waits = "Er staat een bericht voor u klaar";
    let at = "Ontvangen op maandag 4 mei 2026 om 10:00 uur. U logt eerst in om het te lezen.";
    let body = "Open deze melding om het bericht te lezen. U logt eerst in.";
    for (level, title, body) in [(1, waits, body), (2, waits, at), (3, "Bericht van Huisartsen De Linde", at)]
    {
        let note = note(level);
        assert_eq!((note.title.as_str(), note.body.as_str()), (title, body));
        assert_eq!(
            (note.key, note.about, note.until),
            (Uuid::from_u128(5), Uuid::from_u128(5), now() + LONGEST)
        );
    }
}

#[test]
fn the_service_worker_gets_what_it_shows_and_where_it_leads() {
    let message = compose(&telling(Kind::New, None), Language::Dutch, 2).message(
        Language::Dutch,
        "topic".to_owned(),
        3,
        now(),
    );
    let data: Value = serde_json::from_str(&message.text).unwrap();
    assert_eq!(
        data,
        json!({
            "id": Uuid::from_u128(1),
            "title": "U hebt een nieuwe afspraak",
            "body": "Op dinsdag 12 mei 2026 om 09:10 uur.",
            "lang": "nl",
            "tag": Uuid::from_u128(7),
            "url": "https://afspraken.example/appointments/7",
            "unseen": 3,
        })
    );
}

#[test]
fn it_is_kept_until_the_visit_and_wakes_a_phone_the_day_before() {
    let note = compose(&telling(Kind::New, None), Language::Dutch, 2);
    for (now, keep_seconds, urgent) in [
        (at("2026-05-12T07:09:30Z"), 60, true),
        (at("2026-05-12T06:10:00Z"), 3600, true),
        (at("2026-05-11T07:09:59Z"), 86_401, false),
        (at("2026-04-01T07:10:00Z"), 28 * 86_400, false),
        (at("2026-05-12T08:00:00Z"), 60, true),
    ] {
        let message = note.message(Language::Dutch, "topic".to_owned(), 0, now);
        assert_eq!((message.keep_seconds, message.urgent), (keep_seconds, urgent), "{now}");
    }
}

#[test]
fn a_notification_in_a_language_that_is_only_a_folder_more_has_no_word_of_another() {
    let language = crate::words::pseudo::language();
    for kind in Kind::ALL {
        let read = said(kind, Some(may(11)), language, 2).join("\n");
        assert_eq!(crate::words::pseudo::strange(&read, &[]), Vec::<&str>::new(), "{read}");
    }
}
