//! What somebody writes into a configuration file: for the fuzzer, and for the tests of `any_text`.

use std::path::Path;

use toml::{Table, Value};

use super::{PlatformFile, XisFile, read};

/// The secret of every seed.
pub(super) const SECRET: &str = "Zwaluwstaart";

/// Where a secret may stand; `*` is any one key or place in a list. What stands elsewhere may be said.
const SECRET_PLACES: [&str; 11] = [
    "database",
    "login.client_secret",
    "mail.password",
    "keys.sealing.*",
    "keys.index",
    "xis.database",
    "xis.login.client_secret",
    "xis.practices.*.platform.client_secret",
    "xis.keys.index",
    "xis.keys.audit",
    "xis.keys.sealing.*",
];

/// A configuration, read as each program would: whatever is wrong with it, no secret is said.
///
/// # Panics
/// When one is.
pub fn configuration(text: &[u8]) {
    if takes_from_elsewhere(text) {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let said = said(folder.path(), text);
    assert!(!said.contains(SECRET) || is_elsewhere(text), "a secret is said: {said}");
}

/// Reads it as either program would, and gives what was said of it.
pub(super) fn said(folder: &Path, text: &[u8]) -> String {
    let path = folder.join("balie.toml");
    std::fs::write(&path, text).expect("a file in a folder of ours");
    let platform = read::<PlatformFile>(&path).and_then(|file| file.platform());
    let xis = XisFile::read(&path);
    let errors = [platform.err(), xis.err()].into_iter().flatten();
    errors.map(|error| format!("{error:#}\n{error:?}\n")).collect()
}

/// Files and variables of this machine are none of the fuzzer's business: some never end.
fn takes_from_elsewhere(text: &[u8]) -> bool {
    parsed(text).is_some_and(|table| any(&Value::Table(table), &mut |key, _| matches!(key, "file" | "env")))
}

/// Whether the secret became part of a name, or stands where none belongs: then it may be said.
fn is_elsewhere(text: &[u8]) -> bool {
    let Some(table) = parsed(text) else { return false };
    let mut path = Vec::new();
    strays(&Value::Table(table), &mut path)
}

fn parsed(text: &[u8]) -> Option<Table> {
    std::str::from_utf8(text).ok()?.parse().ok()
}

fn any(value: &Value, is_it: &mut impl FnMut(&str, &Value) -> bool) -> bool {
    match value {
        Value::Table(table) => table.iter().any(|(key, value)| is_it(key, value) || any(value, is_it)),
        Value::Array(all) => all.iter().any(|value| any(value, is_it)),
        _ => false,
    }
}

fn strays(value: &Value, path: &mut Vec<String>) -> bool {
    let mut within = |key: &str, value: &Value| {
        path.push(key.to_owned());
        let has_strayed = key.contains(SECRET) || strays(value, path);
        path.pop();
        has_strayed
    };
    match value {
        Value::Table(table) => table.iter().any(|(key, value)| within(key, value)),
        Value::Array(all) => all.iter().any(|value| within("*", value)),
        Value::String(text) => text.contains(SECRET) && !is_secret(path),
        _ => false,
    }
}

fn is_secret(path: &[String]) -> bool {
    let fits = |place: &str| {
        let mut keys = place.split('.');
        path.iter().all(|key| keys.next().is_some_and(|one| one == "*" || one == key))
            && keys.next().is_none()
    };
    SECRET_PLACES.into_iter().any(fits)
}
