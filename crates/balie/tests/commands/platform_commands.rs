//! Practices, clients and configuration files.

use std::path::Path;

use crate::operator::Operator;

#[test]
fn a_practice_is_added_shown_changed_and_listed() {
    let operator = Operator::new();
    assert!(operator.succeeds(&["config", "check"]).contains("is good"));
    assert_eq!(operator.succeeds(&["migrate"]), "the tables are up to date\n");
    let secret = operator.succeeds(&["xis-client", "add", "my-xis"]);
    assert!(secret.starts_with("client_id = my-xis\nclient_secret = "), "{secret}");
    let added = ["practice", "add", "01000001", "--name", "De Linde", "--client", "my-xis", "approval=on"];
    assert_eq!(operator.succeeds(&added), "practice 01000001 added\n");
    assert_eq!(operator.succeeds(&["practice", "list"]), "01000001  De Linde  (my-xis)\n");
    operator.succeeds(&["practice", "set", "01000001", "name=De Eik", "phone=030 123 45 67", "approval=off"]);
    let shown = operator.succeeds(&["practice", "show", "01000001"]);
    for line in ["name = De Eik", "client = my-xis", "phone = 030 123 45 67", "approval = off"] {
        assert!(shown.lines().any(|shown| shown == line), "{line} is not in\n{shown}");
    }
}

#[test]
fn what_cannot_be_done_is_said_in_one_line_and_changes_nothing() {
    let operator = Operator::new();
    operator.succeeds(&["xis-client", "add", "my-xis"]);
    operator.succeeds(&["practice", "add", "01000001", "--name", "De Linde", "--client", "my-xis"]);
    let cases: [(&[&str], &str); 8] = [
        (&["practice", "add", "01000001", "--name", "x", "--client", "my-xis"], "is there already"),
        (&["practice", "add", "1000001", "--name", "x", "--client", "my-xis"], "eight digits"),
        (&["practice", "add", "01000002", "--name", "x", "--client", "who"], "there is no client who"),
        (&["practice", "show", "01000009"], "there is no practice 01000009"),
        (&["practice", "set", "01000001", "colour=red"], "colour is no setting; there are:"),
        (&["practice", "set", "01000001", "approval=maybe"], "give on or off"),
        (&["practice", "set", "01000001", "approval"], "is not KEY=VALUE"),
        (&["xis-client", "revoke", "who"], "there is no client who that has rights"),
    ];
    let before = operator.succeeds(&["practice", "show", "01000001"]);
    for (words, line) in cases {
        let said = operator.fails(words);
        assert!(said.starts_with("balie: ") && said.contains(line), "{words:?}: {said}");
    }
    assert_eq!(operator.succeeds(&["practice", "show", "01000001"]), before);
}

/// Gives `my-xis` a key of this name.
fn add_key(operator: &Operator, id: &str) -> String {
    let text = format!(
        r#"{{"kty":"EC","crv":"P-256","kid":"{id}","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}}"#
    );
    std::fs::write(operator.0.path().join("key.json"), text).unwrap();
    operator.succeeds(&["xis-client", "add", "my-xis", "--key", "key.json"])
}

#[test]
fn a_client_that_signs_changes_from_one_key_to_the_next() {
    let operator = Operator::new();
    let key = |id: &str| add_key(&operator, id);
    operator.succeeds(&["xis-client", "add", "my-xis"]);
    assert_eq!(key("first"), "client_id = my-xis\nkey first\n");
    assert!(operator.succeeds(&["xis-client", "list"]).ends_with("  secret  key first\n"));
    assert_eq!(key("second"), "client_id = my-xis\nkey second\nkey first\n");
    assert_eq!(key("third"), "client_id = my-xis\nkey third\nkey second\n");
    operator.succeeds(&["xis-client", "add", "my-xis", "--key", "key.json", "--without-secret"]);
    assert!(operator.succeeds(&["xis-client", "list"]).ends_with("Z  key third  key second\n"));

    std::fs::write(operator.0.path().join("key.json"), r#"{"kty":"EC","d":"secret"}"#).unwrap();
    let said = operator.fails(&["xis-client", "add", "my-xis", "--key", "key.json"]);
    assert!(said.contains("this is a private key: keep it") && !said.contains("secret"), "{said}");
}

#[test]
fn a_revoked_client_gets_its_rights_back_with_a_new_secret() {
    let operator = Operator::new();
    let first = operator.succeeds(&["xis-client", "add", "my-xis"]);
    operator.succeeds(&["xis-client", "revoke", "my-xis"]);
    assert!(operator.succeeds(&["xis-client", "list"]).starts_with("my-xis  revoked "));
    let second = operator.succeeds(&["xis-client", "add", "my-xis"]);
    assert_ne!(first, second);
    assert!(operator.succeeds(&["xis-client", "list"]).starts_with("my-xis  since "));
}

#[test]
fn a_revoked_client_gets_its_rights_back_with_a_new_key_and_nothing_it_had_before() {
    let operator = Operator::new();
    let revoke = || operator.succeeds(&["xis-client", "revoke", "my-xis"]);
    operator.succeeds(&["xis-client", "add", "my-xis"]);
    assert_eq!(add_key(&operator, "first"), "client_id = my-xis\nkey first\n");
    revoke();
    assert_eq!(add_key(&operator, "second"), "client_id = my-xis\nkey second\n");
    let list = operator.succeeds(&["xis-client", "list"]);
    assert!(
        list.ends_with("  key second\n") && !list.contains("secret") && !list.contains("first"),
        "{list}"
    );
    revoke();
    operator.succeeds(&["xis-client", "add", "my-xis"]);
    let list = operator.succeeds(&["xis-client", "list"]);
    assert!(list.ends_with("  secret\n") && !list.contains("key"), "{list}");
}

#[test]
fn a_configuration_that_does_not_work_is_explained_without_its_secrets() {
    let operator = Operator::new();
    let good = std::fs::read_to_string(operator.file()).unwrap();
    let cases = [
        (good.replace("listen =", "lisen ="), "unknown field `lisen`"),
        (good.replace("'https://balie.example'", "'balie'"), "public_url"),
        (
            good.replace("'https://balie.example'", "'http://balie.example'"),
            "public_url is http://balie.example/: plain http is for this machine alone",
        ),
        (good.replace("'https://login.example'", "'https://login.example?a=b'"), "issuer"),
        (
            good.replace("file = 'mail-password'", "env = 'BALIE_NO_SUCH'"),
            "the environment has no BALIE_NO_SUCH",
        ),
        (good.replace("index = \"", "index = \"geheim-"), "keys.index must be base64 of 32 bytes"),
        (good.replace("database = 'sqlite:", "database = 'mysql://root:geheim@x/"), "no database address"),
        (good.replace("from = 'Balie <", "from = 'Balie "), "mail cannot be used"),
        (
            good.replace("vapid_key = \"", "vapid_key = \"geheim-"),
            "push.vapid_key (`balie keys new` makes one)",
        ),
        (format!("{good}subject = 'geheim'"), "push cannot be used: the subject"),
        (format!("{good}allow = ['http://127.0.0.1:9/push']"), "is no origin"),
    ];
    for (text, line) in cases {
        std::fs::write(operator.file(), text).unwrap();
        let said = operator.types(&["config", "check"]);
        assert!(!said.ok && said.err.contains(line), "{line}: {}", said.err);
        assert!(!said.err.contains("geheim"), "{}", said.err);
    }
    std::fs::remove_file(operator.file()).unwrap();
    assert!(operator.fails(&["config", "check"]).contains("cannot be read"));
}

#[test]
fn the_demo_file_of_a_practice_system_is_checked_too() {
    let operator = Operator::new();
    let keys = operator.succeeds(&["keys", "new"]);
    let keys = keys.split("token = ").next().unwrap().replace("[keys]", "[xis.keys]");
    let text = |listen: &str, login: &str| {
        format!(
            "listen = '{listen}:0'\n[xis]\npublic_url = 'http://127.0.0.1:1'\ndatabase = 'sqlite:{}'\n\
             issuer = 'https://login.example'\naudience = 'http://127.0.0.1:1/fhir/r4'\npractices = []\n\
             {login}\n{keys}",
            operator.0.path().join("xis.db").display()
        )
    };
    let login = "[xis.login]\nissuer = 'https://login.example'\nclient_id = 'xis'\nclient_secret = 'geheim'";
    let both = format!("without_login = true\n{login}");
    for (text, line) in [
        (text("127.0.0.1", ""), "nothing says where practitioners log in: add [xis.login]"),
        (text("127.0.0.1", &both), "contradict each other"),
        (text("0.0.0.0", "without_login = true"), "listen on 127.0.0.1 or [::1], or add [xis.login]"),
    ] {
        std::fs::write(operator.file(), text).unwrap();
        for command in [&["config", "check"][..], &["xis"]] {
            let said = operator.types(command);
            assert!(!said.ok && said.err.contains(line) && !said.err.contains("geheim"), "{}", said.err);
        }
    }
    for good in [text("0.0.0.0", login), text("[::1]", "without_login = true")] {
        std::fs::write(operator.file(), good).unwrap();
        assert!(operator.succeeds(&["config", "check"]).contains("is good"));
    }
    assert!(Path::new(&operator.0.path().join("xis.db")).exists());
}
