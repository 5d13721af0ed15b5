//! `balie xis-client`: the practice systems that may call the platform.

use anyhow::bail;
use oauth::ClientSecretHash;
use secrecy::ExposeSecret as _;
use store::Store;
use world::{Clock as _, SystemChance, SystemClock};

use super::{audit, open_store};
use crate::{cli, process::say};

/// Does what was typed after `balie xis-client`.
pub(super) async fn run(command: cli::XisClient) -> anyhow::Result<()> {
    match command {
        cli::XisClient::Add { config, id } => add(&open_store(&config).await?, &id).await,
        cli::XisClient::Revoke { config, id } => revoke(&open_store(&config).await?, &id).await,
        cli::XisClient::List(config) => list(&open_store(&config).await?).await,
    }
}

async fn add(store: &Store, id: &str) -> anyhow::Result<()> {
    if id.is_empty() || id.contains(|c: char| c.is_whitespace() || c.is_control() || c == ':') {
        bail!("{id:?} cannot be a client id: leave out spaces and colons");
    }
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
            None => say(&format!("{}  since {:.0}", client.id, client.created_at)),
        }
    }
    Ok(())
}
