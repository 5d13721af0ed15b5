//! `/live`: an open page hears of what changes, and of nothing else.

use std::time::Duration;

use serde_json::Value;
use testkit::{Answer, Browser, Database, FATIMA, JAN, Kit, Live, appointment};

use super::page::jan;

/// The event that comes at once.
async fn begin(browser: &Browser) -> (Live, Value) {
    let mut live = browser.listen().await;
    assert_eq!((live.status(), live.header("content-type")), (200, "text/event-stream"));
    let (name, state) = live.next().await.unwrap();
    assert_eq!(name, "changed");
    (live, state)
}

async fn changed(live: &mut Live) -> Value {
    let (name, state) = live.next().await.unwrap();
    assert_eq!(name, "changed");
    state
}

/// The mark that a page was made with.
fn mark(page: &str) -> &str {
    page.split_once("data-mark=\"").and_then(|(_, after)| after.split('"').next()).unwrap()
}

#[tokio::test]
async fn an_open_page_hears_of_a_change_and_of_what_another_device_has_seen() {
    for kit in Kit::on_both().await {
        let (phone, laptop) = (kit.browser(JAN).await, kit.browser(JAN).await);
        let page = phone.read("/").await;
        let (mut live, state) = begin(&phone).await;
        assert_eq!((state["unseen"].as_u64(), state["mark"].as_str()), (Some(0), Some(mark(&page))));

        kit.put("01000001", "a", &appointment("a", JAN)).await;
        let news = changed(&mut live).await;
        assert_eq!(news["unseen"], 1);
        assert_eq!(news["count"], "1 afspraak met nieuws");
        assert_ne!(news["mark"], state["mark"]);

        assert_eq!(mark(&laptop.read("/").await), news["mark"]);
        let seen = changed(&mut live).await;
        assert_eq!(seen["unseen"], 0);
        assert_eq!(seen["mark"], news["mark"], "what was seen makes no page out of date");
        assert!(live.is_quiet().await);
    }
}

#[tokio::test]
async fn nobody_hears_of_another_patient() {
    for kit in Kit::on_both().await {
        let (mut live, _) = begin(&kit.browser(FATIMA).await).await;
        kit.put("01000001", "a", &appointment("a", JAN)).await;
        assert!(live.is_quiet().await);
    }
}

#[tokio::test]
async fn an_open_page_hears_of_what_another_replica_stores() {
    let kit = Kit::start(Database::postgres().await).await;
    let replica = kit.replica().await;
    let browser = kit.browser(JAN).await;
    let (mut here, _) = begin(&browser).await;
    let (mut there, _) = begin(&browser.at(&replica)).await;
    kit.put("01000001", "a", &appointment("a", JAN)).await;
    assert_eq!(changed(&mut there).await["unseen"], 1);
    replica.put("01000002", "b", &appointment("b", JAN)).await;
    while changed(&mut here).await["unseen"] != 2 {}
    // Logging out there ends what listens here.
    browser.at(&replica).post("/logout", &[]).await;
    loop {
        match here.next().await {
            Some((name, _)) if name == "changed" => {}
            Some((name, _)) => break assert_eq!(name, "ended"),
            None => panic!("it ended without a word"),
        }
    }
    assert_eq!(here.next().await, None);
}

#[tokio::test]
async fn a_stream_ends_with_its_session_and_does_not_keep_it_alive() {
    for kit in Kit::on_both().await {
        let (idle, left) = (kit.browser(JAN).await, kit.browser(JAN).await);
        let (mut of_idle, _) = begin(&idle).await;
        let (mut of_left, _) = begin(&left).await;
        left.post("/logout", &[]).await;
        assert_eq!(of_left.next().await.unwrap().0, "ended");
        assert_eq!(of_left.next().await, None);
        assert!(of_idle.is_quiet().await, "another session goes on");

        kit.clock.turn(Duration::from_secs(10 * 60));
        drop(begin(&idle).await);
        kit.clock.turn(Duration::from_secs(5 * 60 + 1));
        assert_eq!(of_idle.next().await.unwrap().0, "ended");
        assert_eq!(of_idle.next().await, None);
        assert_eq!(idle.listen().await.status(), 401);
    }
}

#[tokio::test]
async fn a_page_that_is_fetched_by_its_script_leaves_the_news_unseen_and_does_not_keep_the_session_alive() {
    let (kit, _, browser) = jan().await;
    kit.put("01000001", "a", &appointment("a", JAN)).await;
    for _ in 0..3 {
        kit.clock.turn(Duration::from_secs(5 * 60 - 1));
        let page = kit.http.get(&kit.base).header("cookie", browser.cookie()).header("balie-unasked", "1");
        assert!(Answer::to(page).await.text.contains("class=\"count\""));
    }
    assert!(kit.appointment(JAN).await.unseen);
    kit.clock.turn(Duration::from_secs(10));
    assert_eq!(browser.get("/preferences").await.status, 303, "to the login");
}

#[tokio::test]
async fn a_session_that_is_used_goes_on_and_after_an_hour_the_browser_asks_again() {
    let (kit, _, browser) = jan().await;
    let (mut live, _) = begin(&browser).await;
    for _ in 0..5 {
        kit.clock.turn(Duration::from_secs(12 * 60));
        browser.read("/preferences").await;
    }
    assert_eq!(live.next().await, None, "no word: the session lives");
    drop(begin(&browser).await);
}

#[tokio::test]
async fn without_a_session_nobody_listens() {
    let (kit, ..) = jan().await;
    assert_eq!(kit.visitor().listen().await.status(), 401);
}

#[tokio::test]
async fn the_first_of_too_many_pages_makes_room_and_when_all_is_taken_others_are_asked_to_come_back() {
    let (kit, _, browser) = jan().await;
    let mut pages = Vec::new();
    for _ in 0..7 {
        pages.push(begin(&browser).await.0);
    }
    assert_eq!(pages[0].next().await.unwrap().0, "enough");
    assert_eq!(pages[0].next().await, None);
    assert!(pages[1].is_quiet().await);

    let other = kit.browser(FATIMA).await;
    let _taken = (begin(&other).await, begin(&other).await);
    let refused = other.listen().await;
    assert_eq!((refused.status(), refused.header("retry-after")), (503, "60"));
    let (_own, _) = begin(&browser).await;
    assert_eq!(pages[1].next().await.unwrap().0, "enough");
}

#[tokio::test]
async fn a_stream_ends_when_the_process_is_told_to_stop() {
    let (kit, _, browser) = jan().await;
    let (mut live, _) = begin(&browser).await;
    kit.stop_jobs().await;
    assert_eq!(live.next().await, None);
}
