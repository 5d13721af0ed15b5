//! Configuration files: TOML, in which any text can also be `{ file = "PATH" }` or `{ env = "NAME" }`.

mod keys;
mod platform;
mod sources;

use std::{net::SocketAddr, path::Path};

use anyhow::{Context as _, anyhow};
use serde::{Deserialize, de::DeserializeOwned};

pub(crate) use keys::{KeysTable, new_keys};
pub(crate) use platform::PlatformFile;

/// The configuration file of `balie xis`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct XisFile {
    /// Address and port to listen on.
    pub(crate) listen: SocketAddr,
    /// Everything else.
    pub(crate) xis: xis::Config,
}

/// Reads a configuration file.
pub(crate) fn read<T: DeserializeOwned>(path: &Path) -> anyhow::Result<T> {
    let table = toml::Value::Table(read_table(path)?);
    serde_path_to_error::deserialize(table).map_err(|error| {
        let what = error.inner().message().replace('\n', " ");
        anyhow!("{}: {}: {what}", path.display(), error.path())
    })
}

/// Says where, and never what stands there: it may be a secret.
fn no_toml(path: &Path, text: &str, error: &toml::de::Error) -> anyhow::Error {
    let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
    anyhow!("{}, line {}: {}", path.display(), before.lines().count().max(1), error.message())
}

/// Reads a file into its table, with every text where it comes from.
pub(crate) fn read_table(path: &Path) -> anyhow::Result<toml::Table> {
    let text = std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let table: toml::Table = text.parse().map_err(|error| no_toml(path, &text, &error))?;
    let folder = path.parent().unwrap_or_else(|| Path::new(""));
    sources::resolve_all(table, folder).with_context(|| format!("{} is not complete", path.display()))
}
