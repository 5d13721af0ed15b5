//! As whom the platform works on PostgreSQL: the roles that an operator makes, and what is refused.

use std::process::Command;

use uuid::Uuid;
use world::{Chance as _, SystemChance};

use crate::operator::Operator;

/// A database of its own, and its address for each role.
pub(crate) struct Roles(String);

impl Roles {
    pub(crate) fn new() -> Self {
        let server = std::env::var("BALIE_TEST_POSTGRES").expect("run this through scripts/with-postgres");
        let id: Uuid = SystemChance.uuid();
        let name = format!("roles_{}", id.simple());
        let create = format!("create database {name} owner balie_owner");
        let made = Command::new("psql").args([&server, "--quiet", "--command", &create]).status().unwrap();
        assert!(made.success());
        Self(server.replace("/postgres", &format!("/{name}")))
    }

    pub(crate) fn address(&self, role: &str) -> String {
        self.0.replace("//balie@", &format!("//{role}@"))
    }

    /// As the superuser.
    pub(crate) fn does(&self, statement: &str) {
        let done = Command::new("psql").args([&self.0, "--quiet", "--command", statement]).status().unwrap();
        assert!(done.success(), "{statement}");
    }

    /// An operator whose file names the database for this role, with these lines before it.
    pub(crate) fn operator(&self, role: &str, lines: &str) -> Operator {
        let operator = Operator::new();
        let text = std::fs::read_to_string(operator.file()).unwrap();
        let database = format!("database = '{}'", operator.database());
        let text = text.replace(&database, &format!("{lines}database = '{}'", self.address(role)));
        std::fs::write(operator.file(), text).unwrap();
        operator
    }
}

/// ASVS: 8.4.1
#[test]
fn the_owner_migrates_and_the_service_works() {
    let roles = Roles::new();
    let operator = roles.operator("balie_service", "");
    let said = operator.fails(&["config", "check"]);
    assert!(said.contains("only the role that owns them can change that"), "{said}");
    let owner = roles.address("balie_owner");
    for _ in 0..2 {
        assert_eq!(operator.succeeds(&["migrate", "--owner", &owner]), "the tables are up to date\n");
    }
    assert!(operator.succeeds(&["config", "check"]).contains("is good"));
    operator.succeeds(&["xis-client", "add", "my-xis"]);
    operator.succeeds(&["practice", "add", "01000001", "--name", "De Linde", "--client", "my-xis"]);
    assert_eq!(operator.succeeds(&["migrate"]), "the tables are up to date\n", "nothing is left to do");
}

/// ASVS: 8.4.1
#[test]
fn a_role_that_gets_past_the_wall_is_refused_unless_the_operator_says_so() {
    let roles = Roles::new();
    roles.operator("balie_service", "").succeeds(&["migrate", "--owner", &roles.address("balie_owner")]);
    for (role, power) in [("balie", "is a superuser"), ("balie_owner", "owns the tables")] {
        for words in [["serve"].as_slice(), &["config", "check"]] {
            let said = roles.operator(role, "").fails(words);
            assert!(said.contains(&format!("the role {role} {power}")), "{words:?}: {said}");
            assert!(said.contains("any_database_role = true"), "{said}");
        }
        let laptop = roles.operator(role, "any_database_role = true\n");
        assert!(laptop.succeeds(&["config", "check"]).contains("is good"));
    }
}
