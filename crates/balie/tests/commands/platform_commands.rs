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
fn a_configuration_that_does_not_work_is_explained_without_its_secrets() {
    let operator = Operator::new();
    let good = std::fs::read_to_string(operator.file()).unwrap();
    let cases = [
        (good.replace("listen =", "lisen ="), "unknown field `lisen`"),
        (good.replace("'https://balie.example'", "'balie'"), "public_url"),
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
    let text = format!(
        "listen = '127.0.0.1:0'\n[xis]\npublic_url = 'http://127.0.0.1:1'\ndatabase = 'sqlite:{}'\n\
         issuer = 'https://login.example'\naudience = 'http://127.0.0.1:1/fhir/r4'\npractices = []\n{keys}",
        operator.0.path().join("xis.db").display()
    );
    std::fs::write(operator.file(), &text).unwrap();
    assert!(operator.succeeds(&["config", "check"]).contains("is good"));
    assert!(Path::new(&operator.0.path().join("xis.db")).exists());
}
