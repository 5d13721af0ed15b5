use reqwest::Method;
use serde_json::{Value, json};
use testkit::{JAN, Kit, appointment};

const DEVICES: &str = "/push/subscriptions";

fn given(kit: &Kit, endpoint: &str) -> Value {
    let mut given = kit.push_service.phone("jan").subscription();
    given["endpoint"] = json!(endpoint);
    given
}

#[tokio::test]
async fn an_endpoint_that_is_not_on_the_public_internet_is_not_kept() {
    for kit in Kit::on_both().await {
        let jan = kit.browser(JAN).await;
        let too_long = format!("https://push.example/{}", "a".repeat(2048));
        let other_port = kit.push_service.origin().replace("http:", "https:");
        let refused = [
            "http://push.example/1",
            "https://127.0.0.1/1",
            "https://2130706433/1",
            "https://[::1]/1",
            "https://10.1.2.3/1",
            "https://192.168.1.1/1",
            "https://172.16.0.1/1",
            "https://169.254.169.254/latest/meta-data",
            "https://100.64.0.1/1",
            "https://[fd00::1]/1",
            "https://[fe80::1]/1",
            "https://[::ffff:10.0.0.1]/1",
            "https://0.0.0.0/1",
            "https://224.0.0.1/1",
            "https://push.example:8443/1",
            "https://jan:geheim@push.example/1",
            "http://127.0.0.1:1/1",
            "file:///etc/passwd",
            "push.example/1",
            "",
            &other_port,
            &too_long,
        ];
        for endpoint in refused {
            let answer = jan.send_json(Method::POST, DEVICES, &given(&kit, endpoint)).await;
            assert_eq!(answer.status, 422, "{endpoint}");
        }
        let kept = jan.send_json(Method::POST, DEVICES, &given(&kit, "https://push.example/1")).await;
        assert_eq!((kept.status, kit.rows().await["push_subscription"]), (201, 1));
        let audited = kit.audited("push subscription").await;
        assert_eq!(audited.len(), refused.len() + 1);
        assert!(audited.iter().all(|outcome| !outcome.contains("://")), "{audited:?}");
    }
}

#[tokio::test]
async fn what_is_no_subscription_is_not_kept() {
    for kit in Kit::on_both().await {
        let jan = kit.browser(JAN).await;
        let with = |key: &str, value: &str| {
            let mut given = given(&kit, "https://push.example/1");
            given["keys"][key] = json!(value);
            given
        };
        for (body, status) in [
            (json!({}), 400),
            (json!([]), 400),
            (json!({ "endpoint": "https://push.example/1" }), 400),
            (with("p256dh", ""), 422),
            (with("p256dh", "AAAA"), 422),
            (with("p256dh", &format!("BA{}", "A".repeat(85))), 422),
            (with("auth", "AAAA"), 422),
            (json!({ "endpoint": "a".repeat(20_000) }), 400),
        ] {
            assert_eq!(jan.send_json(Method::POST, DEVICES, &body).await.status, status, "{body}");
        }
        assert_eq!(kit.rows().await["push_subscription"], 0);
    }
}

#[tokio::test]
async fn only_a_patient_on_a_page_of_ours_adds_a_device() {
    for kit in Kit::on_both().await {
        let (jan, given) = (kit.browser(JAN).await, given(&kit, "https://push.example/1"));
        for method in [Method::POST, Method::DELETE] {
            let answer = kit.visitor().send_json(method.clone(), DEVICES, &given).await;
            assert_eq!(answer.status, 401, "{method}");
            let foreign = kit
                .http
                .request(method.clone(), format!("{}{DEVICES}", kit.base))
                .header("cookie", jan.cookie())
                .header("sec-fetch-site", "cross-site")
                .header("content-type", "application/json")
                .body(given.to_string());
            assert_eq!(foreign.send().await.unwrap().status(), 403, "{method}");
        }
        assert_eq!(kit.rows().await["push_subscription"], 0);
    }
}

#[tokio::test]
async fn a_name_that_leads_to_a_private_address_is_given_up_without_a_word_of_the_endpoint() {
    for kit in Kit::on_both().await {
        let jan = kit.browser(JAN).await;
        let given = given(&kit, "https://localhost/geheim-adres");
        assert_eq!(jan.send_json(Method::POST, DEVICES, &given).await.status, 201);
        kit.put("01000001", "a", &appointment("a", JAN)).await;
        kit.drain().await;
        let words = "the device's push address may not be used: it is not on the public internet";
        assert_eq!(kit.given_up().await, [words]);
    }
}

#[tokio::test]
async fn without_push_in_the_configuration_there_is_none_and_the_page_says_so() {
    for kit in Kit::on_both().await {
        let phone = kit.push_service.phone("jan");
        kit.browser(JAN).await.subscribe(&phone).await;
        let off = kit.without_push().await;
        let jan = off.browser(JAN).await;
        assert_eq!(jan.send_json(Method::POST, DEVICES, &phone.subscription()).await.status, 404);
        assert_eq!(jan.get("/push/key").await.status, 404);
        let page = jan.read("/preferences").await;
        assert!(page.contains("Deze website kan nu geen meldingen sturen.") && !page.contains("push.js"));
        let before = off.rows().await;
        off.put("01000001", "a", &appointment("a", JAN)).await;
        assert!(off.grown(&before).await.contains(&("delivery", 1)), "by mail alone");
        off.drain().await;
        assert!(kit.push_service.pushes().is_empty());
    }
}
