//! A configuration file as it may be seen: where a secret stands in it, only that it does.

use std::fmt::Write as _;

use toml::{Table, Value};

/// Names under which secrets stand, or what may hold one.
const SECRETS: [&str; 9] =
    ["database", "password", "secret", "sealing", "index", "audit", "token", "vapid_key", "private_key"];
const HIDDEN: &str = "(hidden)";

/// Line by line, `path = value`, as the file was written: what comes from another file or the environment is named, not read.
pub(crate) fn shown(table: &Table) -> String {
    let mut lines = String::new();
    show_table(&mut lines, "", table);
    lines
}

fn show_table(lines: &mut String, path: &str, table: &Table) {
    for (key, value) in table {
        let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        match value {
            Value::Table(source) if is_source(source) => line(lines, &path, value),
            Value::Table(_) | Value::Array(_) if is_secret(&path) => line(lines, &path, &HIDDEN),
            Value::Table(table) => show_table(lines, &path, table),
            Value::Array(all) if all.iter().any(Value::is_table) => {
                for (place, one) in all.iter().filter_map(Value::as_table).enumerate() {
                    show_table(lines, &format!("{path}[{place}]"), one);
                }
            }
            _ if is_secret(&path) => line(lines, &path, &HIDDEN),
            _ => line(lines, &path, value),
        }
    }
}

fn line(lines: &mut String, path: &str, value: &dyn std::fmt::Display) {
    // Writing to a text does not fail.
    let _ = writeln!(lines, "{path} = {value}");
}

/// `{ file = "…" }` or `{ env = "…" }`.
fn is_source(table: &Table) -> bool {
    table.len() == 1 && table.keys().all(|key| matches!(key.as_str(), "file" | "env"))
}

/// Certificates that are shown to others have their private keys with them. An address of an endpoint for tokens is none.
fn is_secret(path: &str) -> bool {
    let is_one =
        |name: &str| SECRETS.iter().any(|secret| name == *secret || name.ends_with(&format!("_{secret}")));
    path.starts_with("outgoing.certificates.") || path.split(['.', '[']).any(is_one)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// ASVS: 13.3.1
    #[test]
    fn a_secret_is_hidden_wherever_it_stands_and_the_rest_is_shown() {
        let text = "public_url = 'https://a.example'\ndatabase = 'postgres://u:Zwaluw@h/d'\n\
                    [login]\nclient_id = 'balie'\nclient_secret = 'Zwaluw'\ntoken_endpoint = 'https://t.example'\n\
                    [mail]\npassword = { file = 'mail-password' }\n\
                    [keys]\ncurrent = 1\nsealing = { 1 = 'Zwaluw' }\nindex = 'Zwaluw'\nother_index = 'Zwaluw'\n\
                    audit = { 1 = 'Zwaluw' }\ntoken = 'Zwaluw'\n[push]\nvapid_key = 'Zwaluw'\n\
                    [outgoing.certificates]\n'xis.example' = 'Zwaluw'\n\
                    [[xis.practices]]\nagb = '01000001'\n[xis.practices.platform]\nclient_secret = 'Zwaluw'\n";
        let said = shown(&text.parse().unwrap());
        assert!(!said.contains("Zwaluw"), "{said}");
        assert_eq!(said.matches(HIDDEN).count(), 10, "{said}");
        for line in [
            "public_url = \"https://a.example\"",
            "login.client_id = \"balie\"",
            "login.token_endpoint = \"https://t.example\"",
            "mail.password = { file = \"mail-password\" }",
            "keys.current = 1",
            "xis.practices[0].agb = \"01000001\"",
        ] {
            assert!(said.contains(line), "{line}: {said}");
        }
    }
}
