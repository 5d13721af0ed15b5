//! Keys change beside a process that lags, and beside one that cannot say so.

use std::{fs, thread};

use crate::{keys_rotating::Scene, operator::Operator, roles::Roles, serving::Serving};

/// ASVS: 11.2.2
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_stays_as_long_as_a_process_writes_with_it_and_what_that_wrote_is_sealed_anew() {
    let scene = Scene::of(Operator::new());
    let (folder, config) = (scene.operator.0.path(), scene.operator.file());
    fs::copy(folder.join("keys.toml"), folder.join("keys-of-before.toml")).unwrap();
    scene.operator.succeeds(&["keys", "rotate"]);
    // One machine has still the file of before.
    let text = fs::read_to_string(&config).unwrap();
    fs::write(&config, text.replace("'keys.toml'", "'keys-of-before.toml'")).unwrap();
    let lagging = Serving::start(&scene.operator);
    fs::write(&config, text).unwrap();
    let refused = scene.operator.fails(&["keys", "retire"]);
    assert!(refused.contains("these processes do not use the new keys: "), "{refused}");
    scene.is_parked("late").await;
    assert_eq!(scene.keys()["sealing"].as_table().unwrap().len(), 2, "nothing was taken out");
    assert!(lagging.stop().0.success());
    let said = scene.operator.succeeds(&["keys", "retire"]);
    for column in ["parked_update.bsn: 1 sealed anew", "parked_update.bsn_index: 1 indexed anew"] {
        assert!(said.contains(column), "{said}");
    }
    assert!(said.contains("key 1 is gone"), "{said}");
    assert_eq!(scene.keys()["sealing"].as_table().unwrap().len(), 1);
}

/// On PostgreSQL, where the database can refuse one thing alone.
#[test]
fn a_process_that_could_not_say_which_keys_it_holds_says_so_as_soon_as_it_can() {
    let roles = Roles::new();
    let operator = roles.operator("balie_service", "");
    operator.succeeds(&["migrate", "--owner", &roles.address("balie_owner")]);
    let scene = Scene::of(operator);
    let serving = Serving::start(&scene.operator);
    let holders = "insert, update on balie_platform.key_holder";
    roles.does(&format!("revoke {holders} from balie_service"));
    let said = thread::scope(|scope| {
        let rotating = scope.spawn(|| scene.operator.succeeds(&["keys", "rotate"]));
        serving.logs("the changed keys cannot be used");
        roles.does(&format!("grant {holders} to balie_service"));
        rotating.join().unwrap()
    });
    assert!(said.contains("everything is sealed and found with key 2"), "{said}");
    assert!(serving.stop().0.success());
    assert!(scene.operator.succeeds(&["keys", "retire"]).contains("key 1 is gone"));
}
