//! Secrets do not have to stand in the file itself.

use std::path::Path;

use anyhow::Context as _;
use toml::{Table, Value};

/// Puts the content of the file or of the environment variable in the place of every `{ file = "..." }` and
/// `{ env = "..." }`. Paths are relative to the configuration file's folder.
pub(super) fn resolve_all(table: Table, folder: &Path) -> anyhow::Result<Table> {
    table.into_iter().map(|(key, value)| Ok((key.clone(), resolve(value, folder).context(key)?))).collect()
}

fn resolve(value: Value, folder: &Path) -> anyhow::Result<Value> {
    match value {
        Value::Table(table) => match source(&table) {
            Some(("file", path)) => {
                let text = std::fs::read_to_string(folder.join(path))
                    .with_context(|| format!("{path} cannot be read"))?;
                Ok(Value::String(text.trim_end().to_owned()))
            }
            Some((_, name)) => std::env::var(name)
                .map(Value::String)
                .with_context(|| format!("the environment has no {name}")),
            None => resolve_all(table, folder).map(Value::Table),
        },
        Value::Array(all) => {
            all.into_iter().map(|one| resolve(one, folder)).collect::<anyhow::Result<_>>().map(Value::Array)
        }
        other => Ok(other),
    }
}

/// The one key and its text, where a table says where a text comes from.
fn source(table: &Table) -> Option<(&str, &str)> {
    let (key, value) = table.iter().next().filter(|_| table.len() == 1)?;
    matches!(key.as_str(), "file" | "env").then_some((key.as_str(), value.as_str()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolved(text: &str, folder: &Path) -> anyhow::Result<Table> {
        resolve_all(text.parse().unwrap(), folder)
    }

    #[test]
    fn a_text_can_come_from_a_file_or_the_environment() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("secret"), "geheim\n").unwrap();
        let text = "[login]\nsecret = { file = \"secret\" }\npath = { env = \"PATH\" }\nplain = \"x\"";
        let table = resolved(text, folder.path()).unwrap();
        assert_eq!(table["login"]["secret"].as_str(), Some("geheim"));
        assert_eq!(table["login"]["path"].as_str(), Some(std::env::var("PATH").unwrap().as_str()));
        assert_eq!(table["login"]["plain"].as_str(), Some("x"));
    }

    #[test]
    fn what_is_missing_is_named_with_its_key() {
        let folder = tempfile::tempdir().unwrap();
        let error = resolved("[mail]\npassword = { env = \"BALIE_NO_SUCH\" }", folder.path()).unwrap_err();
        assert_eq!(
            format!("{error:#}"),
            "mail: password: the environment has no BALIE_NO_SUCH: environment variable not found"
        );
    }
}
