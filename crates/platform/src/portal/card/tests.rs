use agenda::{Appointment, Cancellation, Coding, Failure, Kind, Participant, Party, State};
use store::{AccountId, News, SlotChoice};
use uuid::Uuid;

use super::{tag::Tone, *};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// A Monday, eight days before the visit.
fn now() -> Timestamp {
    at("2026-05-04T08:00:00Z")
}

fn visit() -> Content {
    let named =
        |name: &str, is_patient| Participant { reference: None, display: Some(name.to_owned()), is_patient };
    let kind =
        Coding { system: "urn:types".to_owned(), code: "C".to_owned(), display: Some("Consult".to_owned()) };
    Content {
        start: at("2026-05-12T09:40:00Z"),
        end: at("2026-05-12T09:50:00Z"),
        categories: vec![kind],
        participants: vec![named("Jan Jansen", true), named("dokter De Vries", false)],
        comment: None,
    }
}

fn stored(state: State) -> Stored {
    let appointment = Appointment {
        content: visit(),
        reason: None,
        state,
        settled: true,
        answer: None,
        cancellation: None,
    };
    Stored {
        id: AppointmentId::new(Uuid::from_u128(7)),
        practice: "01000001".parse().unwrap(),
        account: Some(AccountId::new(Uuid::from_u128(1))),
        xis_id: None,
        appointment,
        slot: None,
        cancel_window: None,
        news: None,
        unseen: false,
        form: None,
        revision: 1,
        created_at: now(),
        changed_at: now(),
        xis_updated_at: None,
        remind_at: None,
        ties: store::Ties::default(),
        guessed_from: None,
    }
}

fn news(kind: Kind, before: Option<Content>) -> Stored {
    let news = Some(News { kind, before });
    Stored { news, unseen: true, ..stored(State::Booked) }
}

fn practice() -> Practice {
    Practice {
        agb: "01000001".parse().unwrap(),
        client: "demo-xis".to_owned(),
        name: "Praktijk De Linde".to_owned(),
        settings: store::Settings { phone: Some("030 123 45 67".to_owned()), ..Default::default() },
        returns_identifier: true,
    }
}

fn card(stored: &Stored, language: Language) -> Card {
    Card::of(stored, Some(&practice()), language, now()).unwrap()
}

fn tag(stored: &Stored, language: Language) -> (String, Tone) {
    let tag = card(stored, language).tag.unwrap();
    (tag.word, tag.tone)
}

#[test]
fn a_booked_visit_says_when_how_long_what_and_with_whom() {
    let card = card(&stored(State::Booked), Language::Dutch);
    assert_eq!((card.at.weekday.as_str(), card.at.day, card.at.month.as_str()), ("dinsdag", 12, "mei"));
    assert_eq!((card.at.time.as_str(), card.duration.as_str()), ("11:40 uur", "10 minuten"));
    assert_eq!(card.at.exact, "2026-05-12T11:40+02:00");
    assert_eq!(
        (card.what.as_str(), card.group, card.at.year),
        ("Consult bij dokter De Vries", Group::Upcoming, None)
    );
    assert_eq!(card.call_for(), Some("card-call-to-change"));
    assert!(!card.is_off() && !card.fresh);
}

#[test]
fn b09_a_cancellation_on_its_way_waits_for_the_practice_until_the_visit_is_over() {
    let mut on_its_way = stored(State::Booked);
    on_its_way.appointment.cancellation = Some(Cancellation::Sent { at: now(), words: None });
    let shown = card(&on_its_way, Language::Dutch);
    assert_eq!((shown.group, shown.call_for()), (Group::Awaiting, Some("appointment-call")));
    assert_eq!(tag(&on_its_way, Language::English), ("Cancellation sent".to_owned(), Tone::Waiting));
    let after =
        Card::of(&on_its_way, Some(&practice()), Language::Dutch, at("2026-05-13T08:00:00Z")).unwrap();
    assert_eq!((after.standing, after.group), (Standing::Booked, Group::Past));
}

#[test]
fn the_year_is_said_where_it_is_another() {
    let new_year = at("2027-01-01T00:30:00Z");
    let moment = Moment::of(new_year, &TimeZone::UTC, Language::English, now());
    assert_eq!((moment.year, moment.date.as_str()), (Some(2027), "Friday 1 January 2027"));
}

#[test]
fn a_modified_visit_shows_the_old_time_beside_the_new_and_with_whom_it_was() {
    let mut before = visit();
    before.start = at("2026-05-12T08:20:00Z");
    before.end = at("2026-05-12T08:40:00Z");
    before.participants[1].display = Some("dokter Jansen".to_owned());
    let card = card(&news(Kind::Modified, Some(before)), Language::Dutch);
    assert_eq!(card.changes.time.as_deref(), Some("10:20"));
    assert_eq!(card.changes.said, ["Was bij dokter Jansen.", "Was 20 minuten."]);
    assert!(card.fresh);
    assert_eq!(card.tag.unwrap().word, "Gewijzigd");
}

#[test]
fn a_visit_on_another_day_shows_the_old_day_too() {
    let mut before = visit();
    before.start = at("2026-05-11T08:20:00Z");
    before.end = at("2026-05-11T08:30:00Z");
    let card = card(&news(Kind::Modified, Some(before)), Language::English);
    assert_eq!((card.changes.time.as_deref(), card.changes.said.len()), (Some("Monday 11 May 10:20"), 0));
}

#[test]
fn each_news_has_its_badge_in_both_languages() {
    for (stored, dutch, english, tone) in [
        (news(Kind::New, None), "Nieuw", "New", Tone::Changed),
        (news(Kind::Confirmed, None), "Bevestigd", "Confirmed", Tone::Good),
        (news(Kind::Modified, None), "Gewijzigd", "Changed", Tone::Changed),
        (news(Kind::PlannedAgain, None), "Opnieuw gepland", "Planned again", Tone::Changed),
        (stored(State::Declined { at: now() }), "Afgewezen", "Declined", Tone::Off),
        (stored(State::Cancelled { by: Party::Practice, at: now() }), "Geannuleerd", "Cancelled", Tone::Off),
        (stored(State::Pending), "Wacht op de praktijk", "Waiting for the practice", Tone::Waiting),
    ] {
        assert_eq!(tag(&stored, Language::Dutch), (dutch.to_owned(), tone));
        assert_eq!(tag(&stored, Language::English), (english.to_owned(), tone));
    }
}

#[test]
fn news_that_was_seen_leaves_an_appointment_that_stands() {
    for kind in [Kind::New, Kind::PlannedAgain, Kind::Confirmed] {
        let seen = Stored { unseen: false, ..news(kind, None) };
        assert_eq!(tag(&seen, Language::Dutch).0, "Bevestigd");
        assert!(!card(&seen, Language::Dutch).fresh);
    }
}

#[test]
fn what_was_before_is_not_shown_once_it_is_off() {
    let mut cancelled = news(Kind::Modified, Some(Content { start: at("2026-05-11T08:20:00Z"), ..visit() }));
    cancelled.appointment.state = State::Cancelled { by: Party::Practice, at: now() };
    let card = card(&cancelled, Language::Dutch);
    assert_eq!((card.changes.clone(), card.group), (Changes::default(), Group::Off));
    assert!(card.is_off());
}

#[test]
fn c18_an_unknown_outcome_is_being_checked_for_fifteen_minutes_and_then_the_patient_must_call() {
    let unknown = |minutes| {
        let since = now() - SignedDuration::from_mins(minutes);
        card(&stored(State::Unknown { at: since, since, approval: false }), Language::Dutch)
    };
    assert_eq!((unknown(14).standing, unknown(14).group), (Standing::Checking, Group::Awaiting));
    assert_eq!(unknown(15).standing, Standing::CheckingFailed);
    assert!(unknown(15).next.unwrap().contains("Bel de praktijk"));
}

#[test]
fn c18_a_failure_is_shown_only_to_a_patient_who_was_told_to_wait() {
    let failed = |seconds| {
        let at = now() + SignedDuration::from_secs(seconds);
        stored(State::Failed { why: Failure::NotBooked, at })
    };
    assert!(!is_for_overview(&failed(2), now()));
    assert!(is_for_overview(&failed(90), now()));
    assert!(!is_for_overview(&failed(90), visit().start));
    assert_eq!(tag(&failed(90), Language::Dutch).0, "Niet gelukt");
}

#[test]
fn a1_a_tombstone_is_nobodys() {
    let tombstone = stored(State::Tombstone);
    assert!(!is_for_overview(&tombstone, now()));
    assert!(Card::of(&tombstone, Some(&practice()), Language::Dutch, now()).is_none());
}

#[test]
fn a_visit_that_is_over_is_past_without_a_tag_unless_there_is_news() {
    let after = visit().end;
    let over = Card::of(&stored(State::Booked), Some(&practice()), Language::Dutch, after).unwrap();
    assert_eq!((over.group, over.tag), (Group::Past, None));
    let cancelled = stored(State::Cancelled { by: Party::Practice, at: now() });
    let group = |stored: &Stored| Card::of(stored, None, Language::Dutch, after).unwrap().group;
    assert_eq!(group(&cancelled), Group::Past);
    let unseen = Stored {
        unseen: true,
        news: Some(News { kind: Kind::CancelledByPractice, before: None }),
        ..cancelled
    };
    assert_eq!(group(&unseen), Group::Off);
}

#[test]
fn a_request_is_with_the_agenda_that_was_chosen_until_the_practice_says_more() {
    let mut asked = stored(State::Pending);
    asked.appointment.content.participants.clear();
    asked.appointment.settled = false;
    asked.slot = Some(SlotChoice {
        id: "1".to_owned(),
        schedule: "7".to_owned(),
        agenda: "Spreekuur".to_owned(),
        anyone: false,
        actor: None,
        actor_display: None,
        start: visit().start,
        end: visit().end,
    });
    let card = card(&asked, Language::English);
    assert_eq!(card.what, "Consult with Spreekuur");
    assert_eq!(card.again, "/book/01000001/time?type=urn%3Atypes%7CC&agenda=7");
    asked.slot.as_mut().unwrap().anyone = true;
    let again = self::card(&asked, Language::English).again;
    assert_eq!(again, "/book/01000001/time?type=urn%3Atypes%7CC&anyone=1");
}

#[test]
fn what_is_not_known_is_left_out() {
    let said = |kind, with| what(Language::Dutch, kind, with);
    assert_eq!(said(Some("Consult"), None), "Consult");
    assert_eq!(said(None, Some("dokter Jansen")), "Afspraak bij dokter Jansen");
    assert_eq!(said(None, None), "Afspraak");
}
