//! A calendar that fetches the visits of a patient by itself, at a secret address, as long as the patient wants it to.

use std::time::Duration;

use serde_json::{Value, json};
use testkit::{Answer, Browser, JAN, Kit, appointment};

use super::{
    my_data::{download, file_in},
    page::{hidden, to},
};
use crate::{calendar::choose_detail, visit::ONE};

const PAGE: &str = "/preferences/calendar";

/// The address that this page shows, without its host.
fn shown(page: &Answer) -> String {
    assert_eq!(page.status, 200, "{}", page.text);
    let (_, rest) = page.text.split_once("/calendar/").unwrap_or_else(|| panic!("none in {}", page.text));
    format!("/calendar/{}", rest.split('"').next().unwrap())
}

async fn make(browser: &Browser) -> String {
    shown(&browser.post(PAGE, &[]).await)
}

/// What a calendar gets that has seen this version.
async fn fetch(kit: &Kit, address: &str, seen: &str) -> Answer {
    let request = kit.http.get(format!("{}{address}", kit.base)).header("if-none-match", seen);
    Answer::to(request).await
}

fn visit(id: &str, status: &str) -> Value {
    let mut visit = appointment(id, JAN);
    (visit["status"], visit["comment"]) = (json!(status), json!("Neem uw gele kaart mee"));
    visit
}

#[tokio::test]
async fn a_calendar_gets_what_stands_and_what_is_over_as_mails_call_it_and_never_why() {
    for kit in Kit::on_both().await {
        choose_detail(&kit, JAN, 3).await;
        kit.put(ONE, "a", &visit("a", "booked")).await;
        kit.drain().await;
        let id = kit.appointment(JAN).await.id;
        let address = make(&kit.browser(JAN).await).await;
        kit.put(ONE, "b", &visit("b", "booked")).await;
        kit.put(ONE, "b", &visit("b", "cancelled")).await;
        let answer = fetch(&kit, &address, "").await;
        assert_eq!(answer.header("content-type"), "text/calendar; charset=utf-8; method=PUBLISH");
        let text = answer.text.replace("\r\n ", "");
        for line in [
            "METHOD:PUBLISH",
            "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
            &format!("UID:{id}@127.0.0.1"),
            "SUMMARY:Afspraak bij Praktijk De Linde",
            "STATUS:CONFIRMED",
            "STATUS:CANCELLED",
        ] {
            assert!(text.lines().any(|one| one == line), "{line} is not in {text}");
        }
        let count = |component: &str| text.matches(&format!("BEGIN:{component}\r\n")).count();
        assert_eq!((count("VTIMEZONE"), count("VEVENT")), (1, 2), "{text}");
        for leak in [JAN.bsn, JAN.name, JAN.mail, "Consult", "Jansen", "gele kaart"] {
            assert!(!text.contains(leak), "{leak} in {text}");
        }
        kit.clock.turn(Duration::from_secs(60 * 24 * 3600));
        let later = fetch(&kit, &address, "").await.text;
        assert!(!later.contains("VEVENT") && later.contains("BEGIN:VTIMEZONE"), "{later}");
        assert_eq!(kit.audited("appointment feed").await, ["fetched", "fetched"]);
    }
}

#[tokio::test]
async fn what_a_calendar_has_is_not_sent_again_until_it_changes() {
    for kit in Kit::on_both().await {
        kit.put(ONE, "a", &visit("a", "booked")).await;
        let address = make(&kit.browser(JAN).await).await;
        let first = fetch(&kit, &address, "").await;
        let (seen, kept) = (first.header("etag"), first.header("cache-control"));
        assert_eq!((first.status, kept), (200, "private, no-cache"));
        let again = fetch(&kit, &address, seen).await;
        assert_eq!((again.status, again.text.as_str(), again.header("etag")), (304, "", seen));
        kit.put(ONE, "a", &visit("a", "cancelled")).await;
        let changed = fetch(&kit, &address, seen).await;
        assert_eq!(changed.status, 200);
        assert!(changed.text.contains("STATUS:CANCELLED"), "{}", changed.text);
    }
}

#[tokio::test]
async fn an_address_is_shown_once_and_one_that_is_no_more_looks_like_one_that_never_was() {
    for kit in Kit::on_both().await {
        let browser = kit.browser(JAN).await;
        let first = make(&browser).await;
        let secret = first.trim_start_matches("/calendar/").trim_end_matches(".ics");
        assert_eq!(secret.len(), 43, "256 bits");
        let page = browser.read(PAGE).await;
        assert!(!page.contains(secret), "{page}");
        assert_eq!(to(&browser.post(PAGE, &[]).await), "/preferences/calendar?again=1");
        assert_eq!(fetch(&kit, &first, "").await.status, 200, "a form that is sent twice takes nothing away");
        let knows = hidden(&page, "knows");
        let second = shown(&browser.post(PAGE, &[("knows", &knows)]).await);
        assert_eq!([fetch(&kit, &first, "").await.status, fetch(&kit, &second, "").await.status], [404, 200]);
        assert!(browser.read(PAGE).await.contains("Een agenda keek het laatst"));
        let stopped = browser.post("/preferences/calendar/stop", &[]).await;
        assert!(browser.read(to(&stopped)).await.contains("Uw agenda-adres werkt niet meer."));
        let third = make(&browser).await;
        let zip = download(&kit, &browser).await;
        let facts: Value = serde_json::from_slice(file_in(&zip, "my-data.json").unwrap()).unwrap();
        assert!(facts["calendarAddress"]["madeAt"].is_string(), "{facts}");
        assert!(!facts.to_string().contains(third.trim_start_matches("/calendar/").trim_end_matches(".ics")));
        assert_eq!(browser.post("/my-data/delete", &[]).await.status, 200);
        assert_eq!(kit.rows().await["calendar_feed"], 0);
        let mut pages = Vec::new();
        for address in [&first, &second, &third, "/calendar/unknown.ics", "/calendar/unknown"] {
            let answer = fetch(&kit, address, "").await;
            pages.push((answer.status, answer.text.replace(address, "")));
        }
        assert!(pages.iter().all(|page| page.0 == 404 && *page == pages[0]), "{pages:?}");
        let mut audited = kit.audited("calendar feed").await;
        audited.sort();
        assert_eq!(audited, ["ended", "made", "made", "renewed"]);
    }
}

#[tokio::test]
async fn no_log_says_the_secret_of_an_address() {
    let log = testkit::Log::listen();
    let kit = Kit::start(testkit::Database::sqlite()).await;
    let address = make(&kit.browser(JAN).await).await;
    assert_eq!(fetch(&kit, &address, "").await.status, 200);
    let log = log.text();
    assert!(log.contains("/calendar/") && !log.contains(&address), "{log}");
}
