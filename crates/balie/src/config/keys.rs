//! The `[keys]` table.

use std::collections::BTreeMap;

use anyhow::{Context as _, bail};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use oauth::SigningKey;
use platform::VapidKey;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use store::{AuditKeys, Keys};
use world::Chance;

/// Keys as they stand in a configuration file: base64 of 32 bytes each, and a PEM.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeysTable {
    /// The id of the key that seals.
    current: u8,
    /// Every key that seals or once sealed, by id.
    sealing: BTreeMap<String, SecretString>,
    /// The id of the key that will seal, while keys rotate: it only opens until every process knows it.
    #[serde(default, rename = "next")]
    _next: Option<u8>,
    /// The key of the blind index.
    index: SecretString,
    /// The index key that comes or the one that goes, while keys rotate.
    other_index: Option<SecretString>,
    /// When the key of now came in use.
    #[serde(default, rename = "changed_at")]
    _changed_at: Option<String>,
    /// The key of the audit rows' seals, or all that there ever was by id: the highest seals.
    audit: AuditKeysTable,
    /// The key that signs tokens for practice systems (PEM, ES256); the reference XIS has none.
    token: Option<SecretString>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum AuditKeysTable {
    One(SecretString),
    ById(BTreeMap<String, SecretString>),
}

impl AuditKeysTable {
    fn keys(&self) -> anyhow::Result<AuditKeys> {
        match self {
            Self::One(key) => Ok(bytes("keys.audit", key)?.into()),
            Self::ById(all) => AuditKeys::new(by_id("keys.audit", all)?).context("keys.audit"),
        }
    }
}

impl KeysTable {
    /// The keys of what is stored.
    pub(crate) fn vault(&self) -> anyhow::Result<Keys> {
        let sealing = by_id("keys.sealing", &self.sealing)?;
        Ok(Keys {
            current: self.current,
            sealing,
            index: bytes("keys.index", &self.index)?,
            audit: self.audit.keys()?,
        })
    }

    /// The index key that comes or the one that goes, while keys rotate.
    pub(crate) fn other_index(&self) -> anyhow::Result<Option<[u8; 32]>> {
        self.other_index.as_ref().map(|key| bytes("keys.other_index", key)).transpose()
    }

    /// The key that signs tokens.
    pub(crate) fn token(&self) -> anyhow::Result<SigningKey> {
        let Some(pem) = &self.token else { bail!("keys.token is missing: `balie keys new` makes one") };
        SigningKey::from_pem(pem.expose_secret()).context("keys.token")
    }
}

fn by_id(name: &str, keys: &BTreeMap<String, SecretString>) -> anyhow::Result<BTreeMap<u8, [u8; 32]>> {
    let read = |(id, key): (&String, &SecretString)| {
        let number = id.parse().with_context(|| format!("{name}.{id}: an id is 0 to 255"))?;
        Ok((number, bytes(name, key)?))
    };
    keys.iter().map(read).collect()
}

fn bytes(key: &str, text: &SecretString) -> anyhow::Result<[u8; 32]> {
    let bytes = STANDARD.decode(text.expose_secret()).ok().and_then(|bytes| bytes.try_into().ok());
    bytes.with_context(|| format!("{key} must be base64 of 32 bytes: `balie keys new` makes one"))
}

/// A new key as it stands in the table.
pub(super) fn new_key(chance: &dyn Chance) -> String {
    let mut bytes = [0; 32];
    chance.fill(&mut bytes);
    STANDARD.encode(bytes)
}

/// A new `[keys]` table, as text; for the platform with a token key, and a `[push]` table after it.
pub(crate) fn new_keys(chance: &dyn Chance, prefix: &str, for_platform: bool) -> anyhow::Result<String> {
    let key = || new_key(chance);
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
