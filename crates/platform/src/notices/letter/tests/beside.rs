//! Of a visit whose place another one was to take, and which stands, a mail says that and no time: its own mails do.

use super::*;
use crate::notices::telling::Beside;

fn beside(kind: Kind, beside: Beside, language: Language, detail: u32) -> Letter {
    let telling = Telling { kind, at: may(13), was: None, beside: Some(beside) };
    of_visit(&telling, language, detail, &practice())
}

/// What stands between the head of the mail and where it leads.
fn said(kind: Kind, how: Beside, language: Language) -> String {
    let text = beside(kind, how, language, 2).text;
    let (said, _) = text.strip_prefix("Balie\n\n").unwrap().split_once("https://").unwrap();
    let (said, _lead) = said.trim_end().rsplit_once("\n\n").unwrap();
    said.to_owned()
}

#[test]
fn b08_who_has_two_visits_now_reads_which_is_new_and_what_to_do_about_the_old_one() {
    assert_eq!(
        said(Kind::Rescheduled, Beside::NotCancellable, Language::Dutch),
        "U hebt nu twee afspraken

Nieuw: woensdag 13 mei 2026 om 09:10 uur

Uw nieuwe afspraak is bevestigd. Maar de praktijk kan uw oude afspraak niet online annuleren. Die staat dus nog. \
Komt u daar niet? Bel dan de praktijk. U ziet beide afspraken in uw overzicht."
    );
    assert_eq!(
        said(Kind::Rescheduled, Beside::NotCancellable, Language::English),
        "You now have two appointments

New: Wednesday 13 May 2026 at 09:10

Your new appointment is confirmed. But the practice cannot cancel your old appointment online. So it still stands. \
Will you not be there? Please call the practice. You will find both appointments in your overview."
    );
    let letter = beside(Kind::Rescheduled, Beside::NotCancellable, Language::Dutch, 3);
    assert_eq!(letter.subject, "U hebt nu twee afspraken");
}

#[test]
fn who_is_to_hear_more_is_promised_that_and_nobody_else() {
    let promise = "U krijgt bericht als dat is gebeurd.";
    for kind in Kind::ALL {
        for how in [Beside::Stands, Beside::BeingCancelled, Beside::NotCancellable] {
            let is_promised = beside(kind, how, Language::Dutch, 2).text.contains(promise);
            let is_lost =
                matches!(kind, Kind::Declined | Kind::CancelledByPractice | Kind::CancelledByPatient);
            assert_eq!(is_promised, how == Beside::BeingCancelled && !is_lost, "{kind:?} {how:?}");
        }
    }
    let both = said(Kind::Confirmed, Beside::Stands, Language::English);
    assert!(both.contains("So you now have two appointments."), "{both}");
}

#[test]
fn who_gets_no_new_one_reads_that_the_old_one_stands() {
    assert_eq!(
        said(Kind::Declined, Beside::Stands, Language::Dutch),
        "Uw aanvraag is afgewezen

Deze afspraak gaat niet door. U kunt een andere tijd kiezen.

Gevraagd: woensdag 13 mei 2026 om 09:10 uur

Uw oude afspraak staat nog. In uw overzicht ziet u wanneer die is."
    );
    let cancelled = said(Kind::CancelledByPractice, Beside::BeingCancelled, Language::English);
    assert!(
        cancelled.ends_with("\n\nYour old appointment still stands. Your overview shows when it is."),
        "{cancelled}"
    );
}

#[test]
fn it_is_said_from_the_second_level_on_and_in_both_forms() {
    for kind in [Kind::Rescheduled, Kind::Confirmed, Kind::Declined] {
        for detail in [2, 3] {
            let letter = beside(kind, Beside::Stands, Language::Dutch, detail);
            let note = "Uw oude afspraak staat nog.";
            assert!(letter.text.contains(note) && letter.html.contains(note), "{}", letter.text);
        }
        let news = beside(kind, Beside::Stands, Language::Dutch, 1).everything();
        assert!(!news.contains("oude afspraak"), "{news}");
    }
}
