use store::{Device, Renewed, Subscribed, Subscription};
use uuid::Uuid;

use crate::common::{
    Tables,
    examples::{FATIMA, JAN, account_id, minutes_later, now},
    on_both,
};

fn device(endpoint: &str) -> Device {
    Device {
        endpoint: format!("https://push.example/{endpoint}"),
        p256dh: "public".to_owned(),
        auth: format!("secret of {endpoint}"),
        browser: Some("Firefox".to_owned()),
        system: None,
    }
}

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn added(number: u128) -> Subscribed {
    Subscribed { id: id(number), left: None, made_room: Vec::new() }
}

impl Tables {
    async fn subscribe(&self, digits: &str, number: u128, device: &Device, minute: i64) -> Subscribed {
        let (account, at) = (account_id(digits), minutes_later(minute));
        self.tx(async |tx| self.store.save_subscription(tx, account, id(number), device, at).await).await
    }

    async fn subscriptions(&self, digits: &str) -> Vec<Subscription> {
        self.tx(async |tx| self.store.subscriptions_of(tx, account_id(digits)).await).await
    }
}

fn ids(subscriptions: &[Subscription]) -> Vec<u128> {
    subscriptions.iter().map(|subscription| subscription.id.as_u128()).collect()
}

#[tokio::test]
async fn a_device_is_kept_until_it_is_removed_by_its_own_patient() {
    on_both(async |tables| {
        let store = &tables.store;
        for (number, name) in [(1, "a"), (2, "b")] {
            let subscribed = tables.subscribe(JAN, number, &device(name), (number - 1) as i64).await;
            assert_eq!(subscribed, added(number));
        }
        let first = Subscription { id: id(1), device: device("a"), created_at: now(), last_used_at: None };
        let listed = tables.subscriptions(JAN).await;
        assert_eq!((&listed[0], ids(&listed)), (&first, vec![1, 2]));

        let used = Subscription { last_used_at: Some(minutes_later(5)), ..first };
        tables
            .tx(async |tx| store.touch_subscription(tx, account_id(JAN), id(1), minutes_later(5)).await)
            .await;
        let of = async |digits| {
            tables.tx(async |tx| store.subscription(tx, account_id(digits), id(1)).await).await
        };
        assert_eq!((of(JAN).await, of(FATIMA).await), (Some(used), None));

        let remove = async |digits| {
            tables.tx(async |tx| store.remove_subscription(tx, account_id(digits), id(1)).await).await
        };
        assert!(!remove(FATIMA).await);
        assert!(remove(JAN).await && !remove(JAN).await);
        let remove_at = async |digits| {
            let (account, endpoint) = (account_id(digits), device("b").endpoint);
            tables.tx(async |tx| store.remove_subscription_at(tx, account, &endpoint).await).await
        };
        assert_eq!(remove_at(FATIMA).await, None);
        assert_eq!(remove_at(JAN).await, Some(id(2)));
        assert!(tables.subscriptions(JAN).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn the_same_device_keeps_its_id_and_one_of_another_patient_does_not() {
    on_both(async |tables| {
        tables.subscribe(JAN, 1, &device("a"), 0).await;
        let again = Device { auth: "another secret".to_owned(), ..device("a") };
        assert_eq!(tables.subscribe(JAN, 2, &again, 1).await, added(1));
        let listed = tables.subscriptions(JAN).await;
        assert_eq!((ids(&listed), &listed[0].device, listed[0].created_at), (vec![1], &again, now()));

        let moved = tables.subscribe(FATIMA, 3, &device("a"), 2).await;
        assert_eq!(moved, Subscribed { left: Some(account_id(JAN)), ..added(3) });
        assert!(tables.subscriptions(JAN).await.is_empty());
        assert_eq!(ids(&tables.subscriptions(FATIMA).await), [3]);
    })
    .await;
}

#[tokio::test]
async fn the_eleventh_device_takes_the_place_of_the_oldest() {
    on_both(async |tables| {
        tables.subscribe(FATIMA, 99, &device("hers"), 0).await;
        for number in 1..=11 {
            // The last three at one moment: still the newest is not the one that goes.
            let minute = number.min(9);
            let subscribed =
                tables.subscribe(JAN, number as u128, &device(&number.to_string()), minute).await;
            let made_room: Vec<_> = (number == 11).then(|| id(1)).into_iter().collect();
            assert_eq!(subscribed.made_room, made_room, "{number}");
        }
        assert_eq!(ids(&tables.subscriptions(JAN).await), (2..=11).collect::<Vec<_>>());
        assert_eq!(ids(&tables.subscriptions(FATIMA).await), [99]);
    })
    .await;
}

#[tokio::test]
async fn a_browser_renews_its_own_endpoint_with_its_secret_only() {
    on_both(async |tables| {
        let store = &tables.store;
        tables.subscribe(JAN, 1, &device("old"), 0).await;
        tables.subscribe(FATIMA, 2, &device("new"), 0).await;
        let renew = async |auth: &str| {
            let (from, to) = (device("old").endpoint, device("new"));
            tables.tx(async |tx| store.renew_subscription(tx, &from, auth, &to).await).await
        };
        assert_eq!(renew("secret of new").await, None);
        let replaced = Some((account_id(FATIMA), id(2)));
        let renewed = Renewed { account: account_id(JAN), id: id(1), replaced };
        assert_eq!(renew("secret of old").await, Some(renewed));
        assert_eq!(renew("secret of old").await, None, "it is not there any more");
        let listed = tables.subscriptions(JAN).await;
        assert_eq!((ids(&listed), &listed[0].device), (vec![1], &device("new")));
        assert!(tables.subscriptions(FATIMA).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn two_that_renew_at_once_leave_one_device_at_the_new_endpoint() {
    on_both(async |tables| {
        let store = &tables.store;
        tables.subscribe(JAN, 1, &device("a"), 0).await;
        tables.subscribe(FATIMA, 2, &device("b"), 0).await;
        let renew = async |from: &str| {
            let (auth, from, to) = (format!("secret of {from}"), device(from).endpoint, device("new"));
            tables.tx(async |tx| store.renew_subscription(tx, &from, &auth, &to).await).await
        };
        let (jans, fatimas) = tokio::join!(renew("a"), renew("b"));
        assert!(jans.is_some() && fatimas.is_some());
        assert!(jans.unwrap().replaced.is_some() != fatimas.unwrap().replaced.is_some());
        assert_eq!(tables.subscriptions(JAN).await.len() + tables.subscriptions(FATIMA).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_device_is_tried_once_in_a_while_by_its_own_patient() {
    on_both(async |tables| {
        tables.subscribe(JAN, 1, &device("a"), 0).await;
        let tried = async |digits, minute| {
            let (account, before, now) =
                (account_id(digits), minutes_later(minute - 2), minutes_later(minute));
            tables.tx(async |tx| tables.store.note_trial(tx, account, id(1), before, now).await).await
        };
        assert!(!tried(FATIMA, 10).await);
        assert!(tried(JAN, 10).await && !tried(JAN, 11).await && tried(JAN, 12).await);
    })
    .await;
}

#[tokio::test]
async fn a_topic_is_one_per_device_and_thing_and_fits_its_header() {
    on_both(async |tables| {
        let topic = |subscription, about| tables.store.push_topic(id(subscription), id(about));
        assert_eq!(topic(1, 1), topic(1, 1));
        assert!(topic(1, 1) != topic(1, 2) && topic(1, 1) != topic(2, 1));
        for about in 0..50 {
            let topic = topic(1, about);
            assert_eq!(topic.len(), 32);
            let fits = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
            assert!(topic.chars().all(fits), "{topic}");
        }
    })
    .await;
}
