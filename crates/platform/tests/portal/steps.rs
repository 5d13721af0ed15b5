use std::time::Duration;

use testkit::{JAN, Kit};

use super::page::{TIMES, choose, jan, text, to};

#[tokio::test]
async fn the_practice_is_asked_where_there_is_more_than_one() {
    let (_kit, _, browser) = jan().await;
    let said = text(&browser.read("/book").await);
    assert!(said.contains("Bij welke praktijk wilt u een afspraak?"), "{said}");
    assert!(said.contains("Praktijk De Linde") && said.contains("Huisartsen aan de Vecht"), "{said}");
}

#[tokio::test]
async fn a_practice_of_which_one_is_no_member_is_not_there() {
    let (_kit, _, browser) = jan().await;
    for path in ["/book/01000004", "/book/99999999", "/book/x", "/book/01000004/check"] {
        assert_eq!(browser.get(path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn the_types_come_after_the_sentence_for_what_is_urgent() {
    let (_kit, _, browser) = jan().await;
    let page = browser.read("/book/01000001").await;
    let said = text(&page);
    assert!(
        said.contains("Is het dringend? Bel 030 123 45 67. Bij levensgevaar: bel 112. Stap 1 van 6 Wat voor afspraak wilt u? Consult Videoconsult"),
        "{said}"
    );
    assert!(page.contains(r#"href="/book/01000001/agenda?type=urn%3Axis%3Atypes%7Cconsult""#), "{page}");
}

#[tokio::test]
async fn c12_without_types_the_patient_gets_the_empty_state_with_the_phone_number() {
    let (kit, xis, browser) = jan().await;
    xis.offers_types(&[]);
    let said = text(&browser.read("/book/01000001").await);
    assert!(said.contains("U kunt hier nu geen afspraak maken"), "{said}");
    assert!(said.contains("Bel de praktijk: 030 123 45 67"), "{said}");
    kit.set("01000001", "xis_base_url", "").await;
    assert!(text(&browser.read("/book/01000001").await).contains("U kunt hier nu geen afspraak maken"));
}

#[tokio::test]
async fn the_agendas_are_the_distinct_schedules_of_the_free_slots() {
    let (_kit, xis, browser) = jan().await;
    let said = text(&browser.read("/book/01000001/agenda?type=urn:xis:types|consult").await);
    assert!(said.contains("dokter De Vries Eerste vrije tijd: dinsdag 12 mei, 09:10 uur"), "{said}");
    assert!(said.contains("dokter Jansen Eerste vrije tijd: dinsdag 12 mei, 09:10 uur"), "{said}");
    let [asked] = xis.received("GET", "Slot").try_into().unwrap();
    let query = asked.query();
    for part in [
        "service-category=urn:xis:types|consult",
        "schedule.date=ge2026-05-05",
        "schedule.date=le2026-06-01",
        "status=free",
    ] {
        assert!(query.contains(part), "{part} is not in {query}");
    }
}

#[tokio::test]
async fn the_only_agenda_is_not_asked_for() {
    let (_kit, xis, browser) = jan().await;
    xis.offers(vec![testkit::slot("s1", "7", "2026-05-12T09:10:00+02:00")]);
    let answer = browser.get("/book/01000001/agenda?type=urn:xis:types|consult").await;
    assert_eq!(to(&answer), TIMES);
    let back = browser.read("/book/01000001/agenda?type=urn:xis:types|consult&all=1").await;
    assert!(text(&back).contains("Bij wie wilt u een afspraak?"), "{back}");
}

#[tokio::test]
async fn a_type_without_free_times_says_so_and_gives_the_phone_number() {
    let (_kit, xis, browser) = jan().await;
    xis.offers(Vec::new());
    for path in ["/book/01000001/agenda?type=urn:xis:types|consult", TIMES] {
        let said = text(&browser.read(path).await);
        assert!(said.contains("Er zijn geen vrije tijden"), "{said}");
        assert!(said.contains("Bel de praktijk: 030 123 45 67"), "{said}");
    }
}

#[tokio::test]
async fn the_first_week_with_free_times_is_shown_with_a_shortcut_to_the_first() {
    let (_kit, xis, browser) = jan().await;
    let page = browser.read(TIMES).await;
    let said = text(&page);
    assert!(said.contains("Eerste vrije tijd: dinsdag 12 mei, 09:10 uur"), "{said}");
    assert!(said.contains("dinsdag 12 mei tot en met maandag 18 mei"), "{said}");
    assert!(said.contains("dinsdag 12 mei 2 tijden vrij"), "{said}");
    assert!(page.contains("&#38;week=0\"") && page.contains("&#38;week=2\""), "{page}");
    let asked = xis.received("GET", "Slot");
    let weeks: Vec<String> = asked.iter().map(|call| call.query()).collect();
    assert!(weeks[0].contains("schedule.date=ge2026-05-05&schedule.date=le2026-05-11"), "{weeks:?}");
    assert!(weeks[1].contains("schedule.date=ge2026-05-12&schedule.date=le2026-05-18"), "{weeks:?}");
    assert!(weeks.iter().all(|week| week.contains("schedule=7")), "{weeks:?}");
}

#[tokio::test]
async fn a_week_without_free_times_is_one_sentence() {
    let (_kit, _, browser) = jan().await;
    let said = text(&browser.read(&format!("{TIMES}&week=3")).await);
    assert!(
        said.contains("dinsdag 26 mei tot en met maandag 1 juni Op deze dagen zijn er geen vrije tijden."),
        "{said}"
    );
    assert!(said.contains("Eerdere week") && !said.contains("Latere week"), "{said}");
}

#[tokio::test]
async fn the_times_of_a_day_stand_by_part_of_the_day_and_the_duration_is_said_once() {
    let (_kit, _, browser) = jan().await;
    let page = browser.read(&format!("{TIMES}&day=2026-05-12")).await;
    let said = text(&page);
    assert!(said.contains("Hoe laat wilt u komen op dinsdag 12 mei?"), "{said}");
    assert!(said.contains("Ochtend 09:10 Middag 14:30 Verder"), "{said}");
    assert_eq!(said.matches("10 minuten").count(), 1, "{said}");
    assert!(page.contains("<fieldset><legend>Ochtend</legend>"), "{page}");
}

#[tokio::test]
async fn a_form_without_a_time_comes_back_and_says_so() {
    let (_kit, _, browser) = jan().await;
    let sent = browser.post(&format!("{TIMES}&day=2026-05-12"), &[]).await;
    assert_eq!(to(&sent), format!("{TIMES}&day=2026-05-12&unanswered=1"));
    let page = browser.read(to(&sent)).await;
    assert!(page.contains("role=\"alert\"") && text(&page).contains("Kies een tijd."), "{page}");
}

#[tokio::test]
async fn c14_a_reason_that_is_too_long_or_empty_comes_back_whole_and_says_what_is_wrong() {
    let (_kit, _, browser) = jan().await;
    choose(&browser, "Pijn in mijn knie").await;
    let long = "é".repeat(501);
    for (written, wrong) in
        [(long.as_str(), "Uw tekst heeft 501 tekens. Er passen er 500."), ("  ", "Schrijf waarvoor u komt.")]
    {
        let sent = browser.post("/book/01000001/reason", &[("reason", written)]).await;
        assert_eq!(to(&sent), "/book/01000001/reason?sent=1");
        let page = browser.read(to(&sent)).await;
        assert!(page.contains(&format!(">\n{written}</textarea>")), "{page}");
        assert!(text(&page).contains(wrong) && page.contains("role=\"alert\""), "{page}");
        assert_eq!(to(&browser.get("/book/01000001/check").await), "/book/01000001/reason");
    }
    assert!(text(&browser.read("/book/01000001/reason?sent=1").await).contains("0 van 500 tekens"));
}

#[tokio::test]
async fn a_choice_of_language_or_going_back_loses_nothing_that_was_typed() {
    let (_kit, _, browser) = jan().await;
    choose(&browser, "Pijn").await;
    let sent = browser
        .post("/book/01000001/reason", &[("reason", "Pijn in mijn knie, half"), ("language", "en")])
        .await;
    assert_eq!(to(&sent), "/book/01000001/reason");
    let page = browser.read(to(&sent)).await;
    assert!(page.contains("<html lang=\"en\">") && page.contains("Pijn in mijn knie, half"), "{page}");
    let back = browser.post("/book/01000001/reason", &[("reason", ""), ("back", "1")]).await;
    assert_eq!(to(&back), TIMES);
}

#[tokio::test]
async fn a_text_that_is_sent_after_the_session_has_ended_is_there_after_logging_in_again() {
    for kit in Kit::on_both().await {
        kit.xis_of("01000001").await;
        let slow = kit.browser(JAN).await;
        choose(&slow, "Pijn").await;
        kit.clock.turn(Duration::from_secs(20 * 60));
        let sent = slow.post("/book/01000001/reason", &[("reason", "Pijn in mijn knie, en lang")]).await;
        assert_eq!(to(&sent), "/login?to=%2Fbook%2F01000001%2Freason");
        assert!(to(&slow.get("/book/01000001/reason").await).starts_with("/login"));
        let page = kit.browser(JAN).await.read("/book/01000001/reason").await;
        assert!(page.contains("Pijn in mijn knie, en lang"), "{page}");
    }
}

#[tokio::test]
async fn a_session_that_is_over_for_good_or_of_no_member_leaves_no_text() {
    let (kit, _, browser) = jan().await;
    choose(&browser, "Pijn").await;
    let elsewhere = browser.post("/book/01000004/reason", &[("reason", "Niet hier")]).await;
    assert_eq!(elsewhere.status, 404);
    kit.clock.turn(Duration::from_secs(9 * 3600));
    let sent = browser.post("/book/01000001/reason", &[("reason", "Te laat")]).await;
    assert_eq!(to(&sent), "/login?to=%2F");
    assert!(kit.browser(JAN).await.read("/book/01000001/reason").await.contains(">\nPijn</textarea>"));
}

#[tokio::test]
async fn a_step_without_what_goes_before_it_leads_to_what_is_missing() {
    for kit in Kit::on_both().await {
        kit.xis_of("01000001").await;
        let browser = kit.browser(JAN).await;
        for (path, missing) in [
            ("/book/01000001/reason", "/book/01000001"),
            ("/book/01000001/check", "/book/01000001"),
            ("/book/01000001/time", "/book/01000001"),
            ("/book/01000001/time?type=urn:xis:types|none&agenda=7", "/book/01000001"),
            ("/book/01000001/agenda", "/book/01000001"),
            ("/book/01000001/agenda?type=urn:xis:types|none", "/book/01000001"),
            ("/book/01000001/agenda?type=", "/book/01000001"),
            ("/book/01000001/time?agenda=7", "/book/01000001"),
            (
                "/book/01000001/time?type=urn:xis:types|consult",
                "/book/01000001/agenda?type=urn%3Axis%3Atypes%7Cconsult&all=1",
            ),
        ] {
            assert_eq!(to(&browser.get(path).await), missing, "{path}");
        }
        browser.post(&format!("{TIMES}&day=2026-05-12"), &[("slot", "s1")]).await;
        assert_eq!(to(&browser.get("/book/01000001/check").await), "/book/01000001/reason");
    }
}

/// A system may refuse to look for the times of a type that it does not have.
#[tokio::test]
async fn a_step_without_a_type_leads_to_the_types_whatever_the_practices_system_says() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of("01000001").await;
        let browser = kit.browser(JAN).await;
        for step in ["agenda", "time?agenda=7", "time?anyone=1", "time?agenda=7&day=2026-05-12"] {
            let path = format!("/book/01000001/{step}");
            assert_eq!(to(&browser.get(&path).await), "/book/01000001", "{path}");
        }
        assert!(xis.received("GET", "Slot").is_empty(), "times of no type were asked for");
        for path in ["agenda?type=urn:xis:types|none", "time?type=urn:xis:types|none&agenda=7"] {
            xis.fails("Slot", 400);
            assert_eq!(to(&browser.get(&format!("/book/01000001/{path}")).await), "/book/01000001", "{path}");
        }
        let chosen = browser.post("/book/01000001/time?agenda=7", &[("slot", "s1")]).await;
        assert_eq!(to(&chosen), "/book/01000001");
        // Nor is it asked where no type is named: it need not even answer.
        xis.fails("ValueSet", 503);
        assert_eq!(to(&browser.get("/book/01000001/agenda").await), "/book/01000001");
        assert_eq!(browser.get(&format!("{TIMES}&day=2026-05-12")).await.status, 503);
    }
}

/// ASVS: 3.5.3
#[tokio::test]
async fn no_step_but_a_form_changes_anything() {
    let (kit, _, browser) = jan().await;
    choose(&browser, "Pijn in mijn knie").await;
    let before = kit.rows().await;
    for path in [
        "/book",
        "/book/01000001",
        "/book/01000001/agenda?type=urn:xis:types|consult",
        TIMES,
        "/book/01000001/reason",
        "/book/01000001/check",
    ] {
        browser.read(path).await;
    }
    assert_eq!(kit.grown(&before).await, []);
}
