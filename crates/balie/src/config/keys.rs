//! The `[keys]` table.

use std::collections::BTreeMap;

use anyhow::{Context as _, bail};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use oauth::SigningKey;
use platform::VapidKey;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use store::Keys;
use world::Chance;

/// Keys as they stand in a configuration file: base64 of 32 bytes each, and a PEM.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeysTable {
    /// The id of the key that seals.
    current: u8,
    /// Every key that seals or once sealed, by id.
    sealing: BTreeMap<String, SecretString>,
    /// The key of the blind index.
    index: SecretString,
    /// The key of the audit rows' seals.
    audit: SecretString,
    /// The key that signs tokens for practice systems (PEM, ES256); the reference XIS has none.
    token: Option<SecretString>,
}

impl KeysTable {
    /// The keys of what is stored.
    pub(crate) fn vault(&self) -> anyhow::Result<Keys> {
        let mut sealing = BTreeMap::new();
        for (id, key) in &self.sealing {
            let number = id.parse().with_context(|| format!("keys.sealing.{id}: an id is 0 to 255"))?;
            sealing.insert(number, bytes("keys.sealing", key)?);
        }
        Ok(Keys {
            current: self.current,
            sealing,
            index: bytes("keys.index", &self.index)?,
            audit: bytes("keys.audit", &self.audit)?,
        })
    }

    /// The key that signs tokens.
    pub(crate) fn token(&self) -> anyhow::Result<SigningKey> {
        let Some(pem) = &self.token else { bail!("keys.token is missing: `balie keys new` makes one") };
        SigningKey::from_pem(pem.expose_secret()).context("keys.token")
    }
}

fn bytes(key: &str, text: &SecretString) -> anyhow::Result<[u8; 32]> {
    let bytes = STANDARD.decode(text.expose_secret()).ok().and_then(|bytes| bytes.try_into().ok());
    bytes.with_context(|| format!("{key} must be base64 of 32 bytes: `balie keys new` makes one"))
}

/// A new `[keys]` table, as text; for the platform with a token key, and a `[push]` table after it.
pub(crate) fn new_keys(chance: &dyn Chance, prefix: &str, for_platform: bool) -> anyhow::Result<String> {
    let key = || {
        let mut bytes = [0; 32];
        chance.fill(&mut bytes);
        STANDARD.encode(bytes)
    };
    let mut text = format!(
        "[{prefix}keys]\ncurrent = 1\nsealing = {{ 1 = \"{}\" }}\nindex = \"{}\"\naudit = \"{}\"\n",
        key(),
        key(),
        key()
    );
    if for_platform {
        let (pem, vapid) = (SigningKey::generate()?.to_pem(), VapidKey::generate(chance)?.to_text());
        text.push_str(&format!("token = '''\n{}'''\n", pem.expose_secret()));
        text.push_str(&format!("\n[push]\nvapid_key = \"{}\"\n", vapid.expose_secret()));
    }
    Ok(text)
}
