//! The link on a practice's own site, and what a practice chooses for its booking pages.

use testkit::{JAN, Kit};

use super::page::{TIMES, jan, text, to};

const FOUR: &str = "01000004";

#[tokio::test]
async fn the_link_survives_the_login_and_leads_to_the_type() {
    let (kit, _xis, browser) = jan().await;
    let stranger = kit.visitor().get("/make-appointment/01000001?type=consult").await;
    assert_eq!(to(&stranger), "/login?to=%2Fmake-appointment%2F01000001%3Ftype%3Dconsult");
    for (link, next) in [
        ("/make-appointment/01000001", "/book/01000001"),
        ("/make-appointment/01000001?type=none", "/book/01000001"),
        ("/make-appointment/01000001?type=consult", "/book/01000001/agenda?type=urn%3Axis%3Atypes%7Cconsult"),
    ] {
        assert_eq!(to(&browser.get(link).await), next, "{link}");
    }
    for unknown in ["/make-appointment/99999999", "/make-appointment/x"] {
        let page = browser.get(unknown).await;
        assert_eq!(page.status, 404, "{unknown}");
        assert!(page.text.contains("Wij kennen deze praktijk niet"), "{}", page.text);
    }
}

#[tokio::test]
async fn who_has_not_added_the_practice_does_so_and_goes_on_with_the_booking() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(FOUR).await;
        let browser = kit.browser(JAN).await;
        let page = browser.read("/make-appointment/01000004?type=consult").await;
        assert!(page.contains("Deze praktijk staat nog niet in uw lijst"), "{page}");
        assert!(xis.received("GET", "Patient").is_empty(), "looking asks nobody");
        let added = browser.post("/practices/01000004/add", &[("book", "consult")]).await;
        assert_eq!(to(&added), "/make-appointment/01000004?type=consult");
        assert!(to(&browser.get(to(&added)).await).starts_with("/book/01000004/agenda?type="));
    }
}

#[tokio::test]
async fn no_preference_comes_first_and_shows_each_time_of_all_agendas_once() {
    let (_kit, _xis, browser) = jan().await;
    let page = browser.read("/book/01000001/agenda?type=urn:xis:types|consult").await;
    assert!(
        text(&page).contains("Geen voorkeur Eerste vrije tijd: dinsdag 12 mei, 09:10 uur dokter"),
        "{page}"
    );
    let times = TIMES.replace("agenda=7", "anyone=1");
    let day = browser.read(&format!("{times}&day=2026-05-12")).await;
    assert!(text(&day).contains("Consult · Geen voorkeur") && day.matches(">09:10<").count() == 1, "{day}");
}

#[tokio::test]
async fn before_online_planning_opens_the_patient_reads_from_when() {
    let (kit, _xis, browser) = jan().await;
    kit.set("01000001", "online_from", "2030-01-02T08:00").await;
    for path in ["/book/01000001", TIMES] {
        let said = text(&browser.read(path).await);
        assert!(
            said.contains("Online afspraken maken kan nog niet") && said.contains("030 123 45 67"),
            "{said}"
        );
    }
    kit.set("01000001", "online_from", "2026-01-02T08:00").await;
    assert!(text(&browser.read("/book/01000001").await).contains("Wat voor afspraak wilt u?"));
}

#[tokio::test]
async fn what_is_urgent_for_a_type_stands_at_it_and_above_its_times() {
    let (kit, _xis, browser) = jan().await;
    kit.set("01000001", "urgent_by_type", "consult=Koorts boven 40 graden? Bel ons direct.").await;
    for path in ["/book/01000001", "/book/01000001/agenda?type=urn:xis:types|consult", TIMES] {
        assert!(browser.read(path).await.contains("Koorts boven 40 graden? Bel ons direct."), "{path}");
    }
}

#[tokio::test]
async fn what_is_urgent_is_read_in_ones_own_language_where_the_practice_wrote_it_so() {
    let (kit, _xis, browser) = jan().await;
    browser.post("/language", &[("language", "en"), ("to", "/")]).await;
    for (texts, said) in [
        ("consult=Koorts? Bel ons.|consult@en=Fever? Call us.", "lang=\"en\">Fever? Call us.<"),
        ("consult=Koorts? Bel ons.|video@en=Fever? Call us.", "lang=\"nl\">Koorts? Bel ons.<"),
    ] {
        kit.set("01000001", "urgent_by_type", texts).await;
        for path in ["/book/01000001", "/book/01000001/agenda?type=urn:xis:types|consult", TIMES] {
            let page = browser.read(path).await;
            assert!(page.contains(said), "{path}: {page}");
        }
    }
}
