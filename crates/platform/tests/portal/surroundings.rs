use testkit::{Answer, JAN};

use super::page::{TIMES, choose, jan};

/// ASVS: 3.4.4, 3.4.5
#[tokio::test]
async fn what_practice_systems_get_is_no_page_and_is_not_kept() {
    let (kit, ..) = jan().await;
    for path in ["/fhir/r4/metadata", "/fhir/r4/nothing", "/oauth2/jwks"] {
        let answer = kit.visitor().get(path).await;
        assert!(answer.header("content-security-policy").starts_with("default-src 'none'; "), "{path}");
        assert_eq!(
            (answer.header("x-content-type-options"), answer.header("cache-control")),
            ("nosniff", "no-store")
        );
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
    }
}

/// Browsers from before 2023 do not say where a form stands: without a referrer they would send `Origin: null`.
///
/// ASVS: 3.5.1
#[tokio::test]
async fn an_old_browser_may_say_to_ourselves_which_page_a_form_was_on() {
    let (kit, _, browser) = jan().await;
    let address = format!("{}/preferences", kit.base);
    let open = kit.http.get(&address).header("user-agent", "Mozilla/5.0 (iPhone; CPU iPhone OS 15_8)");
    let old = open.send().await.unwrap();
    assert_eq!(old.headers()["referrer-policy"], "same-origin");
    for (origin, status) in [(&*kit.base, 200), ("null", 403), ("https://stranger.example", 403)] {
        let form = kit.http.post(format!("{}/logout", kit.base)).header("origin", origin);
        let answer = form.header("cookie", browser.cookie()).send().await.unwrap();
        assert_eq!(answer.status().as_u16(), status, "{origin}");
    }
}

/// ASVS: 3.6.1, 14.2.3
#[tokio::test]
async fn no_page_has_anything_inline_or_from_elsewhere_and_none_is_large() {
    let (_kit, _, browser) = jan().await;
    choose(&browser, "Pijn in mijn knie").await;
    let day = format!("{TIMES}&day=2026-05-12");
    for path in ["/", "/book", "/book/01000001", TIMES, &day, "/book/01000001/reason", "/book/01000001/check"]
    {
        let page = browser.read(path).await;
        for forbidden in [" style=", "<style", "<script>", " onclick", "://"] {
            assert!(!page.contains(forbidden), "{path} has {forbidden}");
        }
        let mut bytes = page.len();
        for loaded in
            page.split(['"']).filter(|value| value.starts_with("/static/") || value.ends_with("/theme.css"))
        {
            bytes += browser.read(loaded).await.len();
        }
        assert!(bytes < 50_000, "{path} weighs {bytes} bytes");
    }
}

#[tokio::test]
async fn a_file_is_kept_for_long_under_its_own_version_only() {
    let (_kit, _, browser) = jan().await;
    let page = browser.read("/").await;
    let address = page.split('"').find(|value| value.ends_with("/look.css")).unwrap();
    let kept = browser.get(address).await;
    assert_eq!(kept.header("content-type"), "text/css; charset=utf-8");
    assert_eq!(kept.header("cache-control"), "public, max-age=31536000, immutable");
    let older = browser.get("/static/0000/look.css").await;
    assert_eq!((older.status, older.header("cache-control")), (200, "no-cache"));
    assert_eq!(browser.get("/static/0000/none.css").await.status, 404);
}

#[tokio::test]
async fn a_browser_that_can_open_it_gets_a_file_in_a_third_of_the_bytes() {
    let (kit, ..) = jan().await;
    let address = format!("{}/static/0000/look.css", kit.base);
    let whole = Answer::to(kit.http.get(&address)).await;
    assert_eq!((whole.header("content-encoding"), whole.header("vary")), ("", "accept-encoding"));
    let pressed = kit.http.get(&address).header("accept-encoding", "gzip, deflate, br").send().await.unwrap();
    assert_eq!(pressed.headers()["content-encoding"], "gzip");
    assert_eq!(pressed.headers()["content-type"], "text/css; charset=utf-8");
    assert!(pressed.bytes().await.unwrap().len() * 3 < whole.text.len());
}

#[tokio::test]
async fn a_practices_accent_is_a_style_sheet_of_its_own() {
    let (kit, _, browser) = jan().await;
    let path = "/practices/01000001/theme.css";
    assert_eq!(browser.read(path).await, "");
    kit.set("01000001", "accent", "#7a2e8e").await;
    assert!(browser.read(path).await.contains("--accent: #7a2e8e; --accent-ink: #ffffff;"));
    assert_eq!(browser.read("/practices/99999999/theme.css").await, "");
    let page = kit.browser(JAN).await.read("/book/01000001").await;
    assert!(page.contains(r#"<link rel="stylesheet" href="/practices/01000001/theme.css">"#), "{page}");
}
