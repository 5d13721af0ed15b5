//! Sessions: how long they last, how they end, and where the patient is led.

use std::time::Duration;

use testkit::{Browser, JAN, Kit};

use super::{evil::Evil, leave, log_in};

const MINUTE: Duration = Duration::from_secs(60);

/// What the script of a page asks by itself.
async fn lasts(kit: &Kit, browser: &Browser) -> (u16, i64) {
    let request = kit.http.get(format!("{}/session", kit.base));
    let request = request.header("cookie", browser.cookie()).header("balie-unasked", "1");
    let answer = testkit::Answer::to(request).await;
    let seconds = if answer.status == 200 { answer.json()["seconds"].as_i64().unwrap() } else { 0 };
    (answer.status, seconds)
}

/// ASVS: 7.3.1
#[tokio::test]
async fn a_session_says_how_long_it_lasts_and_asking_does_not_keep_it_alive() {
    for kit in Kit::on_both().await {
        let browser = kit.browser(JAN).await;
        for minutes in 0..15 {
            assert_eq!(lasts(&kit, &browser).await, (200, (15 - minutes) * 60));
            kit.clock.turn(MINUTE);
        }
        assert_eq!(lasts(&kit, &browser).await, (401, 0));
    }
}

/// ASVS: 7.3.1, 7.3.2
#[tokio::test]
async fn who_stays_has_a_quarter_more_and_never_more_than_eight_hours() {
    for kit in Kit::on_both().await {
        let browser = kit.browser(JAN).await;
        for _ in 0..34 {
            kit.clock.turn(14 * MINUTE);
            let stayed = browser.post("/session", &[]).await.json();
            let at_most = stayed["at_most_seconds"].as_i64().unwrap();
            assert_eq!(stayed["seconds"].as_i64().unwrap(), at_most.min(15 * 60), "{stayed}");
        }
        kit.clock.turn(4 * MINUTE);
        assert_eq!(browser.post("/session", &[]).await.status, 401);
        let over = browser.get("/session/ended?to=%2Fbook").await;
        assert!(
            over.text.contains("U bent uitgelogd") && over.text.contains("/login?to=%2Fbook"),
            "{}",
            over.text
        );
        let elsewhere = browser.get("/session/ended?to=https%3A%2F%2Fevil.example").await;
        assert!(elsewhere.text.contains(r#"href="/login?to=%2F""#), "{}", elsewhere.text);
    }
}

#[tokio::test]
async fn a_page_says_when_it_is_left_and_leads_back_while_the_session_lives() {
    for kit in Kit::on_both().await {
        let browser = kit.browser(JAN).await;
        let page = browser.read("/preferences").await;
        assert!(page.contains(r#"data-seconds="900" data-at-most-seconds="28800""#), "{page}");
        assert!(page.contains("<noscript>"));
        assert_eq!(browser.get("/session/ended?to=%2Fbook").await.header("location"), "/book");
        assert!(!kit.visitor().read("/").await.contains(r#"id="session""#));
    }
}

/// ASVS: 3.3.1, 3.3.3
#[tokio::test]
async fn a_session_under_a_name_that_is_ours_only_once_it_is_decoded_is_nobodys() {
    for kit in Kit::on_both().await {
        let browser = kit.browser(JAN).await;
        for (cookie, status) in [
            (browser.cookie().to_owned(), 200),
            (browser.cookie().replace("balie_session", "balie%5Fsession"), 303),
            (browser.cookie().replace("balie_session", "%62alie_session"), 303),
        ] {
            let request = kit.http.get(format!("{}/book", kit.base)).header("cookie", &cookie);
            assert_eq!(testkit::Answer::to(request).await.status, status, "{cookie}");
        }
    }
}

/// ASVS: 7.2.4
#[tokio::test]
async fn a_new_login_in_a_browser_ends_the_session_that_it_had() {
    for kit in Kit::on_both().await {
        let (_, first) = log_in(&kit, JAN, "/login").await;
        // Somebody who is at the provider already, in another tab.
        let (leaving, back) = leave(&kit, JAN, "/login").await;
        let cookies = format!("{}; {}", leaving.cookie(), first.cookie());
        let request = kit.http.get(format!("{}{back}", kit.base)).header("cookie", cookies);
        let answer = testkit::Answer::to(request).await;
        assert_eq!(answer.status, 303);
        let second = first.with_cookie_of(&answer, "balie_session");
        assert_ne!(first.cookie(), second.cookie());
        assert_eq!(second.get("/book").await.status, 200);
        assert!(first.get("/book").await.header("location").starts_with("/login"));
    }
}

/// ASVS: 7.4.1, 7.4.4
#[tokio::test]
async fn logging_out_ends_the_session_here_and_leads_to_the_providers_without_a_word_of_who_it_was() {
    for kit in Kit::on_both().await {
        let evil = Evil::start().await;
        let kit = &kit.logging_in_with(evil.login()).await;
        let browser = kit.browser(JAN).await;
        let answer = browser.post("/logout", &[]).await;
        let home =
            url::form_urlencoded::byte_serialize(format!("{}/", kit.base).as_bytes()).collect::<String>();
        let link =
            format!(r#"href="{}/logout?client_id=balie&#38;post_logout_redirect_uri={home}""#, evil.issuer);
        assert!(answer.text.contains(&link), "{link} in {}", answer.text);
        assert!(!answer.text.contains("id_token") && !answer.text.contains(r#"id="session""#));
        assert!(browser.get("/book").await.header("location").starts_with("/login"));
        assert_eq!(kit.audited("logout").await, ["ok"]);
        // Whoever logs out twice, or was never in, reads the same.
        assert_eq!(browser.post("/logout", &[]).await.status, 200);
        assert_eq!(kit.audited("logout").await, ["ok"]);
    }
}
