use std::time::Duration;

use agenda::Bsn;
use serde_json::{Value, json};
use store::{Language, Preferences};
use testkit::{JAN, Kit, Push, appointment};
use world::Clock as _;

const ONE: &str = "01000001";
/// From Monday 4 May 10:00 to Tuesday 12 May 09:10.
const UNTIL_VISIT_SECONDS: u32 = 8 * 86_400 - 50 * 60;

fn changes() -> [Value; 3] {
    let (mut moved, mut cancelled) = (appointment("a", JAN), appointment("a", JAN));
    (moved["start"], moved["end"]) = (json!("2026-05-12T11:40:00+02:00"), json!("2026-05-12T11:50:00+02:00"));
    (cancelled["start"], cancelled["end"]) = (moved["start"].clone(), moved["end"].clone());
    cancelled["status"] = json!("cancelled");
    [appointment("a", JAN), moved, cancelled]
}

async fn prefer(kit: &Kit, language: Language, preferences: Preferences) {
    let (store, bsn) = (&kit.store, &Bsn::parse(JAN.bsn).unwrap());
    store
        .tx("prefer", |mut tx| async move {
            let account = store.account_of(&mut tx, bsn).await?.unwrap();
            store.set_language(&mut tx, account.id, language).await?;
            store.save_preferences(&mut tx, account.id, &preferences).await
        })
        .await
        .unwrap();
}

/// A kit whose Jan has one device, and one new appointment that nobody was told of yet.
async fn told_soon(kit: &Kit) {
    kit.browser(JAN).await.subscribe(&kit.push_service.phone("jan")).await;
    kit.put(ONE, "a", &appointment("a", JAN)).await;
}

fn words(push: &Push) -> [&str; 2] {
    [push.data["title"].as_str().unwrap(), push.data["body"].as_str().unwrap()]
}

#[tokio::test]
async fn each_change_reaches_each_device_once() {
    for kit in Kit::on_both().await {
        let jan = kit.browser(JAN).await;
        for name in ["phone", "laptop"] {
            jan.subscribe(&kit.push_service.phone(name)).await;
        }
        for change in changes() {
            kit.put(ONE, "a", &change).await;
            kit.drain().await;
            kit.drain().await;
        }
        let pushes = kit.push_service.pushes();
        for name in ["phone", "laptop"] {
            let of_device: Vec<&Push> = pushes.iter().filter(|push| push.phone == name).collect();
            let said: Vec<_> = of_device.iter().map(|push| words(push)).collect();
            let [new, moved, cancelled] = [
                ["U hebt een nieuwe afspraak", "Op dinsdag 12 mei 2026 om 09:10 uur."],
                [
                    "Uw afspraak is verzet",
                    "Nu op dinsdag 12 mei 2026 om 11:40 uur. Het was dinsdag 12 mei 2026 om 09:10 uur.",
                ],
                [
                    "Uw afspraak is geannuleerd",
                    "De afspraak op dinsdag 12 mei 2026 om 11:40 uur gaat niet door.",
                ],
            ];
            assert_eq!(said, [new, moved, cancelled]);
            assert!(of_device.iter().all(|push| push.topic == of_device[0].topic), "the latest is enough");
            assert!(of_device.iter().all(|push| push.data["tag"] == of_device[0].data["tag"]));
        }
        assert_ne!(pushes[0].topic, pushes[1].topic, "two devices are not known to be of one patient");
    }
}

#[tokio::test]
async fn a_push_says_who_sends_it_until_when_it_matters_and_where_it_leads() {
    for kit in Kit::on_both().await {
        told_soon(&kit).await;
        kit.drain().await;
        let [push] = &kit.push_service.pushes()[..] else { panic!("one push") };
        assert_eq!((push.ttl_seconds, push.urgency.as_str()), (UNTIL_VISIT_SECONDS, "normal"));
        assert_eq!(push.topic.len(), 32);
        let in_two_hours = kit.clock.now().as_second() + 7200;
        let (sub, aud) = ("mailto:beheer@balie.example", kit.push_service.origin());
        assert_eq!(push.claims, json!({ "aud": aud, "exp": in_two_hours, "sub": sub }));
        let stored = kit.appointment(JAN).await;
        assert_eq!(push.data["url"], format!("{}/appointments/{}", kit.base, stored.id));
        assert_eq!((&push.data["unseen"], &push.data["lang"]), (&json!(1), &json!("nl")));
    }
}

#[tokio::test]
async fn a_push_says_no_more_than_the_patient_allows_and_all_are_of_one_length() {
    for kit in Kit::on_both().await {
        let jan = kit.browser(JAN).await;
        jan.subscribe(&kit.push_service.phone("jan")).await;
        for (number, language, detail, body) in [
            (1, Language::Dutch, 1, "Open deze melding om het nieuws te lezen. U logt eerst in."),
            (2, Language::English, 2, "On Tuesday 12 May 2026 at 09:10."),
            (3, Language::Dutch, 3, "Op dinsdag 12 mei 2026 om 09:10 uur.\nPraktijk De Linde"),
        ] {
            prefer(&kit, language, Preferences { detail, ..Preferences::default() }).await;
            let id = number.to_string();
            kit.put(ONE, &id, &appointment(&id, JAN)).await;
            kit.drain().await;
            let push = kit.push_service.pushes().pop().unwrap();
            assert_eq!(words(&push)[1], body);
            let text = push.data.to_string();
            for leak in [JAN.bsn, "Consult", "dokter Jansen", "Jansen"] {
                assert!(!text.contains(leak), "{text}");
            }
        }
        let pushes = kit.push_service.pushes();
        assert!(pushes.iter().all(|push| push.body.len() == pushes[0].body.len()));
    }
}

#[tokio::test]
async fn who_wants_no_notifications_gets_none_not_even_what_waits() {
    for kit in Kit::on_both().await {
        told_soon(&kit).await;
        prefer(&kit, Language::Dutch, Preferences { by_push: false, ..Preferences::default() }).await;
        kit.drain().await;
        let before = kit.rows().await;
        kit.put(ONE, "b", &appointment("b", JAN)).await;
        assert!(kit.grown(&before).await.contains(&("delivery", 1)), "by mail alone");
        kit.drain().await;
        assert!(kit.push_service.pushes().is_empty());
        assert_eq!(kit.mailbox.mails().len(), 2);
    }
}

#[tokio::test]
async fn a_device_that_is_gone_is_forgotten_and_the_mail_arrives_all_the_same() {
    for status in [404, 410] {
        for kit in Kit::on_both().await {
            told_soon(&kit).await;
            kit.push_service.answer(status, None);
            kit.drain().await;
            assert_eq!(kit.rows().await["push_subscription"], 0);
            assert!(kit.given_up().await.is_empty());
            assert_eq!(kit.audited("push subscription").await, ["added", "gone"]);
            assert_eq!(kit.mailbox.mails().len(), 1);
        }
    }
}

#[tokio::test]
async fn a_push_service_that_asks_to_wait_gets_the_same_push_after_that_time() {
    for status in [429, 503] {
        for kit in Kit::on_both().await {
            told_soon(&kit).await;
            kit.push_service.answer(status, Some("120"));
            kit.drain().await;
            kit.push_service.answer(201, None);
            kit.clock.turn(Duration::from_secs(119));
            kit.drain().await;
            assert_eq!(kit.push_service.pushes().len(), 1, "not before");
            kit.clock.turn(Duration::from_secs(30));
            kit.drain().await;
            let [first, second] = &kit.push_service.pushes()[..] else { panic!("two attempts") };
            assert_eq!((&first.data, &first.topic), (&second.data, &second.topic));
            assert_ne!(first.body, second.body, "no key is used twice");
        }
    }
}

#[tokio::test]
async fn what_a_push_service_refuses_for_good_is_given_up_in_words_without_the_endpoint() {
    for status in [400, 403, 413] {
        for kit in Kit::on_both().await {
            told_soon(&kit).await;
            kit.push_service.answer(status, None);
            kit.drain().await;
            let [said] = &kit.given_up().await[..] else { panic!("one was given up") };
            let expected = format!("the push service refuses this message for good (status {status}");
            assert!(said.starts_with(&expected) && !said.contains("127.0.0.1"), "{said}");
            assert_eq!(kit.rows().await["push_subscription"], 1);
            assert_eq!(kit.mailbox.mails().len(), 1);
        }
    }
}
