use reqwest::Method;
use serde_json::json;
use testkit::{FATIMA, JAN, Kit, appointment};

const RENEW: &str = "/push/subscriptions/renew";

#[tokio::test]
async fn a_browser_that_changes_its_endpoint_keeps_its_place_without_a_login() {
    for kit in Kit::on_both().await {
        let (old, new) = (kit.push_service.phone("old"), kit.push_service.phone("new"));
        kit.browser(JAN).await.subscribe(&old).await;
        // Waits for the device while it has another address.
        kit.put("01000001", "a", &appointment("a", JAN)).await;
        let nobody = kit.visitor();
        let renewal = json!({ "old": old.subscription(), "new": new.subscription() });
        assert_eq!(nobody.send_json(Method::POST, RENEW, &renewal).await.status, 204);
        assert_eq!(nobody.send_json(Method::POST, RENEW, &renewal).await.status, 404, "it is used up");
        kit.drain().await;
        let phones: Vec<_> = kit.push_service.pushes().into_iter().map(|push| push.phone).collect();
        assert_eq!(phones, ["new"]);
        assert_eq!(kit.audited("push subscription").await, ["added", "renewed by its browser"]);
    }
}

#[tokio::test]
async fn a_device_that_another_one_replaces_is_noted_too() {
    for kit in Kit::on_both().await {
        let (old, new) = (kit.push_service.phone("old"), kit.push_service.phone("new"));
        kit.browser(JAN).await.subscribe(&old).await;
        kit.browser(FATIMA).await.subscribe(&new).await;
        let renewal = json!({ "old": old.subscription(), "new": new.subscription() });
        assert_eq!(kit.visitor().send_json(Method::POST, RENEW, &renewal).await.status, 204);
        let noted = ["added", "added", "renewed by its browser", "replaced by a renewed one"];
        assert_eq!(kit.audited("push subscription").await, noted);
        for number in 1..=10 {
            kit.browser(JAN).await.subscribe(&kit.push_service.phone(&number.to_string())).await;
        }
        assert!(kit.audited("push subscription").await.contains(&"made room".to_owned()));
    }
}

#[tokio::test]
async fn who_knows_the_endpoint_but_not_the_secret_renews_nothing() {
    for kit in Kit::on_both().await {
        let (jans, foreign) = (kit.push_service.phone("jan"), kit.push_service.phone("foreign"));
        kit.browser(JAN).await.subscribe(&jans).await;
        // As the push service could: it knows the endpoint, and never sees the secret.
        let mut old = foreign.subscription();
        old["endpoint"] = json!(jans.endpoint);
        let renewal = json!({ "old": old, "new": foreign.subscription() });
        assert_eq!(kit.visitor().send_json(Method::POST, RENEW, &renewal).await.status, 404);
        let mut private = foreign.subscription();
        private["endpoint"] = json!("https://10.0.0.1/1");
        let renewal = json!({ "old": jans.subscription(), "new": private });
        assert_eq!(kit.visitor().send_json(Method::POST, RENEW, &renewal).await.status, 422);
        kit.put("01000001", "a", &appointment("a", JAN)).await;
        kit.drain().await;
        assert_eq!(kit.push_service.pushes()[0].phone, "jan");
    }
}
