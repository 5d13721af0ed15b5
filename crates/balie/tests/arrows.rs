//! Which crate may lean on which: the arrows of ARCHITECTURE.md, and no others.

use std::{
    collections::BTreeSet,
    error::Error,
    process::{Command, Stdio},
};

use serde::Deserialize;

/// Each crate of the workspace with the crates of ours that it may use.
const ARROWS: &[(&str, &[&str])] = &[
    ("world", &[]),
    ("agenda", &[]),
    ("fhir", &[]),
    ("db", &[]),
    ("serving", &["world"]),
    ("oauth", &["world"]),
    ("outbox", &["db", "world"]),
    ("store", &["agenda", "db", "outbox"]),
    ("platform", &["agenda", "fhir", "oauth", "outbox", "store", "world"]),
    // A misreading of FHIR must not cancel itself out: the two ends share no wire type and no rule.
    ("xis", &["db", "oauth", "outbox", "world"]),
    ("balie", &["agenda", "oauth", "outbox", "platform", "serving", "store", "world", "xis"]),
    ("testkit", &["agenda", "db", "fhir", "oauth", "outbox", "platform", "store", "world", "xis"]),
    ("sim", &["agenda", "db", "oauth", "platform", "store", "testkit", "world", "xis"]),
    // It measures the built program from outside, and what it is compared to must owe it nothing.
    ("bench", &[]),
];

/// What any crate's tests may use on top of its own arrows.
const FOR_TESTS: &str = "testkit";

/// The one crate that speaks SQL.
const SPEAKS_SQL: &str = "db";

#[test]
fn every_crate_has_its_arrows() -> Result<(), Box<dyn Error>> {
    let workspace = workspace()?;
    let written: BTreeSet<&str> = ARROWS.iter().map(|(name, _)| *name).collect();
    assert_eq!(names(&workspace), written, "a crate came or went: say above what it may use");
    Ok(())
}

#[test]
fn no_crate_uses_another_without_an_arrow() -> Result<(), Box<dyn Error>> {
    let workspace = workspace()?;
    let ours = names(&workspace);
    let strays: Vec<String> = workspace
        .packages
        .iter()
        .flat_map(|package| package.dependencies.iter().map(move |used| (package, used)))
        .filter(|(package, used)| ours.contains(used.name.as_str()) && !is_allowed(package, used))
        .map(|(package, used)| format!("{} -> {}", package.name, used.name))
        .collect();
    assert!(strays.is_empty(), "arrows that ARCHITECTURE.md does not have: {strays:#?}");
    Ok(())
}

#[test]
fn only_db_speaks_sql() -> Result<(), Box<dyn Error>> {
    let workspace = workspace()?;
    let is_driver = |name: &str| ["rusqlite", "tokio-postgres", "deadpool-postgres", "sqlx"].contains(&name);
    let speakers: BTreeSet<&str> = workspace
        .packages
        .iter()
        .filter(|package| package.dependencies.iter().any(|used| is_driver(&used.name)))
        .map(|package| package.name.as_str())
        .collect();
    assert_eq!(speakers, BTreeSet::from([SPEAKS_SQL]));
    Ok(())
}

/// The README's first command names no program, and cargo does not choose among several.
#[test]
fn cargo_run_runs_balie() -> Result<(), Box<dyn Error>> {
    let workspace = workspace()?;
    let run: Vec<_> =
        workspace.packages.iter().filter_map(|package| package.default_run.as_deref()).collect();
    assert_eq!(run, ["balie"]);
    Ok(())
}

/// The crates of ours with what their manifests say they use, for every platform and feature.
fn workspace() -> Result<Workspace, Box<dyn Error>> {
    let told = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--format-version=1"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stderr(Stdio::inherit())
        .output()?;
    Ok(serde_json::from_slice(&told.stdout)?)
}

/// What `cargo metadata` tells, as far as it matters here. (The crate of that name would build serde_json, and all
/// that uses it, a second time for tests: it turns on a feature that the program does without.)
#[derive(Deserialize)]
struct Workspace {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    default_run: Option<String>,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    /// `dev`, `build`, or none for what the crate itself uses.
    kind: Option<String>,
}

fn names(workspace: &Workspace) -> BTreeSet<&str> {
    workspace.packages.iter().map(|package| package.name.as_str()).collect()
}

fn is_allowed(package: &Package, used: &Dependency) -> bool {
    let tests_may = used.kind.as_deref() == Some("dev") && used.name == FOR_TESTS;
    let arrows = ARROWS.iter().find(|(name, _)| *name == package.name);
    tests_may || arrows.is_some_and(|(_, may_use)| may_use.contains(&used.name.as_str()))
}
