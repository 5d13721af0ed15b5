use serde_json::json;
use testkit::{Database, Kit};

#[tokio::test]
async fn the_service_worker_is_at_the_root_and_asked_for_anew_each_time() {
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
}

#[tokio::test]
async fn everything_that_the_worker_and_the_manifest_name_is_there() {
    let kit = Kit::start(Database::sqlite()).await;
    let nobody = kit.visitor();
    let manifest = nobody.get("/manifest.webmanifest").await;
    let mut icons: Vec<String> = manifest.json()["icons"]
        .as_array()
        .unwrap()
        .iter()
        .map(|icon| icon["src"].as_str().unwrap().to_owned())
        .collect();
    let script = nobody.read("/sw.js").await;
    icons.extend(script.split('"').filter(|text| text.starts_with("/static/")).map(str::to_owned));
    assert_eq!(icons.len(), 5);
    for icon in icons {
        let answer = nobody.get(&icon).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, "image/png"), "{icon}");
    }
    let page = nobody.read("/").await;
    assert!(page.contains(r#"<link rel="manifest" href="/manifest.webmanifest">"#), "{page}");
}

#[tokio::test]
async fn a_browser_learns_the_key_to_subscribe_for() {
    let kit = Kit::start(Database::sqlite()).await;
    let key = "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8";
    assert_eq!(kit.visitor().get("/push/key").await.json(), json!({ "key": key }));
}
