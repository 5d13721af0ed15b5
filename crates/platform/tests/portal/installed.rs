//! The portal on a home screen, and without a connection.

use serde_json::Value;
use testkit::{Database, Kit};

use super::page::{jan, text};

/// The addresses in a text that stand between quotes and lead to a file of ours.
fn files(text: &str) -> impl Iterator<Item = &str> {
    text.split('"').filter(|part| part.starts_with("/static/"))
}

/// What the worker is given to keep.
fn kept(script: &str) -> Value {
    let (first, _) = script.split_once(";\n").unwrap();
    serde_json::from_str(first.strip_prefix("const OFFLINE = ").unwrap()).unwrap()
}

#[tokio::test]
async fn what_a_browser_installs_has_an_address_that_never_changes_and_is_asked_for_anew() {
    let kit = Kit::start(Database::sqlite()).await;
    let nobody = kit.visitor();
    for (path, media_type) in
        [("/sw.js", "text/javascript; charset=utf-8"), ("/manifest.webmanifest", "application/manifest+json")]
    {
        let answer = nobody.get(path).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, media_type));
        assert_eq!(answer.header("cache-control"), "no-cache");
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("connect-src 'self'") && policy.contains("script-src 'self'"), "{policy}");
    }
    let page = nobody.read("/").await;
    assert!(page.contains(r#"<link rel="manifest" href="/manifest.webmanifest">"#), "{page}");
    assert!(page.contains(r##"content="#1a2029" media="(prefers-color-scheme: dark)""##), "{page}");
}

#[tokio::test]
async fn everything_that_the_worker_the_manifest_and_the_offline_page_name_is_there() {
    let kit = Kit::start(Database::sqlite()).await;
    let nobody = kit.visitor();
    for naming in ["/manifest.webmanifest", "/sw.js", "/offline/nl", "/offline/en", "/"] {
        let named = nobody.read(naming).await;
        assert!(files(&named).count() > 1, "{naming}");
        for file in files(&named) {
            let answer = nobody.get(file).await;
            let media_type = match file.rsplit('.').next().unwrap() {
                "png" => "image/png",
                "svg" => "image/svg+xml",
                "css" => "text/css; charset=utf-8",
                "js" => "text/javascript; charset=utf-8",
                other => panic!("{naming} names a file of kind {other}"),
            };
            assert_eq!((answer.status, answer.header("content-type")), (200, media_type), "{naming}: {file}");
        }
    }
}

#[tokio::test]
async fn the_manifest_is_whole_and_speaks_the_language_of_the_browser() {
    let kit = Kit::start(Database::sqlite()).await;
    let asked = async |language: &str| -> Value {
        let get =
            kit.http.get(format!("{}/manifest.webmanifest", kit.base)).header("accept-language", language);
        serde_json::from_str(&get.send().await.unwrap().text().await.unwrap()).unwrap()
    };
    let (dutch, english) = (asked("nl-NL").await, asked("en-GB").await);
    assert_eq!((&dutch["lang"], &dutch["name"]), (&"nl".into(), &"Balie: uw afspraken".into()));
    assert_eq!((&english["lang"], &english["name"]), (&"en".into(), &"Balie: your appointments".into()));
    for key in ["id", "scope", "start_url"] {
        assert_eq!(dutch[key], "/");
    }
    for (sizes, purpose) in
        [("192x192", "any"), ("512x512", "any"), ("512x512", "maskable"), ("any", "any"), ("any", "maskable")]
    {
        let icons = dutch["icons"].as_array().unwrap();
        assert!(
            icons.iter().any(|icon| icon["sizes"] == sizes && icon["purpose"] == purpose),
            "{sizes} {purpose}"
        );
    }
    for shortcut in dutch["shortcuts"].as_array().unwrap() {
        assert_eq!(kit.visitor().get(shortcut["url"].as_str().unwrap()).await.status, 303, "{shortcut}");
    }
}

#[tokio::test]
async fn without_a_connection_there_is_a_page_in_each_language_and_it_knows_nobody() {
    let (kit, _, browser) = jan().await;
    for (code, title, again) in
        [("nl", "Er is geen verbinding", "Opnieuw proberen"), ("en", "There is no connection", "Try again")]
    {
        let path = format!("/offline/{code}");
        let page = kit.visitor().get(&path).await;
        assert!(page.text.contains(&format!("<html lang=\"{code}\">")), "{}", page.text);
        assert_eq!((page.header("cache-control"), page.header("set-cookie")), ("no-cache", ""));
        assert!(text(&page.text).contains(title) && text(&page.text).contains(again), "{}", page.text);
        // Whoever asks.
        assert_eq!(browser.read(&path).await, page.text);
    }
    assert_eq!(kit.visitor().get("/offline/xx").await.status, 404);
}

#[tokio::test]
async fn the_worker_keeps_the_page_with_all_that_it_loads_and_a_page_says_its_language() {
    let (_kit, _, browser) = jan().await;
    let kept = kept(&browser.read("/sw.js").await);
    assert_eq!(kept["pages"], serde_json::json!({ "nl": "/offline/nl", "en": "/offline/en" }));
    let page = browser.read("/offline/nl").await;
    for file in files(&page) {
        assert!(kept["files"].as_array().unwrap().contains(&file.into()), "{file} is not kept");
    }
    assert_eq!(browser.get("/").await.header("content-language"), "nl");
    browser.post("/language", &[("language", "en"), ("to", "/")]).await;
    assert_eq!(browser.get("/").await.header("content-language"), "en");
}
