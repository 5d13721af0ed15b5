use agenda::State;
use jiff::SignedDuration;

use super::{
    super::examples::{BSN, MAIL_ADDRESS, appointment, at, may, now, practice, stored, visit},
    *,
};

const LINK: &str = "https://afspraken.example/appointments/00000000-0000-0000-0000-000000000007";

fn event(language: Language, names: bool) -> Event {
    Event::of(&stored(State::Booked, visit(may(12))), language, &practice(), names)
}

fn between(attendee: Option<&str>) -> Correspondents<'_> {
    let (platform, organizer, host) = ("Balie", "afspraken@balie.example", "afspraken.example");
    Correspondents { platform, organizer, attendee, host, link: LINK.to_owned() }
}

fn file(event: &Event, method: Method) -> String {
    let edition = CalendarEdition { sequence: 3, made_at: now() };
    event.file(method, edition, &between(Some(MAIL_ADDRESS)))
}

/// The lines of the visit itself, unfolded.
fn lines(file: &str) -> Vec<String> {
    let unfolded = file.replace("\r\n ", "");
    let (_, event) = unfolded.split_once("BEGIN:VEVENT\r\n").unwrap();
    event.split("\r\n").map(str::to_owned).collect()
}

#[test]
fn a_request_says_when_and_where_and_asks_for_no_answer() {
    let text = file(&event(Language::Dutch, true), Method::Request);
    assert!(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"), "{text}");
    assert!(text.contains("\r\nMETHOD:REQUEST\r\n") && text.contains("\r\nBEGIN:VTIMEZONE\r\n"));
    assert_eq!(
        lines(&text),
        [
            "UID:00000000-0000-0000-0000-000000000007@afspraken.example",
            "SEQUENCE:3",
            "DTSTAMP:20260504T080000Z",
            "DTSTART;TZID=Europe/Amsterdam:20260512T091000",
            "DTEND;TZID=Europe/Amsterdam:20260512T093000",
            "SUMMARY:Afspraak bij Huisartsen De Linde",
            "LOCATION:Huisartsen De Linde\\, Lindelaan 12\\, Utrecht",
            &format!(
                "DESCRIPTION:Bekijken of afzeggen? Op deze pagina leest u hoe. Een antwoord in uw agenda \
                 komt niet bij uw praktijk aan.\\n{LINK}"
            ),
            &format!("URL:{LINK}"),
            "ORGANIZER;CN=\"Huisartsen De Linde\":mailto:afspraken@balie.example",
            "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:jan@patient.example",
            "STATUS:CONFIRMED",
            "TRANSP:OPAQUE",
            "CLASS:PRIVATE",
            "END:VEVENT",
            "END:VCALENDAR",
            "",
        ]
    );
}

#[test]
fn where_the_practice_may_not_be_named_nothing_names_it() {
    let lowered = file(&Event { is_over: true, ..event(Language::English, false) }, Method::Cancel);
    let lines = lines(&lowered);
    for line in ["SUMMARY:Appointment", "STATUS:CANCELLED"] {
        assert!(lines.iter().any(|there| there == line), "{line} is not in {lowered}");
    }
    assert!(lowered.contains("\r\nMETHOD:CANCEL\r\n") && lowered.contains("ORGANIZER;CN=\"Balie\":"));
    for word in ["Linde", "Huisarts", "Utrecht", "LOCATION", "030 123"] {
        assert!(!lowered.contains(word), "{word} in {lowered}");
    }
}

#[test]
fn what_the_patient_fetches_has_nobody_to_answer() {
    let edition = CalendarEdition { sequence: 0, made_at: now() };
    let text = event(Language::English, true).file(Method::Publish, edition, &between(None));
    assert!(text.contains("METHOD:PUBLISH") && text.contains("SUMMARY:Appointment at Huisartsen De Linde"));
    assert!(text.contains("ORGANIZER") && !text.contains("ATTENDEE"), "{text}");
}

#[test]
fn no_calendar_holds_a_reason_a_type_a_comment_a_name_or_a_bsn() {
    for language in [Language::Dutch, Language::English] {
        for (names, is_over) in [(true, false), (false, false), (true, true), (false, true)] {
            for method in [Method::Request, Method::Cancel, Method::Publish] {
                let text = file(&Event { is_over, ..event(language, names) }, method).replace("\r\n ", "");
                for word in ["POISON", BSN, "01000001", "token"] {
                    assert!(!text.contains(word), "{word} in {text}");
                }
            }
        }
    }
}

#[test]
fn every_line_ends_as_it_must_and_none_is_too_long() {
    let mut practice = practice();
    practice.name =
        "Huisartsenpraktijk “Ter Linde & Zonen”; één, twee\r\nATTENDEE:mailto:x@y.example".repeat(2);
    let event = Event::of(&stored(State::Booked, visit(may(12))), Language::Dutch, &practice, true);
    let text = file(&event, Method::Request);
    assert!(!text.replace("\r\n", "").contains(['\r', '\n']));
    assert!(text.split("\r\n").all(|line| line.len() <= 75));
    assert_eq!(text.replace("\r\n ", "").matches("\r\nATTENDEE").count(), 1, "{text}");
}

#[test]
fn the_hour_that_the_clock_shows_twice_is_told_apart() {
    // 25 October 2026: at 03:00 the clock goes back to 02:00.
    let at_half_past_two = |start: &str| {
        let start = at(start);
        let event =
            Event { start, end: start + SignedDuration::from_mins(20), ..event(Language::Dutch, true) };
        lines(&file(&event, Method::Request))[3].clone()
    };
    assert_eq!(at_half_past_two("2026-10-25T00:30:00Z"), "DTSTART:20261025T003000Z");
    assert_eq!(at_half_past_two("2026-10-25T01:30:00Z"), "DTSTART:20261025T013000Z");
    assert_eq!(at_half_past_two("2026-10-25T02:30:00Z"), "DTSTART;TZID=Europe/Amsterdam:20261025T033000");
}

#[test]
fn another_time_place_or_language_is_another_content_and_the_rest_is_not() {
    let one = event(Language::Dutch, true);
    let content = one.content();
    assert_eq!(content, event(Language::Dutch, true).content());
    for other in [
        Event { start: may(13), ..one.clone() },
        Event { end: may(13), ..one.clone() },
        Event { named: None, ..one.clone() },
        Event { is_over: true, ..one.clone() },
        Event { language: Language::English, ..one.clone() },
    ] {
        assert_ne!(other.content(), content, "{other:?}");
    }
    assert_eq!(Event { id: appointment(), ..one }.content(), content);
}
