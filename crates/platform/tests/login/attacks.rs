//! What an identity provider, or whoever sits between it and the browser, can try.
//!
//! Each attack is one login, told as the truth but for one thing. Nobody is logged in, the patient reads a page that
//! says what to do, and the audit trail has one line more. `the_truth_itself_is_believed` shows that nothing else
//! was wrong.

mod answers;
mod id_tokens;
mod people;

use std::time::Duration;

use platform::Login;
use testkit::{Answer, Browser, JAN, Kit};
use world::Clock as _;

use super::evil::{Evil, Said, asked};

/// One thing that is not as it should be, and what comes of it.
pub(crate) struct Attack {
    name: &'static str,
    twist: fn(&mut Said, &Evil),
    page: Page,
    outcome: &'static str,
}

/// A page that a patient reads, by its status and what only this page says.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Page(u16, &'static str);

const FAILED: Page = Page(502, "U bent niet ingelogd");
/// By whoever comes back.
const STOPPED: Page = Page(400, "U bent niet ingelogd");
const UNAVAILABLE: Page = Page(503, "Inloggen lukt nu even niet");
const LOST: Page = Page(400, "Het inloggen is niet afgemaakt");
const TOO_WEAK: Page = Page(403, "U moet veiliger inloggen");
const NOBODY_KNOWN: Page = Page(403, "Wij weten niet wie u bent");

const BAD_ID_TOKEN: &str = "refused: ID token not accepted";
const PROVIDER: &str = "failed: provider";
const NOT_BEGUN: &str = "refused: not begun in this browser";

/// A login that is under way: the browser that left, and what the provider would truly say.
struct Leaving {
    browser: Browser,
    said: Said,
}

async fn leave(kit: &Kit, evil: &Evil) -> Leaving {
    let left = kit.visitor().get("/login").await;
    assert_eq!(left.status, 303, "{}", left.text);
    let asked = asked(left.header("location"));
    assert_eq!(asked["acr_values"], "substantial high");
    let said = Said::truth(evil, &asked, JAN.bsn, kit.clock.now());
    Leaving { browser: kit.visitor().with_cookie_of(&left, "balie_login"), said }
}

/// A platform on each database that believes this provider.
async fn on_both() -> Vec<(Kit, Kit, Evil)> {
    let mut all = Vec::new();
    for kit in Kit::on_both().await {
        let evil = Evil::start().await;
        let believing = kit.logging_in_with(evil.login()).await;
        all.push((kit, believing, evil));
    }
    all
}

/// Comes back with what the provider says, and sees that it leads nowhere.
async fn refused(kit: &Kit, browser: &Browser, path: &str, page: Page, outcome: &str, name: &str) {
    let (before, lines) = (kit.rows().await, kit.audited("login").await);
    let answer = browser.get(path).await;
    let Page(status, title) = page;
    assert_eq!(answer.status, status, "{name}: {}", answer.text);
    let has_title = answer.text.contains(&format!("<h1>{title}</h1>"));
    assert!(has_title && answer.text.contains("href=\"/"), "{name}: no clear page: {}", answer.text);
    assert!(!gives_session(&answer), "{name}: {:?}", answer.headers);
    for hidden in [JAN.bsn, JAN.name, "the-code", "evil.example"] {
        assert!(!answer.text.contains(hidden), "{name}: {hidden} in {}", answer.text);
    }
    let grown = kit.grown(&before).await;
    assert!(grown.iter().all(|(table, _)| ["audit", "login"].contains(table)), "{name}: {grown:?}");
    assert!(grown.contains(&("audit", 1)), "{name}: {grown:?}");
    let after = kit.audited("login").await;
    let count = |all: &[String]| all.iter().filter(|said| *said == outcome).count();
    assert_eq!(count(&after), count(&lines) + 1, "{name}: {after:?}");
}

fn gives_session(answer: &Answer) -> bool {
    let set = answer.headers.get_all("set-cookie").iter();
    set.filter_map(|cookie| cookie.to_str().ok()).any(|cookie| cookie.starts_with("balie_session="))
}

async fn try_all(attacks: &[Attack]) {
    for (_kit, kit, evil) in on_both().await {
        for Attack { name, twist, page, outcome } in attacks {
            let Leaving { browser, mut said } = leave(&kit, &evil).await;
            twist(&mut said, &evil);
            let back = evil.say(&said);
            refused(&kit, &browser, &back, *page, outcome, name).await;
        }
        the_truth(&kit, &evil).await;
    }
}

/// Logs in with nothing but the truth: what was tried before has spoilt nothing.
async fn the_truth(kit: &Kit, evil: &Evil) -> Browser {
    let Leaving { browser, said } = leave(kit, evil).await;
    let answer = browser.get(&evil.say(&said)).await;
    assert!(answer.status == 303 && gives_session(&answer), "{}", answer.text);
    browser.with_cookie_of(&answer, "balie_session")
}

/// ASVS: 16.3.1
#[tokio::test]
async fn the_truth_itself_is_believed() {
    for (_kit, kit, evil) in on_both().await {
        let browser = the_truth(&kit, &evil).await;
        assert!(browser.read("/").await.contains("Uitloggen"));
        assert_eq!(kit.audited("login").await, ["ok"]);
    }
}

#[tokio::test]
async fn a_provider_is_called_what_it_calls_itself_to_the_last_slash() {
    for kit in Kit::on_both().await {
        for (end, other) in [("/", ""), ("", "/")] {
            let evil = Evil::named(end).await;
            the_truth(&kit.logging_in_with(evil.login()).await, &evil).await;
            let issuer = format!("{}{other}", evil.issuer.trim_end_matches('/')).parse().unwrap();
            let mistaken = kit.logging_in_with(Login { issuer, ..evil.login() }).await;
            let answer = mistaken.visitor().get("/login").await;
            assert_eq!(answer.status, 503, "{end:?}: {}", answer.text);
        }
    }
}

/// ASVS: 10.2.1
#[tokio::test]
async fn an_answer_to_another_browser_or_for_the_second_time_is_worth_nothing() {
    for (_kit, kit, evil) in on_both().await {
        let (mine, thine) = (leave(&kit, &evil).await, leave(&kit, &evil).await);
        let back = evil.say(&mine.said);
        refused(&kit, &thine.browser, &back, LOST, NOT_BEGUN, "the state of another browser").await;
        refused(&kit, &kit.visitor(), &back, LOST, NOT_BEGUN, "no browser that left").await;
        assert_eq!(mine.browser.get(&back).await.status, 303);
        refused(&kit, &mine.browser, &back, LOST, NOT_BEGUN, "a replayed answer").await;
    }
}

#[tokio::test]
async fn an_answer_after_ten_minutes_is_too_late() {
    for (_kit, kit, evil) in on_both().await {
        let Leaving { browser, said } = leave(&kit, &evil).await;
        kit.clock.turn(Duration::from_secs(11 * 60));
        refused(&kit, &browser, &evil.say(&said), STOPPED, "refused: too late", "too late").await;
    }
}
