use std::time::Duration;

use reqwest::Method;
use serde_json::json;
use testkit::{FATIMA, JAN, Kit};

use crate::portal::page::{text, to};

const DEVICES: &str = "/push/subscriptions";
const AUDITED: &str = "push subscription";

/// The address of the first form on the page whose action ends so.
fn action(page: &str, ending: &str) -> String {
    let actions = page.split("action=\"").skip(1).filter_map(|rest| rest.split('"').next());
    { actions }
        .find(|action| action.ends_with(ending))
        .unwrap_or_else(|| panic!("no {ending}: {page}"))
        .to_owned()
}

#[tokio::test]
async fn a_device_is_added_once_listed_by_name_and_removed() {
    for kit in Kit::on_both().await {
        let (jan, phone) = (kit.browser(JAN).await, kit.push_service.phone("jan"));
        assert!(text(&jan.read("/preferences").await).contains("nog geen apparaten met meldingen"));
        let before = kit.rows().await;
        let given = phone.subscription();
        let add = || jan.send_json(Method::POST, DEVICES, &given);
        assert_eq!((add().await.status, add().await.status), (201, 200));
        assert_eq!(kit.grown(&before).await, [("audit", 2), ("push_subscription", 1)]);
        let page = jan.read("/preferences").await;
        assert!(text(&page).contains("Firefox op Android Sinds maandag 4 mei 2026"), "{}", text(&page));
        assert!(!page.contains(&phone.endpoint));

        assert_eq!(to(&jan.post(&action(&page, "/remove"), &[]).await), "/preferences");
        assert_eq!(jan.post(&action(&page, "/remove"), &[]).await.status, 404);
        assert_eq!(kit.rows().await["push_subscription"], 0);
        assert_eq!(kit.audited(AUDITED).await, ["added", "added again", "removed"]);
    }
}

#[tokio::test]
async fn a_device_removes_itself_by_its_endpoint() {
    for kit in Kit::on_both().await {
        let (jan, phone) = (kit.browser(JAN).await, kit.push_service.phone("jan"));
        jan.subscribe(&phone).await;
        let here = json!({ "endpoint": phone.endpoint });
        let fatima = kit.browser(FATIMA).await;
        assert_eq!(fatima.send_json(Method::DELETE, DEVICES, &here).await.status, 404);
        assert_eq!(jan.send_json(Method::DELETE, DEVICES, &here).await.status, 204);
        assert_eq!(jan.send_json(Method::DELETE, DEVICES, &here).await.status, 404);
        assert_eq!(kit.audited(AUDITED).await, ["added", "removed"]);
    }
}

#[tokio::test]
async fn nobody_touches_a_device_of_somebody_else() {
    for kit in Kit::on_both().await {
        let (jan, fatima) = (kit.browser(JAN).await, kit.browser(FATIMA).await);
        jan.subscribe(&kit.push_service.phone("jan")).await;
        let page = jan.read("/preferences").await;
        for ending in ["/remove", "/try"] {
            let answer = fatima.post(&action(&page, ending), &[]).await;
            assert!(answer.status == 404 || to(&answer).ends_with("tried=gone"), "{ending}");
        }
        assert!(kit.push_service.pushes().is_empty());
        assert_eq!(kit.rows().await["push_subscription"], 1);
        assert!(!text(&fatima.read("/preferences").await).contains("Firefox op Android"));
    }
}

#[tokio::test]
async fn a_shared_phone_is_of_whoever_took_it_last() {
    for kit in Kit::on_both().await {
        let (jan, fatima) = (kit.browser(JAN).await, kit.browser(FATIMA).await);
        let phone = kit.push_service.phone("shared");
        jan.subscribe(&phone).await;
        // Waits for the phone, while it is Jan's.
        kit.put("01000001", "a", &testkit::appointment("a", JAN)).await;
        fatima.subscribe(&phone).await;
        kit.drain().await;
        assert!(kit.push_service.pushes().is_empty(), "Fatima reads nothing of Jan's");
        assert!(text(&jan.read("/preferences").await).contains("nog geen apparaten met meldingen"));
        assert_eq!(kit.audited(AUDITED).await, ["added", "added", "left for another account"]);
    }
}

#[tokio::test]
async fn who_wants_no_notifications_gets_no_trial_and_reads_why() {
    for kit in Kit::on_both().await {
        let jan = kit.browser(JAN).await;
        jan.subscribe(&kit.push_service.phone("jan")).await;
        let address = action(&jan.read("/preferences").await, "/try");
        jan.post("/preferences/channels", &[("mail", "1")]).await;
        let tried = jan.post(&address, &[]).await;
        assert!(kit.push_service.pushes().is_empty());
        assert!(text(&jan.read(to(&tried)).await).contains("U hebt gekozen voor geen meldingen."));
        assert_eq!(kit.audited("push trial").await, ["silent"]);
    }
}

#[tokio::test]
async fn a_trial_arrives_or_the_page_says_that_it_did_not() {
    for kit in Kit::on_both().await {
        let jan = kit.browser(JAN).await;
        jan.subscribe(&kit.push_service.phone("jan")).await;
        let address = action(&jan.read("/preferences").await, "/try");
        let tried = jan.post(&address, &[]).await;
        let [push] = &kit.push_service.pushes()[..] else { panic!("one push") };
        assert_eq!((&push.data["title"], push.ttl_seconds), (&json!("Meldingen werken"), 300));
        assert!(text(&jan.read(to(&tried)).await).contains("De proefmelding is verstuurd."));
        let again = jan.post(&address, &[]).await;
        assert!(text(&jan.read(to(&again)).await).contains("U kunt elke minuut één proefmelding sturen."));
        for (status, said) in [
            (503, "De proefmelding is nu niet verstuurd."),
            (410, "Dit apparaat krijgt geen meldingen meer."),
        ] {
            kit.push_service.answer(status, None);
            kit.clock.turn(Duration::from_secs(60));
            let tried = jan.post(&address, &[]).await;
            assert!(text(&jan.read(to(&tried)).await).contains(said));
        }
        assert_eq!(kit.push_service.pushes().len(), 3);
        assert_eq!(kit.audited("push trial").await, ["sent", "too-soon", "not-now", "gone"]);
        assert_eq!(kit.audited(AUDITED).await, ["added", "gone"]);
    }
}
