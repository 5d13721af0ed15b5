//! What a system sends that is wrong, or too much, harms nobody.

use serde_json::{Value, json};
use testkit::{Browser, Database, JAN, Kit, Log, Reply, ScriptedXis, slot};

use super::{ONE, booked, word};
use crate::portal::page::text;

const DAY: &str = "/book/01000001/time?type=urn%3Axis%3Atypes%7Cconsult&agenda=7&day=2026-05-12";

async fn jan(kit: &Kit) -> (ScriptedXis, Browser) {
    (kit.xis_of(ONE).await, kit.browser(JAN).await)
}

#[tokio::test]
async fn c17_a_read_whose_connection_broke_is_tried_once_more() {
    for kit in Kit::on_both().await {
        let (xis, browser) = jan(&kit).await;
        xis.cuts("Slot");
        browser.read(DAY).await;
        assert_eq!(xis.received("GET", "Slot").len(), 2);
    }
}

#[tokio::test]
async fn c17_what_was_read_before_a_connection_broke_is_not_read_twice() {
    let log = Log::listen();
    for kit in Kit::on_both().await {
        let (xis, browser) = jan(&kit).await;
        xis.offers(slots(2_000));
        let whole = browser.read(DAY).await;
        xis.cuts_half_way("Slot");
        assert_eq!(times(&browser.read(DAY).await), times(&whole));
        assert_eq!(xis.received("GET", "Slot").len(), 3);
        // However it is cut.
        for bytes in [61, 1_000, 70_000] {
            xis.sends_in_pieces("Slot", bytes);
            assert_eq!(times(&browser.read(DAY).await), times(&whole), "pieces of {bytes} bytes");
        }
        assert!(times(&whole).len() > 10, "{whole}");
    }
    let left_out: Vec<_> =
        log.lines("WARN").into_iter().filter(|line| line.contains("slots were left out")).collect();
    assert!(left_out.iter().all(|line| line.contains("duplicate: 0")), "{left_out:?}");
}

/// The times that a page offers, by their slots.
fn times(page: &str) -> Vec<&str> {
    let slots = page.split("name=\"slot\" value=\"").skip(1);
    slots.filter_map(|rest| rest.split('"').next()).collect()
}

#[tokio::test]
async fn c17_what_is_no_fhir_is_no_answer_whatever_its_status_says() {
    for kit in Kit::on_both().await {
        let (xis, browser) = jan(&kit).await;
        let deep =
            format!(r#"{{"resourceType":"Bundle","entry":{}1{}}}"#, "[".repeat(100_000), "]".repeat(100_000));
        for (media_type, body) in [
            ("text/html", "<h1>Even geduld</h1>"),
            ("text/html", r#"{"resourceType":"Bundle"}"#),
            ("application/fhir+xml", r#"<Bundle xmlns="http://hl7.org/fhir"/>"#),
            ("application/fhir+json", ""),
            ("application/fhir+json", "{}"),
            ("application/fhir+json", "[]"),
            ("application/fhir+json", r#"{"resourceType":"Bundle","entry":[{"#),
            ("application/fhir+json", r#"{"resourceType":"OperationOutcome"}"#),
            ("application/fhir+json", &deep),
        ] {
            xis.says("Slot", media_type, body);
            let answer = browser.get(DAY).await;
            let (said, start) = (text(&answer.text), body.chars().take(60).collect::<String>());
            assert_eq!(answer.status, 503, "{media_type} {start}: {said}");
            assert!(said.contains("Online plannen is even niet mogelijk"), "{said}");
        }
    }
}

#[tokio::test]
async fn c17_a_page_in_place_of_an_answer_to_a_booking_says_nothing_of_it() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(ONE).await;
        let (stored, page) = booked(&kit, &xis, ONE, Reply::Page).await;
        assert_eq!(word(&stored), "unknown");
        assert!(page.contains("Wij controleren uw afspraak"), "{page}");
    }
}

#[tokio::test]
async fn c17_d11_a_time_without_a_zone_is_left_out_for_the_operator_to_see_or_read_by_setting() {
    let log = Log::listen();
    for kit in Kit::on_both().await {
        let (xis, browser) = jan(&kit).await;
        let mut naive = slot("naive", "7", "2026-05-12T10:10:00+02:00");
        naive["start"] = json!("2026-05-12T10:10:00");
        naive["end"] = json!("2026-05-12T10:20:00");
        xis.offers(vec![naive.clone(), slot("whole", "7", "2026-05-12T09:10:00+02:00")]);
        let page = browser.read(DAY).await;
        assert!(page.contains(r#"value="whole""#) && !page.contains(r#"value="naive""#), "{page}");
        // Where nothing else is left, it would be untrue that everything is taken.
        xis.offers(vec![naive]);
        let answer = browser.get(DAY).await;
        assert_eq!(answer.status, 503, "{}", answer.text);
        kit.set(ONE, "naive_times", "on").await;
        let page = browser.read(DAY).await;
        assert!(page.contains(r#"value="naive""#) && text(&page).contains("10:10"), "{page}");
    }
    let warned = log.lines("WARN").into_iter().find(|line| line.contains("time without a zone")).unwrap();
    assert!(warned.contains("practice=01000001") && warned.contains("count=1"), "{warned}");
}

/// So many slots of ten minutes from 5 May on.
fn slots(count: usize) -> Vec<Value> {
    let first = "2026-05-05T00:00:00+02:00".parse::<jiff::Timestamp>().unwrap();
    let minutes = |number: usize| jiff::SignedDuration::from_mins(10 * i64::try_from(number).unwrap());
    // More than 27 days hold in one agenda, so there are others.
    let schedule = |number: usize| (7 + number / 3_000).to_string();
    (0..count)
        .map(|number| {
            let start = first + minutes(number % 3_000);
            slot(&format!("n{number}"), &schedule(number), &start.to_string())
        })
        .collect()
}

#[tokio::test]
async fn c17_ten_thousand_slots_are_read_and_what_is_beyond_reason_is_not() {
    let kit = Kit::start(Database::sqlite()).await;
    let (xis, browser) = jan(&kit).await;
    xis.offers(slots(10_000));
    let page = browser.read(DAY).await;
    assert!(page.contains(r#"value="n1008""#), "{page}");
    xis.offers_pages((0..3).map(|_| slots(7_000)).collect());
    assert_eq!(browser.get(DAY).await.status, 503);
    xis.says("Slot", "application/fhir+json", " ".repeat(17 * 1024 * 1024));
    assert_eq!(browser.get(DAY).await.status, 503);
}
