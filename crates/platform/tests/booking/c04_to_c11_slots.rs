use serde_json::{Value, json};
use testkit::{Browser, JAN, Kit, Log, ScriptedXis, appointment, slot};

use super::ONE;

const AGENDAS: &str = "/book/01000001/agenda?type=urn%3Axis%3Atypes%7Cconsult";
const TIMES: &str = "/book/01000001/time?type=urn%3Axis%3Atypes%7Cconsult&agenda=7";

/// The times in the forms of the pages of one agenda, week by week.
async fn offered(browser: &Browser) -> Vec<String> {
    let mut slots = Vec::new();
    for day in ["2026-05-05", "2026-05-12", "2026-05-13", "2026-06-01", "2026-06-02"] {
        let page = browser.get(&format!("{TIMES}&day={day}")).await.text;
        let values = page.split("name=\"slot\" value=\"").skip(1);
        slots.extend(values.filter_map(|rest| rest.split('"').next()).map(str::to_owned));
    }
    slots.sort();
    slots.dedup();
    slots
}

async fn with(kit: &Kit, slots: Vec<Value>) -> (ScriptedXis, Browser) {
    let xis = kit.xis_of(ONE).await;
    xis.offers(slots);
    (xis, kit.browser(JAN).await)
}

#[tokio::test]
async fn c4_an_appointment_is_read_by_id_or_by_setting_by_path() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(ONE).await;
        for (by_path, path, query) in [("off", "/Appointment", "id=a"), ("on", "/Appointment/a", "")] {
            kit.set(ONE, "appointment_by_path", by_path).await;
            xis.shows(vec![appointment("a", JAN)]);
            // The only reason to read it again, so far: an echo of what was cancelled (A9).
            kit.put(ONE, "a", &appointment("a", JAN)).await;
            kit.cancel_by_patient(kit.appointment(JAN).await).await;
            kit.put(ONE, "a", &appointment("a", JAN)).await;
            kit.clock.turn(std::time::Duration::from_secs(16 * 60));
            kit.drain().await;
            let read = xis.received("GET", "Appointment").pop().unwrap();
            assert_eq!((read.path.as_str(), read.query().as_str()), (path, query));
            assert_eq!(kit.appointment(JAN).await.appointment.state, agenda::State::Booked);
        }
    }
}

#[tokio::test]
async fn c5_c6_agendas_are_searched_from_tomorrow_to_the_28th_day_in_the_practices_zone() {
    for kit in Kit::on_both().await {
        // 23:30 in Amsterdam and still Monday; in Auckland Tuesday has long begun.
        kit.clock.turn(std::time::Duration::from_secs(13 * 3600 + 1800));
        let (xis, browser) = with(&kit, vec![slot("s1", "7", "2026-05-12T09:10:00+02:00")]).await;
        for (zone, first, last) in [
            ("Europe/Amsterdam", "2026-05-05", "2026-06-01"),
            ("Pacific/Auckland", "2026-05-06", "2026-06-02"),
        ] {
            kit.set(ONE, "time_zone", zone).await;
            browser.get(AGENDAS).await;
            let asked = xis.received("GET", "Slot").pop().unwrap();
            assert_eq!(
                asked.query(),
                format!(
                    "service-category=urn:xis:types|consult&schedule.date=ge{first}&schedule.date=le{last}&status=free"
                )
            );
        }
    }
}

#[tokio::test]
async fn c5_c6_slots_outside_the_days_are_left_out_and_the_last_day_is_whole() {
    for kit in Kit::on_both().await {
        let (_xis, browser) = with(
            &kit,
            vec![
                slot("today", "7", "2026-05-04T15:00:00+02:00"),
                slot("first", "7", "2026-05-05T00:00:00+02:00"),
                slot("last", "7", "2026-06-01T23:50:00+02:00"),
                slot("late", "7", "2026-06-02T00:00:00+02:00"),
            ],
        )
        .await;
        assert_eq!(offered(&browser).await, ["first", "last"]);
    }
}

#[tokio::test]
async fn c7_times_are_asked_for_seven_days_at_once_and_the_next_pages_followed() {
    for kit in Kit::on_both().await {
        let (xis, browser) = with(&kit, Vec::new()).await;
        xis.offers_pages(vec![
            vec![slot("s1", "7", "2026-05-12T09:10:00+02:00")],
            vec![slot("s2", "7", "2026-05-12T10:10:00+02:00")],
            vec![slot("s3", "7", "2026-05-12T11:10:00+02:00")],
        ]);
        assert_eq!(offered(&browser).await, ["s1", "s2", "s3"]);
        let asked = xis.received("GET", "Slot");
        let first = asked.iter().find(|call| call.query().contains("ge2026-05-12")).unwrap();
        assert_eq!(
            first.query(),
            "service-category=urn:xis:types|consult&schedule.date=ge2026-05-12&schedule.date=le2026-05-18\
             &status=free&schedule=7"
        );
        assert!(asked.iter().any(|call| call.query() == "page=2"));
    }
}

#[tokio::test]
async fn c7_pages_without_end_or_elsewhere_are_no_answer() {
    for kit in Kit::on_both().await {
        let (xis, browser) = with(&kit, Vec::new()).await;
        xis.offers_pages((0..21).map(|_| Vec::new()).collect());
        let page = browser.get(AGENDAS).await;
        assert!(page.text.contains("Online plannen is even niet mogelijk"), "{}", page.text);
        assert_eq!(xis.received("GET", "Slot").len(), 20);
    }
}

#[tokio::test]
async fn c8_only_free_slots_are_offered_whatever_else_comes() {
    for kit in Kit::on_both().await {
        let mut slots = Vec::new();
        for (hour, status) in
            ["free", "busy", "needs-action", "busy-unavailable", "busy-tentative", "entered-in-error"]
                .iter()
                .enumerate()
        {
            let mut one = slot(status, "7", &format!("2026-05-12T{:02}:00:00+02:00", 9 + hour));
            one["status"] = json!(status);
            slots.push(one);
        }
        let (_xis, browser) = with(&kit, slots).await;
        assert_eq!(offered(&browser).await, ["free"]);
    }
}

#[tokio::test]
async fn c10_slots_that_cannot_be_are_dropped_counted_for_the_operator_and_spoil_nothing() {
    let log = Log::listen();
    for kit in Kit::on_both().await {
        let good = slot("good", "7", "2026-05-12T09:10:00+02:00");
        let mut ends_first = slot("ends-first", "7", "2026-05-12T10:00:00+02:00");
        ends_first["end"] = json!("2026-05-12T09:50:00+02:00");
        let mut other_type = slot("other-type", "7", "2026-05-12T11:00:00+02:00");
        other_type["serviceCategory"][0]["coding"][0]["code"] = json!("video");
        let mut overlapping = slot("overlapping", "7", "2026-05-12T09:05:00+02:00");
        overlapping["end"] = json!("2026-05-12T09:35:00+02:00");
        let other_agenda = slot("other-agenda", "8", "2026-05-12T12:00:00+02:00");
        let past = slot("past", "7", "2026-05-04T09:00:00+02:00");
        let mut no_id = slot("x", "7", "2026-05-12T13:00:00+02:00");
        no_id.as_object_mut().unwrap().remove("id");
        let mut no_time = slot("no-time", "7", "2026-05-12T13:00:00+02:00");
        no_time["start"] = json!("soon");
        let all =
            vec![good.clone(), good, ends_first, other_type, overlapping, other_agenda, past, no_id, no_time];
        let (_xis, browser) = with(&kit, all).await;
        assert_eq!(offered(&browser).await, ["good"]);
    }
    let warned = log.lines("WARN");
    assert!(
        warned.iter().any(|line| line.contains("slots were left out") && line.contains("other_category: 1"))
    );
    assert!(warned.iter().any(|line| line.contains("slots could not be read")), "{warned:?}");
}

#[tokio::test]
async fn c11_entries_that_are_the_resources_themselves_are_read_too() {
    for kit in Kit::on_both().await {
        let (xis, browser) = with(&kit, vec![slot("s1", "7", "2026-05-12T09:10:00+02:00")]).await;
        xis.sends_bare_entries();
        assert_eq!(offered(&browser).await, ["s1"]);
    }
}
