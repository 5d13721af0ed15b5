use testkit::JAN;

use super::page::{TIMES, choose, jan};

#[tokio::test]
async fn every_page_forbids_what_it_does_not_need_and_is_not_kept_by_the_browser() {
    let (_kit, _, browser) = jan().await;
    for path in ["/", "/book/01000001", "/no/such/page"] {
        let answer = browser.get(path).await;
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; ") && !policy.contains("unsafe"), "{policy}");
        assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(answer.header("referrer-policy"), "same-origin");
    }
}

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
