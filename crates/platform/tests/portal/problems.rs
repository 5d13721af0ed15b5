use testkit::{JAN, appointment};

use super::page::{jan, text, to};

#[tokio::test]
async fn c17_a_practice_whose_system_is_down_gives_its_phone_number_and_the_overview_stays() {
    let (kit, xis, browser) = jan().await;
    kit.put("01000001", "a", &appointment("a", JAN)).await;
    xis.fails("ValueSet", 503);
    let answer = browser.get("/book/01000001").await;
    assert_eq!((answer.status, answer.header("retry-after")), (503, "30"));
    let said = text(&answer.text);
    assert!(said.contains("Online plannen is even niet mogelijk"), "{said}");
    assert!(said.contains("Bel de praktijk: 030 123 45 67"), "{said}");
    assert!(text(&browser.read("/").await).contains("Consult bij dokter Jansen"));
}

#[tokio::test]
async fn a_page_that_is_not_there_is_a_page() {
    let (kit, _, browser) = jan().await;
    let answer = browser.get("/no/such/page").await;
    assert_eq!(answer.status, 404);
    let said = text(&answer.text);
    assert!(said.contains("Deze pagina is er niet") && said.contains("Naar uw afspraken"), "{said}");
    // An address that no handler is asked with: a field twice, and what is no text.
    for path in ["/book/01000001/agenda?type=a&type=b", "/appointments/%ff"] {
        let answer = browser.get(path).await;
        assert!([400, 404].contains(&answer.status), "{path}: {}", answer.status);
        assert!(text(&answer.text).contains("Deze pagina is er niet"), "{path}: {}", answer.text);
    }
    let visitor = kit.http.get(format!("{}/favicon.ico", kit.base)).send().await.unwrap();
    assert_eq!(visitor.status().as_u16(), 404);
}

/// ASVS: 3.5.1
#[tokio::test]
async fn a_form_from_another_site_does_nothing() {
    let (kit, _, browser) = jan().await;
    let post = kit.http.post(format!("{}/logout", kit.base)).header("cookie", browser.cookie());
    let answer = post.header("sec-fetch-site", "cross-site").send().await.unwrap();
    assert_eq!(answer.status().as_u16(), 403);
    assert!(text(&answer.text().await.unwrap()).contains("Er is niets gewijzigd"));
    browser.read("/book").await;
}

/// ASVS: 7.6.2, 8.2.1
#[tokio::test]
async fn whoever_is_not_logged_in_is_welcomed_or_sent_to_log_in_and_back() {
    let (kit, ..) = jan().await;
    let visit = async |path: &str| kit.http.get(format!("{}{path}", kit.base)).send().await.unwrap();
    let welcome = visit("/").await;
    assert_eq!(welcome.status().as_u16(), 200);
    assert!(welcome.text().await.unwrap().contains(r#"<a class="button" href="/login">Inloggen</a>"#));
    let asked = visit("/book/01000001/reason?sent=1").await;
    assert_eq!(asked.headers()["location"], "/login?to=%2Fbook%2F01000001%2Freason%3Fsent%3D1");
}

/// ASVS: 7.4.1
#[tokio::test]
async fn logging_out_ends_the_session_and_says_so() {
    let (_kit, _, browser) = jan().await;
    let out = browser.post("/logout", &[]).await;
    assert_eq!(out.status, 200);
    assert!(text(&out.text).contains("U bent uitgelogd") && !out.text.contains("/logout"), "{}", out.text);
    assert!(to(&browser.get("/book").await).starts_with("/login"));
}

#[tokio::test]
async fn a_form_that_cannot_be_read_is_a_page_that_says_so() {
    let (_kit, _, browser) = jan().await;
    for path in ["/language", "/book/01000001/check"] {
        let answer = browser.post(path, &[("colour", "red")]).await;
        assert_eq!(answer.status, 400, "{path}");
        assert!(text(&answer.text).contains("Dit formulier is niet te lezen"), "{}", answer.text);
    }
    let answer = browser.post("/book/01000001/reason", &[("reason", &"x".repeat(70_000))]).await;
    assert_eq!(answer.status, 413);
    let said = text(&answer.text);
    assert!(said.contains("Dit is te veel om te versturen") && said.contains("030 123 45 67"), "{said}");
}

#[tokio::test]
async fn whoever_belongs_to_no_practice_yet_reads_where_to_begin() {
    let (_kit, _, browser) = jan().await;
    for practice in ["01000001", "01000002"] {
        browser.post(&format!("/practices/{practice}/remove"), &[]).await;
    }
    let overview = browser.read("/").await;
    assert!(overview.contains(r#"class="button" href="/practices/add""#), "{overview}");
    assert!(!overview.contains(r#"class="button" href="/book""#), "{overview}");
}
