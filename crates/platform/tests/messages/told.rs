//! A message is its own notice: that it is there, and never what it says.

use agenda::Bsn;
use store::Preferences;
use testkit::{JAN, Kit, Log, NOBODY, attachment, files::pdf, message};

use super::{ONE, link_in_mail, only_message, with_files, write};

/// Lets the notices of messages say so much.
async fn allow(kit: &Kit, detail_messages: u32) {
    let (store, bsn) = (&kit.store, &Bsn::parse(JAN.bsn).unwrap());
    store
        .tx("prefer", |mut tx| async move {
            let account = store.account_of(&mut tx, bsn).await?.unwrap();
            let preferences = Preferences { detail_messages, ..account.preferences };
            store.save_preferences(&mut tx, account.id, &preferences).await
        })
        .await
        .unwrap();
}

/// Never in a mail, a push or the log.
const POISON: [&str; 6] =
    [JAN.bsn, NOBODY.bsn, "Zwaluwstaart", "Koekoeksbloem", "Kievitsei", "Uitslag bloedonderzoek"];

#[tokio::test]
async fn a_message_is_told_once_by_mail_and_on_every_device() {
    for kit in Kit::on_both().await {
        kit.browser(JAN).await.subscribe(&kit.push_service.phone("jan")).await;
        write(&kit, JAN, "Uw uitslag is er.").await;
        let path = link_in_mail(&kit, JAN).await;
        kit.drain().await;
        assert_eq!(kit.mailbox.mails().len(), 1);
        let [push] = &kit.push_service.pushes()[..] else { panic!("one push") };
        assert!(push.data["url"].as_str().unwrap().ends_with(&path), "{}", push.data);
        assert_eq!(push.data["unseen"], 1);
        let browser = kit.browser(JAN).await;
        assert_eq!(path, only_message(&browser).await);
    }
}

#[tokio::test]
async fn what_was_read_before_it_could_be_told_is_told_no_more() {
    for kit in Kit::on_both().await {
        write(&kit, JAN, "Uw uitslag is er.").await;
        let browser = kit.browser(JAN).await;
        browser.read(&only_message(&browser).await).await;
        kit.drain().await;
        assert!(kit.mailbox.mails().is_empty());
    }
}

#[tokio::test]
async fn the_practice_is_named_only_where_the_patient_allows_it() {
    for kit in Kit::on_both().await {
        kit.browser(JAN).await.subscribe(&kit.push_service.phone("jan")).await;
        for (level, named) in [(1, false), (2, false), (3, true)] {
            allow(&kit, level).await;
            write(&kit, JAN, &format!("Bericht {level}")).await;
            kit.drain().await;
            let mail = kit.mailbox.mails().pop().unwrap();
            let push = kit.push_service.pushes().pop().unwrap().data.to_string();
            for text in [&mail.raw, &mail.text, &mail.html, &mail.subject, &push] {
                assert!(named || !text.contains("De Linde"), "level {level}: {text}");
            }
            assert_eq!(mail.text.contains("Praktijk De Linde"), named, "level {level}: {}", mail.text);
            assert_eq!(push.contains("Praktijk De Linde"), named, "level {level}: {push}");
        }
    }
}

#[tokio::test]
async fn nothing_of_a_message_is_in_any_mail_push_or_line_of_the_log() {
    let log = Log::listen();
    for kit in Kit::on_both().await {
        kit.browser(JAN).await.subscribe(&kit.push_service.phone("jan")).await;
        for (level, patient) in [(1, JAN), (2, JAN), (3, JAN), (1, NOBODY)] {
            allow(&kit, level).await;
            let file = attachment("Kievitsei.pdf", "application/pdf", &pdf(0));
            let mut body = with_files(patient, &[file]);
            body["topic"]["text"] = format!("Koekoeksbloem {level}").into();
            body["payload"][0]["contentString"] = "Zwaluwstaart".into();
            assert_eq!(kit.post(ONE, &body).await.status, 201);
            assert_eq!(kit.post(ONE, &message(patient, "Zwaluwstaart")).await.status, 201);
            kit.drain().await;
        }
        let (mails, pushes) = (kit.mailbox.mails(), kit.push_service.pushes());
        assert!(mails.len() >= 4 && pushes.len() >= 3, "{} {}", mails.len(), pushes.len());
        for poison in POISON {
            for mail in &mails {
                for text in [&mail.raw, &mail.text, &mail.html, &mail.subject] {
                    assert!(!text.contains(poison), "{poison}: {text}");
                }
            }
            assert!(pushes.iter().all(|push| !push.data.to_string().contains(poison)), "{poison}");
        }
    }
    let log = log.text();
    assert!(POISON.iter().all(|poison| !log.contains(poison)));
}
