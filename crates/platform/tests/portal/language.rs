use testkit::JAN;

use super::page::{jan, text, to};

#[tokio::test]
async fn a_visitor_reads_the_language_that_the_browser_asks_for_until_another_is_chosen() {
    let (kit, ..) = jan().await;
    let ask = || kit.http.get(&kit.base).header("accept-language", "en-GB,nl;q=0.5");
    let page = ask().send().await.unwrap().text().await.unwrap();
    assert!(page.contains("<html lang=\"en\">") && text(&page).contains("Log in"), "{page}");
    let page = ask().header("cookie", "balie_language=nl").send().await.unwrap().text().await.unwrap();
    assert!(page.contains("<html lang=\"nl\">") && text(&page).contains("Inloggen"), "{page}");
}

#[tokio::test]
async fn a_patient_keeps_the_place_and_reads_the_chosen_language_on_every_device() {
    let (kit, _, browser) = jan().await;
    let page = browser.read("/book/01000001").await;
    assert!(page.contains(r#"name="to" value="/book/01000001""#), "{page}");
    assert!(page.contains(r#"name="language" value="en" lang="en">English</button>"#), "{page}");
    let chosen = browser.post("/language", &[("language", "en"), ("to", "/book/01000001")]).await;
    assert_eq!(to(&chosen), "/book/01000001");
    assert!(chosen.header("set-cookie").starts_with("balie_language=en; "), "{:?}", chosen.headers);
    assert!(kit.browser(JAN).await.read("/").await.contains("<html lang=\"en\">"));
}

/// ASVS: 3.7.2
#[tokio::test]
async fn no_choice_leads_to_another_site_and_an_unknown_language_is_refused() {
    let (_kit, _, browser) = jan().await;
    let chosen = browser.post("/language", &[("language", "en"), ("to", "//evil.example")]).await;
    assert_eq!(to(&chosen), "/");
    assert_eq!(browser.post("/language", &[("language", "fr")]).await.status, 400);
}

#[tokio::test]
async fn a_problem_speaks_the_patients_language() {
    let (_kit, _, browser) = jan().await;
    browser.post("/language", &[("language", "en"), ("to", "/")]).await;
    let answer = browser.get("/appointments/none").await;
    assert_eq!(answer.status, 404);
    assert!(text(&answer.text).contains("This page does not exist"), "{}", answer.text);
}

#[tokio::test]
async fn a_choice_of_language_keeps_what_stands_behind_the_question_mark() {
    let (_kit, _, browser) = jan().await;
    let page = browser.read("/my-data/access?own=1").await;
    assert!(page.contains(r#"name="to" value="/my-data/access?own=1""#), "{page}");
    let chosen = browser.post("/language", &[("language", "en"), ("to", "/my-data/access?own=1")]).await;
    assert_eq!(to(&chosen), "/my-data/access?own=1");
}
