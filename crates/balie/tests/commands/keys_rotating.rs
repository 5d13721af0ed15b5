//! `balie keys rotate` and `retire`, beside a `balie serve` that works, and without one.

use std::fs;

use jiff::SignedDuration;
use reqwest::Client;
use serde_json::json;
use testkit::{Caller, NOBODY, appointment, invitation};
use world::{Clock as _, SystemClock};

use crate::{
    operator::Operator,
    serving::{Serving, free_port},
};

const AGB: &str = "01000001";

/// A platform whose keys stand in a file of their own.
pub(crate) struct Scene {
    pub(crate) operator: Operator,
    base: String,
    secret: String,
}

impl Scene {
    fn new() -> Self {
        Self::of(Operator::new())
    }

    /// One whose tables are there, or can be made.
    pub(crate) fn of(operator: Operator) -> Self {
        let port = free_port();
        let text = fs::read_to_string(operator.file()).unwrap();
        let (rest, keys) = text.split_once("[keys]\n").unwrap();
        let (keys, push) = keys.split_once("\n[push]").unwrap();
        let rest = rest.replace("'127.0.0.1:0'", &format!("'127.0.0.1:{port}'"));
        fs::write(operator.file(), format!("keys = {{ file = 'keys.toml' }}\n{rest}\n[push]{push}")).unwrap();
        fs::write(operator.0.path().join("keys.toml"), keys).unwrap();
        let secret = operator.succeeds(&["xis-client", "add", "my-xis"]);
        let secret =
            secret.lines().find_map(|line| line.strip_prefix("client_secret = ")).unwrap().to_owned();
        let park = "park_unknown_patients=on";
        operator.succeeds(&["practice", "add", AGB, "--name", "De Linde", "--client", "my-xis", park]);
        Self { operator, base: format!("http://127.0.0.1:{port}"), secret }
    }

    async fn caller(&self) -> Caller {
        Caller::new(&self.base, &Client::new(), "my-xis", &self.secret).await
    }

    /// A visit of somebody without an account waits (A2).
    pub(crate) async fn is_parked(&self, id: &str) {
        let mut visit = appointment(id, NOBODY);
        let start = SystemClock.now() + SignedDuration::from_hours(7 * 24);
        visit["start"] = json!(start.to_string());
        visit["end"] = json!((start + SignedDuration::from_mins(10)).to_string());
        let answer = self.caller().await.put(AGB, id, &visit).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
    }

    pub(crate) fn keys(&self) -> toml::Table {
        fs::read_to_string(self.operator.0.path().join("keys.toml")).unwrap().parse().unwrap()
    }
}

/// ASVS: 11.2.2
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keys_change_while_the_platform_works_and_the_old_ones_go() {
    let scene = Scene::new();
    let serving = Serving::start(&scene.operator);
    scene.is_parked("before").await;
    let said = scene.operator.succeeds(&["keys", "rotate"]);
    let expected = [
        "key 2 is in use",
        "parked_update.body: 1 sealed anew",
        "parked_update.bsn: 1 sealed anew",
        "parked_update.bsn_index: 1 indexed anew",
        "everything is sealed and found with key 2",
        "the former key is no longer needed: `balie keys retire` takes it out",
    ];
    for line in expected {
        assert!(said.contains(line), "{line}: {said}");
    }
    scene.is_parked("after").await;
    let again = scene.operator.succeeds(&["keys", "rotate"]);
    assert!(!again.contains("anew") && again.contains("no longer needed"), "{again}");
    let said = scene.operator.succeeds(&["keys", "retire"]);
    assert!(said.starts_with("key 1 is gone"), "{said}");
    let keys = scene.keys();
    assert_eq!((keys["current"].as_integer(), keys["sealing"].as_table().unwrap().len()), (Some(2), 1));
    assert!(!keys.contains_key("other_index"));
    scene.is_parked("later").await;
    assert!(serving.stop().0.success());
    assert_eq!(scene.operator.fails(&["keys", "retire"]), "balie: there is one key, and it is in use");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_service_it_works_too_and_a_repeat_needs_the_old_key_for_a_day() {
    let scene = Scene::new();
    let serving = Serving::start(&scene.operator);
    let invited = scene.caller().await.post(AGB, &invitation(NOBODY)).await;
    assert_eq!(invited.status, 201, "{}", invited.text);
    serving.kill();
    let said = scene.operator.succeeds(&["keys", "rotate"]);
    assert!(said.contains("invitation.bsn_index: 1 indexed anew"), "{said}");
    assert!(said.contains("the former key is still needed: it tells repeats"), "{said}");
    let refused = scene.operator.fails(&["keys", "retire"]);
    assert!(refused.contains("still needed: it tells repeats"), "{refused}");
    let serving = Serving::start(&scene.operator);
    let again = scene.caller().await.post(AGB, &invitation(NOBODY)).await;
    assert_eq!(again.header("location"), invited.header("location"), "the same invitation, not another");
    assert!(serving.stop().0.success());
}

#[test]
fn keys_in_the_configuration_itself_stay_as_they_are() {
    let operator = Operator::new();
    let refused = operator.fails(&["keys", "rotate"]);
    assert!(refused.contains("they must stand in a file of their own"), "{refused}");
}

/// ASVS: 13.3.1
#[test]
fn no_command_prints_a_secret_of_the_configuration() {
    let scene = Scene::new();
    let (config, keys) = (fs::read_to_string(scene.operator.file()).unwrap(), scene.keys());
    let vapid = config.split("vapid_key = \"").nth(1).unwrap().split('"').next().unwrap();
    let sealing = keys["sealing"]["1"].as_str().unwrap();
    let secrets = [vapid, sealing, keys["index"].as_str().unwrap(), "geheim", "BEGIN PRIVATE KEY"];
    for words in
        [&["config", "check"][..], &["keys", "rotate"], &["practice", "list"], &["practice", "show", AGB]]
    {
        let said = scene.operator.types(words);
        for secret in secrets {
            assert!(!said.out.contains(secret) && !said.err.contains(secret), "{words:?}");
        }
    }
    let wrong = config.replace("file = 'keys.toml'", "file = 'mail-password'");
    fs::write(scene.operator.file(), wrong).unwrap();
    let refused = scene.operator.fails(&["config", "check"]);
    assert!(!refused.contains("geheim"), "{refused}");
}
