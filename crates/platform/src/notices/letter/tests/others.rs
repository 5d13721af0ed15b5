//! The mails that are not about a visit.

use store::Preferences;

use super::*;

const PATH: &str = "/messages/00000000-0000-0000-0000-000000000009";

fn message(language: Language, detail_messages: u32) -> Letter {
    let preferences = Preferences { detail_messages, ..Preferences::default() };
    let patient = Account { preferences, ..patient(language, 3) };
    Letter::of_message(HEAD, (&patient, &practice()), PATH, may(12)).unwrap()
}

fn invitation(message_waits: bool) -> Letter {
    Letter::of_invitation(HEAD, &practice(), "/login", message_waits).unwrap()
}

#[test]
fn a_message_is_announced_with_as_much_as_the_patient_allows_for_messages() {
    let news = message(Language::Dutch, 1);
    assert_eq!(news.subject, "Er staat een bericht voor u klaar");
    assert_eq!(news.sender, "Balie");
    let link = format!("Lees het bericht:\nhttps://afspraken.example{PATH}\n");
    assert!(news.text.starts_with("Balie\n\nEr staat een bericht voor u klaar\n\nLees"), "{}", news.text);
    assert!(news.text.contains(&link), "{}", news.text);
    assert!(!news.html.contains("<th"));
    for letter in [&news, &message(Language::English, 1)] {
        holds_none_of(letter, &PRACTICE);
        holds_none_of(letter, &TIME);
    }
    let timed = message(Language::Dutch, 2);
    holds_none_of(&timed, &PRACTICE);
    assert!(timed.text.contains("Ontvangen: dinsdag 12 mei 2026 om 09:10 uur\n"), "{}", timed.text);
    let named = message(Language::English, 3);
    assert_eq!(
        (named.subject.as_str(), named.sender.as_str()),
        ("Message from Huisartsen De Linde", "Huisartsen De Linde")
    );
}

#[test]
fn an_invitation_says_from_whom_and_has_no_preferences_for_who_has_no_account() {
    let free = invitation(false);
    assert_eq!(free.subject, "Uitnodiging van Huisartsen De Linde");
    assert!(free.text.contains("https://afspraken.example/login\n") && !free.text.contains("preferences"));
    assert!(!free.text.contains("30 dagen") && !free.html.contains("30 dagen"));
    let waiting = invitation(true);
    assert_eq!(waiting.subject, "Huisartsen De Linde heeft een bericht voor u");
    assert!(waiting.text.contains("30 dagen bewaard") && waiting.html.contains("30 dagen bewaard"));
}

#[test]
fn an_invitation_is_in_every_language_for_nobody_knows_yet_which_one_is_read() {
    for waits in [false, true] {
        let letter = invitation(waits);
        assert_eq!(letter.languages, crate::words::languages().collect::<Vec<_>>());
        for said in [
            "Huisartsen De Linde nodigt u uit",
            "Huisartsen De Linde invites you",
            "Wilt u dat niet?",
            "Would you rather not?",
            "Log in en begin",
            "Log in and start",
            "komt niet bij uw praktijk aan",
            "does not reach your practice",
        ] {
            assert_eq!(letter.text.matches(said).count(), 1, "{said:?} in {}", letter.text);
            assert_eq!(letter.html.matches(said).count(), 1, "{said:?} in {}", letter.html);
        }
        assert_eq!(letter.text.contains("kept for 30 days"), waits);
        assert_eq!(letter.html.contains("kept for 30 days"), waits);
        let (dutch, english) = letter.html.split_once("<div class=\"line\" lang=\"en\"").unwrap();
        assert!(
            dutch.contains("nodigt u uit")
                && !dutch.contains("invites you")
                && english.contains("invites you")
        );
        assert_eq!(letter.text.matches("https://afspraken.example/login\n").count(), letter.languages.len());
    }
}

#[test]
fn a_test_mail_says_that_it_is_one() {
    let letter = Letter::of_test(HEAD, &patient(Language::Dutch, 3)).unwrap();
    assert_eq!(letter.subject, "Testmail van Balie");
    assert!(letter.text.contains("Nu weet u dat onze mails bij u aankomen."));
    holds_none_of(&letter, &PRACTICE);
}

#[test]
fn they_read_like_a_letter_and_hold_nothing_of_the_patient() {
    let of = |language| {
        let messages = (1..=3).map(move |detail| message(language, detail));
        messages.chain([Letter::of_test(HEAD, &patient(language, 3)).unwrap()])
    };
    let invitations = [false, true].map(invitation);
    for letter in [Language::Dutch, Language::English].into_iter().flat_map(of).chain(invitations) {
        let everything = letter.everything();
        for word in ["POISON", BSN, MAIL_ADDRESS, "01000001", "token"] {
            assert!(!everything.contains(word), "{word:?} in {everything}");
        }
        assert!(!letter.text.contains("\n\n\n") && !letter.text.contains(" \n"), "{:?}", letter.text);
        assert!(!letter.subject.contains('\n') && letter.stop.is_none() && letter.enclosure.is_none());
    }
}
