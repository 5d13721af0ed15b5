//! Logins that are true, of people whom we must not let in; and keys that change.

use std::time::Duration;

use serde_json::{Value, json};

use super::{
    Attack, BAD_ID_TOKEN, FAILED, Leaving, NOBODY_KNOWN, TOO_WEAK, leave, on_both, refused, the_truth,
    try_all,
};
use crate::login::evil::{Evil, Key, Said, Sign};

fn too_weak(name: &'static str, twist: fn(&mut Said, &Evil)) -> Attack {
    Attack { name, twist, page: TOO_WEAK, outcome: "refused: low assurance" }
}

fn nobody(name: &'static str, twist: fn(&mut Said, &Evil)) -> Attack {
    Attack { name, twist, page: NOBODY_KNOWN, outcome: "refused: no usable BSN" }
}

/// ASVS: 6.8.4
#[tokio::test]
async fn less_assurance_than_is_asked_for() {
    try_all(&[
        too_weak("low", |said, _| said.claims["acr"] = json!("low")),
        too_weak("unsaid", |said, _| said.claims["acr"] = Value::Null),
        too_weak("empty", |said, _| said.claims["acr"] = json!("")),
        too_weak("a level that nobody knows", |said, _| said.claims["acr"] = json!("Substantial")),
        too_weak("the provider itself says that it is too little", |said, _| {
            said.send_back("code", None);
            said.send_back("error", Some("unmet_authentication_requirements"));
        }),
    ])
    .await;
}

#[tokio::test]
async fn nobody_that_we_can_know() {
    try_all(&[
        nobody("no BSN", |said, _| said.claims["bsn"] = Value::Null),
        nobody("a BSN that fails the 11-proof", |said, _| said.claims["bsn"] = json!("123456789")),
        nobody("a BSN that is a number", |said, _| said.claims["bsn"] = json!(999_990_019)),
        nobody("two BSNs", |said, _| said.claims["bsn"] = json!(["999990019", "999990020"])),
        nobody("a BSN with a prefix", |said, _| said.claims["bsn"] = json!("s00000000:999990019")),
    ])
    .await;
}

#[tokio::test]
async fn a_key_that_the_provider_changed_is_found_after_half_a_minute() {
    for (_kit, kit, evil) in on_both().await {
        the_truth(&kit, &evil).await;
        kit.clock.turn(Duration::from_secs(31));
        let key = Key::new("two");
        evil.answers().jwks = json!({ "keys": [key.public()] });
        let former = std::mem::replace(&mut evil.answers().key, key);
        the_truth(&kit, &evil).await;
        // The one before signs for nobody any more.
        let Leaving { browser, mut said } = leave(&kit, &evil).await;
        said.header["kid"] = json!(former.id);
        said.sign = Sign::With(former);
        let back = evil.say(&said);
        refused(&kit, &browser, &back, FAILED, BAD_ID_TOKEN, "a key that was taken back").await;
    }
}

#[tokio::test]
async fn tokens_with_unknown_keys_make_nobody_ask_the_provider_again_and_again() {
    for (_kit, kit, evil) in on_both().await {
        the_truth(&kit, &evil).await;
        for name in 0..10 {
            let Leaving { browser, mut said } = leave(&kit, &evil).await;
            said.header["kid"] = json!(format!("unknown-{name}"));
            let back = evil.say(&said);
            refused(&kit, &browser, &back, FAILED, BAD_ID_TOKEN, "an unknown key").await;
            kit.clock.turn(Duration::from_secs(1));
        }
        assert_eq!(evil.answers().key_readings, 1);
        the_truth(&kit, &evil).await;
    }
}
