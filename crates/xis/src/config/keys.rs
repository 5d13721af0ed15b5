//! Keys as they stand in a configuration file: base64 of 32 bytes each.

use std::collections::BTreeMap;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Deserializer, de::Error};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    /// The id of the key that seals.
    current: u8,
    /// Every key that seals or once sealed, by id.
    sealing: BTreeMap<String, SecretString>,
    index: SecretString,
    audit: SecretString,
}

/// # Errors
/// When a key is not base64 of 32 bytes, or an id is not a number from 0 to 255.
pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<db::Keys, D::Error> {
    let written = Written::deserialize(deserializer)?;
    let sealing = written
        .sealing
        .iter()
        .map(|(id, key)| {
            let id = id.parse().map_err(|_| D::Error::custom("a sealing key's id is 0 to 255"))?;
            Ok((id, read(key)?))
        })
        .collect::<Result<_, D::Error>>()?;
    Ok(db::Keys {
        current: written.current,
        sealing,
        index: read(&written.index)?,
        audit: read(&written.audit)?.into(),
    })
}

fn read<E: Error>(key: &SecretString) -> Result<[u8; 32], E> {
    let bytes = STANDARD.decode(key.expose_secret()).ok();
    bytes.and_then(|bytes| bytes.try_into().ok()).ok_or_else(|| E::custom("a key is base64 of 32 bytes"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    fn keys(sealing: &str, key: &str) -> Result<db::Keys, serde_json::Error> {
        let text =
            format!(r#"{{"current":1,"sealing":{{"{sealing}":"{KEY}"}},"index":"{KEY}","audit":"{key}"}}"#);
        deserialize(&mut serde_json::Deserializer::from_str(&text))
    }

    #[test]
    fn keys_are_read_from_base64() {
        let keys = keys("1", KEY).unwrap();
        assert_eq!(keys.current, 1);
        assert_eq!(keys.sealing[&1], keys.index);
        assert_eq!(keys.index[31], 31);
    }

    #[test]
    fn what_is_wrong_is_said_without_the_key() {
        for (sealing, key, words) in [("1", "AAEC", "base64 of 32 bytes"), ("one", KEY, "0 to 255")] {
            let refusal = keys(sealing, key).unwrap_err().to_string();
            assert!(refusal.contains(words) && !refusal.contains("AAEC"), "{refusal}");
        }
    }
}
