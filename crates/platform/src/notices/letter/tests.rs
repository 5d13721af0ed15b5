use agenda::{Kind, Party, State};
use store::Notice;

use super::super::examples::{
    BSN, MAIL_ADDRESS, appointment, cancelled, may, notice, now, patient, practice, stored, visit,
};
use super::{super::telling::Untold, *};

mod added;
mod address;
mod beside;
mod others;

const HEAD: Letterhead<'static> = Letterhead { platform: "Balie", base: "https://afspraken.example" };
const LINK: &str = "https://afspraken.example/appointments/00000000-0000-0000-0000-000000000007";
const PREFERENCES: &str = "https://afspraken.example/preferences";
const STOP: &str = "https://afspraken.example/reminders/stop/unsubscribe";

/// Everything that only a mail that may name the practice can hold.
const PRACTICE: [&str; 6] = ["De Linde", "Huisarts", "Lindelaan", "Utrecht", "030", "#7a2e8e"];

/// Everything that only a mail that may tell the time can hold, in both languages.
const TIME: [&str; 10] =
    ["2026", "09:10", "mei", "May", "dinsdag", "Tuesday", "woensdag", "Wednesday", "uur", "at 09"];

/// The mail for one change, from facts that are full of what no mail may hold.
fn letter(kind: Kind, moved: bool, language: Language, detail: u32) -> Letter {
    let state = match kind {
        Kind::New
        | Kind::Confirmed
        | Kind::Modified
        | Kind::PlannedAgain
        | Kind::Rescheduled
        | Kind::Reminder => State::Booked,
        Kind::CancelledByPractice => cancelled(),
        Kind::CancelledByPatient => State::Cancelled { by: Party::Patient, at: now() },
        Kind::Declined => State::Declined { at: now() },
    };
    let (revoked, before) = (notice(1, Kind::CancelledByPractice, None), visit(may(12)));
    let mut notices = vec![notice(2, kind, moved.then_some(before))];
    if kind == Kind::PlannedAgain {
        notices.insert(0, revoked);
    }
    compose(&notices, &stored(state, visit(may(13))), language, detail)
}

fn compose(notices: &[Notice], stored: &store::Stored, language: Language, detail: u32) -> Letter {
    let untold = Untold { notices, perhaps_told: false };
    of_visit(&Telling::of(untold, stored, None, now()).unwrap(), language, detail, &practice())
}

fn of_visit(telling: &Telling, language: Language, detail: u32, practice: &Practice) -> Letter {
    let patient = &patient(language, detail);
    Letter::of_visit(HEAD, telling, (patient, practice), appointment(), None).unwrap()
}

fn all(detail: u32) -> impl Iterator<Item = Letter> {
    Kind::ALL.into_iter().flat_map(move |kind| {
        let each = [false, true].map(|moved| {
            [Language::Dutch, Language::English].map(|language| letter(kind, moved, language, detail))
        });
        each.into_iter().flatten()
    })
}

impl Letter {
    /// All that a reader, or somebody who looks over a shoulder, can get to see.
    fn everything(&self) -> String {
        [self.sender.as_str(), &self.subject, &self.text, &self.html].join("\n")
    }
}

fn without_addresses(text: &str) -> String {
    [LINK, PREFERENCES, STOP].iter().fold(text.to_owned(), |text, address| text.replace(address, ""))
}

fn holds_none_of(letter: &Letter, words: &[&str]) {
    let everything = without_addresses(&letter.everything());
    for word in words {
        assert!(!everything.contains(word), "{word:?} in {everything}");
    }
}

#[test]
fn no_mail_holds_a_reason_a_type_a_comment_a_name_or_a_bsn() {
    for letter in (1..=3).flat_map(all) {
        let everything = letter.everything();
        for word in ["POISON", BSN, MAIL_ADDRESS, "01000001", "token"] {
            assert!(!everything.contains(word), "{word:?} in {everything}");
        }
    }
}

#[test]
fn the_only_addresses_in_a_mail_are_the_visit_the_preferences_and_the_end_of_reminders() {
    for letter in (1..=3).flat_map(all) {
        for (address, times) in [(LINK, 1), (PREFERENCES, 1), (STOP, usize::from(letter.stop.is_some()))] {
            assert_eq!(letter.text.matches(address).count(), times, "{}", letter.text);
        }
        let rest = without_addresses(&letter.everything());
        assert!(!rest.contains("http") && !rest.contains("src=") && !rest.contains("url("), "{rest}");
    }
}

#[test]
fn only_a_reminder_can_be_stopped_in_one() {
    for kind in Kind::ALL {
        for detail in 1..=3 {
            let stop = letter(kind, false, Language::Dutch, detail).stop;
            assert_eq!(stop.as_deref(), (kind == Kind::Reminder).then_some(STOP));
        }
    }
}

#[test]
fn at_level_1_every_mail_is_the_same_whatever_happened_but_for_a_reminder() {
    for language in [Language::Dutch, Language::English] {
        let one = letter(Kind::New, false, language, 1).everything();
        for kind in Kind::ALL.into_iter().filter(|kind| *kind != Kind::Reminder) {
            assert_eq!(letter(kind, true, language, 1).everything(), one);
        }
    }
    for letter in all(1) {
        holds_none_of(&letter, &PRACTICE);
        holds_none_of(&letter, &TIME);
    }
    assert_eq!(letter(Kind::Reminder, false, Language::Dutch, 1).subject, "Herinnering aan uw afspraak");
}

#[test]
fn a_level_that_we_do_not_know_says_as_little_as_level_1() {
    let one = letter(Kind::New, false, Language::Dutch, 1).everything();
    for detail in [0, 4, 99] {
        assert_eq!(letter(Kind::New, false, Language::Dutch, detail).everything(), one);
    }
}

#[test]
fn at_level_2_the_time_is_told_and_the_practice_is_not() {
    for letter in all(2) {
        holds_none_of(&letter, &PRACTICE);
        assert_eq!(letter.sender, "Balie");
        for part in [&letter.subject, &letter.text, &letter.html] {
            assert!(part.contains("2026") && part.contains("09:10"), "{part}");
        }
    }
}

#[test]
fn at_level_3_the_practice_and_its_place_and_phone_are_told_too() {
    for letter in all(3) {
        assert_eq!(letter.sender, "Huisartsen De Linde");
        for part in [&letter.text, &letter.html] {
            assert!(part.contains("Huisartsen De Linde, Lindelaan 12, Utrecht"), "{part}");
            assert!(part.contains("030 123 45 67") && part.contains("09:10"), "{part}");
        }
    }
}

#[test]
fn a_move_shows_what_was_and_what_is() {
    let dutch = letter(Kind::Modified, true, Language::Dutch, 2);
    assert_eq!(dutch.subject, "Uw afspraak is verzet naar woensdag 13 mei 2026 om 09:10 uur");
    assert!(
        dutch
            .text
            .contains("Was: dinsdag 12 mei 2026 om 09:10 uur\nWordt: woensdag 13 mei 2026 om 09:10 uur\n")
    );
    let english = letter(Kind::Modified, true, Language::English, 2);
    assert!(
        english.text.contains("Was: Tuesday 12 May 2026 at 09:10\nNow: Wednesday 13 May 2026 at 09:10\n")
    );
    assert!(english.html.contains("<s>Tuesday 12 May 2026 at 09:10</s>"));
}

#[test]
fn a_text_mail_reads_like_a_letter() {
    let text = letter(Kind::Confirmed, true, Language::Dutch, 3).text;
    assert_eq!(
        text,
        format!(
            "Huisartsen De Linde

Uw afspraak is bevestigd

Let op: de tijd is anders dan u had gevraagd.

Gevraagd: dinsdag 12 mei 2026 om 09:10 uur
Wordt: woensdag 13 mei 2026 om 09:10 uur
Waar: Huisartsen De Linde, Lindelaan 12, Utrecht
Telefoon: 030 123 45 67

Bekijk uw afspraak:
{LINK}
U logt eerst in. Zo ziet alleen u de details.

--
Deze mail is automatisch gemaakt. Een antwoord op deze mail komt niet bij uw praktijk aan.
Kies welke mails u krijgt:
{PREFERENCES}"
        )
    );
    let news = letter(Kind::Confirmed, true, Language::English, 1).text;
    assert!(
        news.starts_with("Balie\n\nThere is news about your appointment\n\nView your appointment:\nhttps://")
    );
    for letter in (1..=3).flat_map(all) {
        assert!(!letter.text.contains("\n\n\n") && !letter.text.contains(" \n"), "{:?}", letter.text);
        assert!(!letter.subject.contains('\n'));
    }
}

#[test]
fn a_strange_name_of_a_practice_breaks_neither_html_nor_header() {
    let mut practice = practice();
    practice.name = "Jansen & <b>Zonen</b>\r\nBcc: x@y.example".to_owned();
    let telling = Telling { kind: Kind::New, at: may(12), was: None, beside: None };
    let letter = of_visit(&telling, Language::Dutch, 3, &practice);
    assert_eq!(letter.sender, "Jansen & <b>Zonen</b> Bcc: x@y.example");
    assert!(!letter.html.contains("<b>") && !letter.text.contains("\nBcc"));
}

#[test]
fn a_cancellation_after_a_move_that_was_not_told_leaves_neither_time_standing() {
    let telling = Telling { kind: Kind::CancelledByPractice, at: may(13), was: Some(may(12)), beside: None };
    let letter = of_visit(&telling, Language::Dutch, 2, &practice());
    assert_eq!(letter.subject, "Uw afspraak op dinsdag 12 mei 2026 om 09:10 uur is geannuleerd");
    let times = "Niet op: dinsdag 12 mei 2026 om 09:10 uur\nOok niet op: woensdag 13 mei 2026 om 09:10 uur\n";
    assert!(letter.text.contains(times), "{}", letter.text);
    assert_eq!(letter.html.matches("<s>").count(), 2);
}

#[test]
fn a_reminder_names_the_time_and_says_what_to_do_and_how_to_have_no_more_of_them() {
    let letter = letter(Kind::Reminder, false, Language::Dutch, 2);
    assert_eq!(letter.subject, "Herinnering: uw afspraak op woensdag 13 mei 2026 om 09:10 uur");
    assert!(
        letter.text.contains("Kunt u niet komen? Laat het uw praktijk dan snel weten."),
        "{}",
        letter.text
    );
    assert!(letter.text.contains(&format!("Stop de herinneringen:\n{STOP}\n")), "{}", letter.text);
    assert!(letter.html.contains(&format!("href=\"{STOP}\"")));
}

#[test]
fn a_visit_that_the_patient_cancelled_is_confirmed_as_such() {
    let letter = letter(Kind::CancelledByPatient, false, Language::English, 2);
    assert_eq!(letter.subject, "You cancelled your appointment on Wednesday 13 May 2026 at 09:10");
    assert!(letter.html.contains("<s>Wednesday 13 May 2026 at 09:10</s>"));
}

#[test]
fn a_mail_with_a_file_for_the_calendar_says_that_an_answer_there_cancels_nothing() {
    let telling = Telling { kind: Kind::New, at: may(12), was: None, beside: None };
    let of_method = |method| {
        let enclosure = Enclosure { method, file_name: "afspraak.ics".to_owned(), text: String::new() };
        let people = (&patient(Language::Dutch, 3), &practice());
        Letter::of_visit(HEAD, &telling, people, appointment(), Some(enclosure)).unwrap()
    };
    let said = "een antwoord in uw agenda komt niet bij uw praktijk aan";
    let letter = of_method(Method::Request);
    assert!(letter.text.contains(said) && letter.html.contains(said));
    assert!(of_method(Method::Cancel).text.contains("Daarmee verdwijnt de afspraak uit uw agenda."));
}
