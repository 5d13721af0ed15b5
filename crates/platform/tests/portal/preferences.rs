//! `/preferences`: what a patient chooses is kept, and does something.

use std::time::Duration;

use store::Preferences;
use testkit::{Browser, JAN, Kit, NOBODY, appointment};

use super::page::{jan, text, to};

async fn preferences(kit: &Kit) -> Preferences {
    let (store, bsn) = (&kit.store, &agenda::Bsn::parse(JAN.bsn).unwrap());
    let account = store.read("account", |mut tx| async move { store.account_of(&mut tx, bsn).await }).await;
    account.unwrap().unwrap().preferences
}

/// Answers a question, and reads all answers after it.
async fn answer(browser: &Browser, question: &str, form: &[(&str, &str)]) -> String {
    let path = format!("/preferences/{question}");
    browser.read(&path).await;
    let kept = browser.post(&path, form).await;
    assert_eq!(to(&kept), "/preferences?kept=1");
    text(&browser.read(to(&kept)).await)
}

#[tokio::test]
async fn every_answer_is_shown_and_kept_and_noted() {
    for kit in Kit::on_both().await {
        let browser = kit.browser(JAN).await;
        let said = text(&browser.read("/preferences").await);
        for answered in [
            "Taal Nederlands Wijzigen: Taal",
            "Bericht krijgen Mail, Meldingen",
            "Bericht over een afspraak Ook de dag en de tijd",
            "Bericht over post van de praktijk Alleen dat er nieuws is",
            "Herinnering 1 dag van tevoren",
            "Uw mailadres is jan@patient.example",
        ] {
            assert!(said.contains(answered), "{answered:?} is not in {said}");
        }
        assert!(!said.contains("bewaard"), "{said}");
        for (question, sent, answered) in [
            ("channels", vec![("mail", "1")], "Bericht krijgen Mail Wijzigen"),
            ("appointments", vec![("answer", "3")], "Ook bij welke praktijk"),
            ("messages", vec![("answer", "2")], "Bericht over post van de praktijk Ook de dag en de tijd"),
            ("reminders", vec![("answer", "2880")], "Herinnering 2 dagen van tevoren"),
        ] {
            let said = answer(&browser, question, &sent).await;
            assert!(said.contains("Uw keuze is bewaard.") && said.contains(answered), "{said}");
        }
        let chosen = Preferences {
            by_mail: true,
            by_push: false,
            detail: 3,
            detail_messages: 2,
            remind_minutes: Some(2880),
        };
        assert_eq!(preferences(&kit).await, chosen);
        assert_eq!(kit.audited("preferences").await, ["kept"; 4]);
    }
}

#[tokio::test]
async fn the_language_is_that_of_every_page_from_now_on() {
    let (kit, _, browser) = jan().await;
    let said = answer(&browser, "language", &[("answer", "en")]).await;
    assert!(said.contains("Your choice has been saved."), "{said}");
    assert!(kit.browser(JAN).await.read("/").await.contains("<html lang=\"en\">"));
}

#[tokio::test]
async fn each_level_is_shown_with_a_sentence_as_it_will_be_told() {
    let (_kit, _, browser) = jan().await;
    let page = browser.read("/preferences/appointments").await;
    let said = text(&page);
    assert!(said.contains("‘Er is nieuws over uw afspraak.’"), "{said}");
    assert!(said.contains("‘Uw afspraak is verzet naar dinsdag 5 mei 2026 om 09:10 uur.’"), "{said}");
    assert!(page.contains(r#"name="answer" value="2" checked required"#), "{page}");
}

#[tokio::test]
async fn what_is_no_answer_changes_nothing() {
    let (kit, _, browser) = jan().await;
    for (question, sent) in [("reminders", "7"), ("appointments", "4"), ("language", "de"), ("messages", "")]
    {
        let refused = browser.post(&format!("/preferences/{question}"), &[("answer", sent)]).await;
        assert_eq!(refused.status, 400, "{question}");
    }
    assert_eq!(browser.post("/preferences/bsn", &[("answer", "1")]).await.status, 404);
    assert_eq!(browser.get("/preferences/bsn").await.status, 404);
    assert_eq!(preferences(&kit).await, Preferences::default());
}

#[tokio::test]
async fn a_form_from_another_site_changes_nothing() {
    let (kit, _, browser) = jan().await;
    let form = kit
        .http
        .post(format!("{}/preferences/channels", kit.base))
        .header("cookie", browser.cookie())
        .header("sec-fetch-site", "cross-site")
        .header("content-type", "application/x-www-form-urlencoded");
    assert_eq!(form.send().await.unwrap().status(), 403);
    assert_eq!(preferences(&kit).await, Preferences::default());
}

#[tokio::test]
async fn who_chooses_no_channel_is_warned_and_gets_no_mail() {
    for kit in Kit::on_both().await {
        let browser = kit.browser(JAN).await;
        let said = answer(&browser, "channels", &[]).await;
        assert!(said.contains("Bericht krijgen Niet"), "{said}");
        assert!(said.contains("U krijgt nu geen bericht van ons"), "{said}");
        kit.put("01000001", "a", &appointment("a", JAN)).await;
        kit.drain().await;
        assert_eq!(kit.mailbox.mails().len(), 0);
        let said = answer(&browser, "channels", &[("mail", "1")]).await;
        assert!(!said.contains("U krijgt nu geen bericht van ons"), "{said}");
    }
}

#[tokio::test]
async fn another_time_for_reminders_is_for_the_visits_that_stand_too() {
    for kit in Kit::on_both().await {
        kit.put("01000001", "a", &appointment("a", JAN)).await;
        let browser = kit.browser(JAN).await;
        let at = async || kit.appointment(JAN).await.remind_at.map(|at| at.to_string());
        assert_eq!(at().await.as_deref(), Some("2026-05-11T07:10:00Z"));
        answer(&browser, "reminders", &[("answer", "2880")]).await;
        assert_eq!(at().await.as_deref(), Some("2026-05-10T07:10:00Z"));
        answer(&browser, "reminders", &[("answer", "none")]).await;
        assert_eq!(at().await, None);
    }
}

#[tokio::test]
async fn a_trial_mail_goes_through_the_outbox_and_the_page_says_where_it_went() {
    for kit in Kit::on_both().await {
        let browser = kit.browser(JAN).await;
        assert_eq!(to(&browser.post("/preferences/try/mail", &[]).await), "/preferences#try");
        let said = text(&browser.read("/preferences").await);
        assert!(said.contains("De proefmail gaat nu naar jan@patient.example."), "{said}");
        kit.drain().await;
        let [mail] = kit.mailbox.mails().try_into().unwrap();
        assert_eq!(mail.to, "jan@patient.example");
        let said = text(&browser.read("/preferences").await);
        assert!(said.contains("De proefmail is om 10:00 uur verstuurd naar jan@patient.example."), "{said}");

        let again = browser.post("/preferences/try/mail", &[]).await;
        assert_eq!(to(&again), "/preferences?soon=1#try");
        assert!(text(&browser.read("/preferences?soon=1").await).contains("Wacht een minuut"));
        kit.clock.turn(Duration::from_secs(60));
        browser.post("/preferences/try/mail", &[]).await;
        kit.drain().await;
        assert_eq!(kit.mailbox.mails().len(), 2);
        assert_eq!(kit.audited("trial mail").await, ["queued", "too soon", "queued"]);
    }
}

#[tokio::test]
async fn who_has_no_address_reads_so_and_can_try_nothing() {
    let (kit, ..) = jan().await;
    let (_, browser) = crate::login::log_in(&kit, NOBODY, "/login").await;
    let page = browser.read("/preferences").await;
    let said = text(&page);
    assert!(said.contains("Wij hebben geen mailadres van u."), "{said}");
    assert!(said.contains("U krijgt nu geen bericht van ons"), "{said}");
    assert!(!page.contains("/preferences/try/mail"), "{page}");
    assert_eq!(to(&browser.post("/preferences/try/mail", &[]).await), "/preferences");
    assert_eq!(kit.drain().await, 0);
}
