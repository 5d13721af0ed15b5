//! `balie xis-client`: the practice systems that may call the platform.

use std::path::Path;

use anyhow::{Context as _, bail};
use oauth::{ClientSecretHash, PublicKeys};
use secrecy::ExposeSecret as _;
use store::{Client, Store};
use world::{Clock as _, SystemChance, SystemClock};

use super::{audit, open_store};
use crate::{cli, process::say};

/// Does what was typed after `balie xis-client`.
pub(super) async fn run(command: cli::XisClient) -> anyhow::Result<()> {
    match command {
        cli::XisClient::Add { config, id, key: None, .. } => add(&open_store(&config).await?, &id).await,
        cli::XisClient::Add { config, id, key: Some(key), without_secret } => {
            add_key(&open_store(&config).await?, &id, &key, without_secret).await
        }
        cli::XisClient::Revoke { config, id } => revoke(&open_store(&config).await?, &id).await,
        cli::XisClient::List(config) => list(&open_store(&config).await?).await,
    }
}

fn check_id(id: &str) -> anyhow::Result<()> {
    if id.is_empty() || id.contains(|c: char| c.is_whitespace() || c.is_control() || c == ':') {
        bail!("{id:?} cannot be a client id: leave out spaces and colons");
    }
    Ok(())
}

async fn add(store: &Store, id: &str) -> anyhow::Result<()> {
    check_id(id)?;
    let secret = oauth::generate_secret(&SystemChance);
    let hash = &ClientSecretHash::new(&secret, &SystemChance).to_string();
    let now = SystemClock.now();
    store
        .tx("add a client", |mut tx| async move {
            store.save_client(&mut tx, id, hash, now).await?;
            audit(store, &mut tx, (None, Some(id)), "client add", now).await
        })
        .await?;
    say(&format!("client_id = {id}\nclient_secret = {}", secret.expose_secret()));
    say("Keep the secret now: it cannot be shown again.");
    Ok(())
}

/// The newest keys come first, and the one before them stays: the client changes to the new one when it likes. Those of a
/// client that was revoked do not come back.
async fn add_key(store: &Store, id: &str, file: &Path, without_secret: bool) -> anyhow::Result<()> {
    check_id(id)?;
    let text = std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let (new, now) = (&PublicKeys::of_client(&text).context(file.display().to_string())?, SystemClock.now());
    let keys = store
        .tx("add a client's key", |mut tx| async move {
            let client = store.client(&mut tx, id).await?.filter(|client| client.revoked_at.is_none());
            let before = client.and_then(|client| client.keys);
            let before = before.and_then(|keys| PublicKeys::from_json(keys.as_bytes()).ok());
            let keys = match before {
                Some(before) => new.clone().after(&before),
                None => new.clone(),
            };
            store.save_client_keys(&mut tx, id, &keys.to_json().to_string(), now).await?;
            if without_secret {
                store.drop_client_secret(&mut tx, id).await?;
            }
            audit(store, &mut tx, (None, Some(id)), "client key", now).await?;
            anyhow::Ok(keys)
        })
        .await?;
    say(&format!("client_id = {id}"));
    for key in keys.ids() {
        say(&format!("key {key}"));
    }
    Ok(())
}

async fn revoke(store: &Store, id: &str) -> anyhow::Result<()> {
    let now = SystemClock.now();
    let revoked = store
        .tx("revoke a client", |mut tx| async move {
            let revoked = store.revoke_client(&mut tx, id, now).await?;
            if revoked {
                audit(store, &mut tx, (None, Some(id)), "client revoke", now).await?;
            }
            anyhow::Ok(revoked)
        })
        .await?;
    if !revoked {
        bail!("there is no client {id} that has rights");
    }
    say(&format!("client {id} revoked: its tokens are refused from now on"));
    Ok(())
}

async fn list(store: &Store) -> anyhow::Result<()> {
    let clients =
        store.read("list clients", |mut tx| async move { anyhow::Ok(store.clients(&mut tx).await?) }).await?;
    if clients.is_empty() {
        say("no clients yet: add one with `balie xis-client add`");
    }
    for client in clients {
        match client.revoked_at {
            Some(at) => say(&format!("{}  revoked {at:.0}", client.id)),
            None => say(&format!("{}  since {:.0}{}", client.id, client.created_at, proofs(&client))),
        }
    }
    Ok(())
}

/// With what a client can prove who it is.
fn proofs(client: &Client) -> String {
    let keys = client.keys.as_deref().and_then(|keys| PublicKeys::from_json(keys.as_bytes()).ok());
    let keys = keys.map(|keys| keys.ids()).unwrap_or_default();
    let secret = client.secret_hash.as_ref().map(|_| "  secret".to_owned());
    secret.into_iter().chain(keys.into_iter().map(|key| format!("  key {key}"))).collect()
}
