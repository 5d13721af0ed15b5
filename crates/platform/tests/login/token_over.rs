//! A login whose access token is over before the session is.

use std::time::Duration;

use jiff::SignedDuration;
use testkit::{Browser, JAN, Kit};

use super::ONE;
use crate::steps;

/// Does the login that this page leads to, in the same browser, and gives it with where it was led back to.
async fn again(kit: &Kit, browser: &Browser, to: &str) -> (Browser, String) {
    let left = browser.get(to).await;
    let back = kit.tokens.say_yes(left.header("location"), JAN);
    let browser = browser.with_cookie_of(&left, "balie_login");
    let answer = browser.get(back.strip_prefix(&kit.base).unwrap()).await;
    assert_eq!(answer.status, 303, "{}", answer.text);
    (browser.with_cookie_of(&answer, "balie_session"), answer.header("location").to_owned())
}

#[tokio::test]
async fn where_a_practice_is_asked_the_patient_logs_in_again_and_nothing_is_lost() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(ONE).await;
        let browser = kit.browser_with_token(JAN, SignedDuration::from_mins(5)).await;
        let form = steps::choose(&browser, ONE).await;
        kit.clock.turn(Duration::from_secs(4 * 60 + 50));
        let before = (kit.appointments(JAN).await.len(), xis.received("GET", "Slot").len());
        // What needs no practice's system goes on.
        for path in ["/", "/book", "/preferences", "/practices"] {
            browser.read(path).await;
        }
        let [reason, check] = ["reason", "check"].map(|page| format!("/book/{ONE}/{page}"));
        for (answer, back) in [
            (browser.get(&format!("/book/{ONE}")).await, "%2Fbook%2F01000001"),
            (browser.post(&check, &[("form", &form)]).await, "%2Fbook%2F01000001%2Fcheck"),
            (browser.post(&format!("/practices/{ONE}/add"), &[]).await, "%2Fpractices%2Fadd"),
            (browser.post(&reason, &[("reason", "Pijn in mijn arm")]).await, "%2Fbook%2F01000001%2Freason"),
        ] {
            assert_eq!((answer.status, answer.header("location")), (303, &*format!("/login?to={back}")));
        }
        let after = (kit.appointments(JAN).await.len(), xis.received("GET", "Slot").len());
        assert_eq!(after, before, "nothing was asked for or of the practice");

        let (browser, page) = again(&kit, &browser, &format!("/login?to={reason}")).await;
        assert_eq!(page, reason);
        assert!(browser.read(&page).await.contains("Pijn in mijn arm"));
        browser.read(&check).await;
    }
}

#[tokio::test]
async fn a_login_that_has_just_begun_is_tried_whatever_its_provider_says() {
    for kit in Kit::on_both().await {
        kit.xis_of(ONE).await;
        let browser = kit.browser_with_token(JAN, SignedDuration::ZERO).await;
        steps::choose(&browser, ONE).await;
        kit.clock.turn(Duration::from_secs(60));
        assert!(browser.get(&format!("/book/{ONE}")).await.header("location").starts_with("/login?"));
    }
}
