//! The mails about a mail address itself.

use super::*;

fn code(language: Language) -> Letter {
    Letter::of_code(HEAD, &patient(language, 3), "012345").unwrap()
}

fn former(language: Language) -> Letter {
    Letter::of_former_address(HEAD, &patient(language, 3)).unwrap()
}

#[test]
fn a_code_comes_with_what_to_do_and_opens_nothing_by_itself() {
    let dutch = code(Language::Dutch);
    assert_eq!(dutch.subject, "Uw code voor Balie");
    assert!(dutch.text.contains("Uw code: 012345\n") && dutch.html.contains(">012345<"), "{}", dutch.text);
    assert!(dutch.text.contains("https://afspraken.example/preferences/address/code\n"));
    assert!(code(Language::English).text.contains("Your code: 012345\n"));
}

#[test]
fn an_address_that_was_left_hears_so_and_what_to_do() {
    let english = former(Language::English);
    assert_eq!(english.subject, "Your email address at Balie was changed");
    assert!(english.text.contains("Did you not do this yourself?"));
    assert_eq!(former(Language::Dutch).subject, "Uw mailadres bij Balie is gewijzigd");
}

#[test]
fn they_name_no_practice_no_patient_and_no_address() {
    for letter in [Language::Dutch, Language::English].into_iter().flat_map(|one| [code(one), former(one)]) {
        holds_none_of(&letter, &PRACTICE);
        holds_none_of(&letter, &["POISON", BSN, MAIL_ADDRESS, "token", "afspraak", "appointment"]);
        assert!(!letter.subject.contains("012345"), "a subject is read on a locked screen");
    }
}
