//! Configuration files: TOML, in which any text can also be `{ file = "PATH" }` or `{ env = "NAME" }`.

#[cfg(test)]
mod any_text;
mod audit;
#[cfg(any(test, feature = "fuzz"))]
pub(crate) mod door;
mod issuers;
mod keys;
mod keys_file;
mod login;
mod platform;
mod replace;
mod roles;
#[cfg(test)]
mod secrecy;
mod shown;
mod sources;
mod web;

use std::{net::SocketAddr, path::Path};

use anyhow::{Context as _, anyhow, bail};
use serde::{Deserialize, de::DeserializeOwned};
use serving::Serving;
use world::Outgoing;

pub(crate) use keys::{KeysTable, new_keys};
pub(crate) use keys_file::{KeysFile, Rotation};
pub(crate) use platform::PlatformFile;
pub(crate) use shown::shown;

use web::{OutgoingTable, TlsTable};

/// The configuration file of `balie xis`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct XisFile {
    /// Address and port to listen on.
    pub(crate) listen: SocketAddr,
    /// How connections are secured; without it they are not.
    tls: Option<TlsTable>,
    /// Host names of platforms: who calls for one must show its certificate (mutual TLS). None: nobody must.
    #[serde(default)]
    pub(crate) callers: Vec<String>,
    /// Which platforms may be called.
    #[serde(default)]
    outgoing: OutgoingTable,
    /// Everything else.
    pub(crate) xis: xis::Config,
}

impl XisFile {
    /// How it treats those who connect; `path` is of the file itself.
    pub(crate) fn serving(&self, path: &Path) -> anyhow::Result<Serving> {
        let tls = TlsTable::opened(self.tls.as_ref(), ("callers", &self.callers), path)?;
        Ok(Serving::new(tls, Vec::new()))
    }

    /// Which machines it may call.
    pub(crate) fn outgoing(&self) -> anyhow::Result<Outgoing> {
        self.outgoing.outgoing()
    }

    /// Reads the file of a practice system, and refuses pages without a login that others could reach.
    pub(crate) fn read(path: &Path) -> anyhow::Result<Self> {
        let file: Self = read(path)?;
        if file.xis.without_login && !file.listen.ip().is_loopback() {
            bail!(
                "{}: xis.without_login = true opens patients' data to whoever reaches it: listen on 127.0.0.1 or \
                 [::1], or add [xis.login]",
                path.display()
            );
        }
        Ok(file)
    }
}

/// Reads a configuration file.
pub(crate) fn read<T: DeserializeOwned>(path: &Path) -> anyhow::Result<T> {
    let mut table = read_table(path)?;
    keys_file::unfold(&mut table)?;
    let table = toml::Value::Table(table);
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

/// A file as it is written, with nothing in it that comes from elsewhere.
pub(crate) fn read_as_written(path: &Path) -> anyhow::Result<toml::Table> {
    let text = std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    parse(path, &text)
}

fn parse(path: &Path, text: &str) -> anyhow::Result<toml::Table> {
    text.parse().map_err(|error| no_toml(path, text, &error))
}

/// Reads a file into its table, with every text where it comes from.
pub(crate) fn read_table(path: &Path) -> anyhow::Result<toml::Table> {
    let text = std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let table = parse(path, &text)?;
    let folder = path.parent().unwrap_or_else(|| Path::new(""));
    sources::resolve_all(table, folder).with_context(|| format!("{} is not complete", path.display()))
}
