use serde_json::json;
use testkit::{Database, Kit};

#[tokio::test]
async fn a_browser_learns_the_key_to_subscribe_for() {
    let kit = Kit::start(Database::sqlite()).await;
    let key = "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8";
    assert_eq!(kit.visitor().get("/push/key").await.json(), json!({ "key": key }));
}
