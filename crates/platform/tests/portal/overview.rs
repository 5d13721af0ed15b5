use serde_json::{Value, json};
use testkit::{FATIMA, JAN, Kit, appointment, response};

use super::page::{jan, text};

fn moved(id: &str) -> Value {
    let mut moved = appointment(id, JAN);
    moved["start"] = json!("2026-05-12T11:40:00+02:00");
    moved["end"] = json!("2026-05-12T11:50:00+02:00");
    moved["participant"][1]["actor"] =
        json!({ "reference": "PractitionerRole/8", "display": "dokter De Vries" });
    moved
}

fn cancelled(id: &str) -> Value {
    let mut cancelled = appointment(id, JAN);
    cancelled["status"] = json!("cancelled");
    cancelled["comment"] = json!("De dokter is ziek.");
    cancelled
}

#[tokio::test]
async fn a_new_appointment_shows_with_a_badge_and_a_count_that_are_gone_the_next_time_on_all_devices() {
    for kit in Kit::on_both().await {
        kit.put("01000001", "a", &appointment("a", JAN)).await;
        let (phone, laptop) = (kit.browser(JAN).await, kit.browser(JAN).await);
        let first = phone.read("/").await;
        assert!(
            first.contains(r#"<span class="count" role="img" aria-label="1 afspraak met nieuws">1</span>"#)
        );
        assert!(first.contains(r#"<span class="tag new badge">"#), "{first}");
        let said = text(&first);
        assert!(said.contains("Komende afspraken"), "{said}");
        assert!(
            said.contains("Nieuw dinsdag 12 mei 2026, 09:10 uur · 10 minuten Consult bij dokter Jansen"),
            "{said}"
        );
        for second in [laptop.read("/").await, phone.read("/").await] {
            assert!(!second.contains("class=\"count\"") && !second.contains("badge"), "{second}");
        }
        assert_eq!(kit.audited("appointment news").await, ["seen"]);
    }
}

#[tokio::test]
async fn a_page_that_is_fetched_ahead_or_asked_for_its_head_leaves_the_news_unseen() {
    let (kit, _, browser) = jan().await;
    kit.put("01000001", "a", &appointment("a", JAN)).await;
    let ask = |method| kit.http.request(method, format!("{}/", kit.base)).header("cookie", browser.cookie());
    let ahead = ask(reqwest::Method::GET).header("sec-purpose", "prefetch;prerender").send().await.unwrap();
    let head = ask(reqwest::Method::HEAD).send().await.unwrap();
    assert_eq!((ahead.status().as_u16(), head.status().as_u16()), (200, 200));
    assert!(browser.read("/").await.contains("class=\"count\""));
}

#[tokio::test]
async fn a_modified_appointment_shows_old_and_new_and_with_whom_it_was() {
    let (kit, _, browser) = jan().await;
    kit.put("01000001", "a", &appointment("a", JAN)).await;
    browser.read("/").await;
    kit.put("01000001", "a", &moved("a")).await;
    let said = text(&browser.read("/").await);
    assert!(said.contains("Gewijzigd"), "{said}");
    assert!(said.contains("09:10 → 11:40 uur"), "{said}");
    assert!(said.contains("Consult bij dokter De Vries Was bij dokter Jansen."), "{said}");
}

#[tokio::test]
async fn an_unchanged_update_is_no_news() {
    let (kit, _, browser) = jan().await;
    kit.put("01000001", "a", &appointment("a", JAN)).await;
    browser.read("/").await;
    kit.put("01000001", "a", &appointment("a", JAN)).await;
    assert!(!browser.read("/").await.contains("class=\"count\""));
}

#[tokio::test]
async fn a_cancelled_appointment_says_so_in_both_languages_with_a_badge_and_the_practices_message() {
    let (kit, _, browser) = jan().await;
    kit.put("01000001", "a", &appointment("a", JAN)).await;
    kit.put("01000001", "a", &cancelled("a")).await;
    let page = browser.read("/").await;
    assert!(page.contains(r#"<span class="tag gone badge">"#), "{page}");
    let said = text(&page);
    assert!(said.contains("Gaat niet door") && said.contains("Geannuleerd"), "{said}");
    assert!(said.contains("De dokter is ziek."), "{said}");
    browser.post("/language", &[("language", "en"), ("to", "/")]).await;
    assert!(text(&browser.read("/").await).contains("Cancelled"));
}

#[tokio::test]
async fn what_waits_for_the_practice_stands_apart_and_a_declined_request_says_why() {
    let kit = Kit::start(testkit::Database::sqlite()).await;
    let (xis, browser) = (kit.xis_of("01000002").await, kit.browser(JAN).await);
    xis.answers(testkit::Reply::Proposed("b"));
    let times = "/book/01000002/time?type=urn%3Axis%3Atypes%7Cconsult&agenda=7&day=2026-05-12";
    browser.post(times, &[("slot", "s1")]).await;
    browser.post("/book/01000002/reason", &[("reason", "Pijn in mijn knie")]).await;
    let check = browser.read("/book/01000002/check").await;
    assert!(text(&check).contains("De praktijk moet uw aanvraag nog goedkeuren."), "{check}");
    browser.post("/book/01000002/check", &[("form", &super::page::hidden(&check, "form"))]).await;
    let said = text(&browser.read("/").await);
    assert!(said.contains("Wacht op de praktijk"), "{said}");
    kit.respond("01000002", &response("b", "declined", "Bel voor een langere afspraak.")).await;
    let said = text(&browser.read("/").await);
    assert!(said.contains("Afgewezen"), "{said}");
    assert!(said.contains("Bel voor een langere afspraak."), "{said}");
}

#[tokio::test]
async fn what_is_over_stands_under_earlier_appointments() {
    let (kit, _, browser) = jan().await;
    kit.put("01000001", "a", &appointment("a", JAN)).await;
    browser.read("/").await;
    kit.clock.turn(std::time::Duration::from_secs(9 * 24 * 3600));
    let browser = kit.browser(JAN).await;
    let said = text(&browser.read("/").await);
    assert!(
        said.contains("Eerdere afspraken dinsdag 12 mei 2026, 09:10 uur Consult bij dokter Jansen"),
        "{said}"
    );
    assert!(!said.contains("Komende afspraken"), "{said}");
}

/// ASVS: 8.2.2
#[tokio::test]
async fn nothing_of_another_patient_is_shown() {
    let (kit, _, browser) = jan().await;
    kit.put("01000001", "f", &appointment("f", FATIMA)).await;
    let page = browser.read("/").await;
    assert!(text(&page).contains("U hebt geen afspraken.") && !page.contains("class=\"count\""), "{page}");
}

/// ASVS: 3.2.2
#[tokio::test]
async fn what_others_wrote_is_text_and_never_markup() {
    let (kit, _, browser) = jan().await;
    let mut sly = appointment("a", JAN);
    sly["comment"] = json!("<script>alert(1)</script>");
    sly["participant"][1]["actor"]["display"] = json!("<img src=x>");
    kit.put("01000001", "a", &sly).await;
    let page = browser.read("/").await;
    assert!(!page.contains("<script>") && !page.contains("<img"), "{page}");
    assert!(text(&page).contains("<script>alert(1)</script>"));
}
