//! `/login`, `/login/callback`, `/logout`: OpenID Connect with a real provider, over the browser's own addresses.

mod address;
mod attacks;
mod evil;
mod session;
mod token_over;

use std::time::Duration;

use testkit::{Answer, Browser, JAN, Kit, NOBODY, Patient, appointment};

const ONE: &str = "01000001";

/// Goes to the provider, whose page says yes for this patient. Gives the browser that left, and the way back.
async fn leave(kit: &Kit, patient: Patient, to: &str) -> (Browser, String) {
    let left = kit.visitor().get(to).await;
    assert_eq!(left.status, 303, "{}", left.text);
    let back = kit.tokens.say_yes(left.header("location"), patient);
    assert!(!back.contains(patient.bsn));
    let browser = kit.visitor().with_cookie_of(&left, "balie_login");
    (browser, back.strip_prefix(&kit.base).unwrap().to_owned())
}

/// Logs in, and gives the answer with the session's cookie and the browser that has it.
pub(crate) async fn log_in(kit: &Kit, patient: Patient, to: &str) -> (Answer, Browser) {
    let (browser, back) = leave(kit, patient, to).await;
    let answer = browser.get(&back).await;
    assert_eq!(answer.status, 303, "{}", answer.text);
    let browser = browser.with_cookie_of(&answer, "balie_session");
    (answer, browser)
}

/// ASVS: 10.5.2
#[tokio::test]
async fn the_first_login_makes_the_account_and_leads_back_to_where_one_was_going() {
    for kit in Kit::on_both().await {
        let before = kit.rows().await;
        let (answer, browser) = log_in(&kit, NOBODY, "/login?to=%2Fbook").await;
        assert_eq!(answer.header("location"), "/preferences/address?to=%2Fbook");
        let cookies: Vec<_> = answer.headers.get_all("set-cookie").iter().collect();
        assert!(cookies.iter().all(|cookie| cookie.to_str().unwrap().contains("HttpOnly")), "{cookies:?}");
        assert_eq!(kit.grown(&before).await, [("account", 1), ("audit", 1), ("session", 1)]);
        assert!(browser.read("/").await.contains("Uitloggen"));
        // The second finds it.
        log_in(&kit, NOBODY, "/login").await;
        assert_eq!(kit.grown(&before).await, [("account", 1), ("audit", 3), ("session", 2)]);
    }
}

#[tokio::test]
async fn a2_what_waited_for_the_patient_is_there_at_the_first_login() {
    for kit in Kit::on_both().await {
        kit.set(ONE, "park_unknown_patients", "on").await;
        assert_eq!(kit.put(ONE, "a", &appointment("a", NOBODY)).await.status, 200);
        let before = kit.rows().await;
        let (_, browser) = log_in(&kit, NOBODY, "/login").await;
        let grown = kit.grown(&before).await;
        for (table, more) in [("appointment", 1), ("notice", 1), ("parked_update", -1), ("membership", 1)] {
            assert!(grown.contains(&(table, more)), "{table}: {grown:?}");
        }
        let page = browser.read("/").await;
        assert!(
            page.contains("Consult bij dokter Jansen") && page.contains("1 afspraak met nieuws"),
            "{page}"
        );
    }
}

/// ASVS: 10.1.2
#[tokio::test]
async fn only_the_browser_that_left_comes_back_and_only_once() {
    for kit in Kit::on_both().await {
        let (browser, back) = leave(&kit, JAN, "/login").await;
        let stranger = kit.visitor().get(&back).await;
        assert_ne!(stranger.status, 303, "{}", stranger.text);
        assert!(stranger.headers.get("set-cookie").is_none());
        let (browser_2, back_2) = leave(&kit, JAN, "/login").await;
        assert_ne!(browser.get(&back_2).await.status, 303);
        assert_eq!(browser_2.get(&back_2).await.status, 303);
        assert_ne!(browser_2.get(&back_2).await.status, 303);
    }
}

#[tokio::test]
async fn a_login_that_takes_too_long_is_begun_again() {
    for kit in Kit::on_both().await {
        let (browser, back) = leave(&kit, JAN, "/login").await;
        kit.clock.turn(Duration::from_secs(11 * 60));
        let answer = browser.get(&back).await;
        assert!(answer.status >= 400 && answer.text.contains("/login"), "{}", answer.text);
    }
}

#[tokio::test]
async fn a_session_ends_unused_after_a_quarter_used_after_eight_hours_and_at_logout() {
    let at_login = |answer: &Answer| answer.header("location").starts_with("/login");
    for kit in Kit::on_both().await {
        let (_, browser) = log_in(&kit, JAN, "/login").await;
        kit.clock.turn(Duration::from_secs(15 * 60 + 1));
        assert!(at_login(&browser.get("/book").await));
        let (_, browser) = log_in(&kit, JAN, "/login").await;
        for _ in 0..34 {
            kit.clock.turn(Duration::from_secs(14 * 60));
            assert!(!at_login(&browser.get("/book").await));
        }
        kit.clock.turn(Duration::from_secs(5 * 60));
        assert!(at_login(&browser.get("/book").await));
        let (_, browser) = log_in(&kit, JAN, "/login").await;
        assert_eq!(browser.post("/logout", &[]).await.status, 200);
        // The cookie itself is worth nothing any more.
        assert!(at_login(&browser.get("/book").await));
    }
}
