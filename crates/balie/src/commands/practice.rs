//! `balie practice`: the practices that the platform serves.

mod logo;

use agenda::Agb;
use anyhow::{Context as _, bail};
use store::{Practice, Settings, Store, Tx};
use world::{Clock as _, SystemClock};

use super::{audit, open_store};
use crate::{cli, process::say};

/// Does what was typed after `balie practice`.
pub(super) async fn run(command: cli::Practice) -> anyhow::Result<()> {
    match command {
        cli::Practice::Add { config, agb, name, client, settings } => {
            let mut practice = Practice {
                agb: agb.parse()?,
                client,
                name,
                settings: Settings::default(),
                returns_identifier: false,
            };
            change(&mut practice, &settings)?;
            add(&open_store(&config).await?, &practice).await
        }
        cli::Practice::Set { config, agb, settings } => {
            set(&open_store(&config).await?, &agb.parse()?, &settings).await
        }
        cli::Practice::Logo { config, agb, file, text } => {
            let given = file.zip(text);
            logo::give(&open_store(&config).await?, &agb.parse()?, given.as_ref()).await
        }
        cli::Practice::Show { config, agb } => show(&open_store(&config).await?, &agb.parse()?).await,
        cli::Practice::List(config) => list(&open_store(&config).await?).await,
    }
}

async fn add(store: &Store, practice: &Practice) -> anyhow::Result<()> {
    let now = SystemClock.now();
    let added = store
        .tx("add a practice", |mut tx| async move {
            check_client(store, &mut tx, &practice.client).await?;
            let added = store.add_practice(&mut tx, practice, now).await?;
            if added {
                audit(store, &mut tx, (Some(&practice.agb), None), "practice add", now).await?;
            }
            anyhow::Ok(added)
        })
        .await?;
    if !added {
        bail!("practice {} is there already: change it with `balie practice set`", practice.agb);
    }
    say(&format!("practice {} added", practice.agb));
    Ok(())
}

async fn set(store: &Store, agb: &Agb, settings: &[String]) -> anyhow::Result<()> {
    let now = SystemClock.now();
    store
        .tx("set a practice", |mut tx| async move {
            let mut practice = find(store, &mut tx, agb).await?;
            change(&mut practice, settings)?;
            check_client(store, &mut tx, &practice.client).await?;
            store.save_practice(&mut tx, &practice).await?;
            audit(store, &mut tx, (Some(agb), None), "practice set", now).await?;
            anyhow::Ok(())
        })
        .await?;
    say(&format!("practice {agb} changed"));
    Ok(())
}

async fn show(store: &Store, agb: &Agb) -> anyhow::Result<()> {
    let practice =
        store.read("show a practice", |mut tx| async move { find(store, &mut tx, agb).await }).await?;
    say(&format!("agb = {}\nname = {}\nclient = {}", practice.agb, practice.name, practice.client));
    for (key, value) in practice.settings.to_map() {
        say(&format!("{key} = {}", in_words(&value)));
    }
    Ok(())
}

async fn list(store: &Store) -> anyhow::Result<()> {
    let practices = store
        .read("list practices", |mut tx| async move { anyhow::Ok(store.practices(&mut tx).await?) })
        .await?;
    if practices.is_empty() {
        say("no practices yet: add one with `balie practice add`");
    }
    for practice in practices {
        say(&format!("{}  {}  ({})", practice.agb, practice.name, practice.client));
    }
    Ok(())
}

/// Sets each `KEY=VALUE`; `name` and `client` are the practice's own, the rest are its settings.
fn change(practice: &mut Practice, settings: &[String]) -> anyhow::Result<()> {
    for pair in settings {
        let (key, value) = pair.split_once('=').with_context(|| format!("{pair:?} is not KEY=VALUE"))?;
        match (key, value) {
            ("name" | "client", "") => bail!("{key} must have a value"),
            ("name", _) => value.clone_into(&mut practice.name),
            ("client", _) => value.clone_into(&mut practice.client),
            _ => practice.settings.set(key, value)?,
        }
    }
    Ok(())
}

async fn find(store: &Store, tx: &mut Tx, agb: &Agb) -> anyhow::Result<Practice> {
    let found = store.practice(tx, agb).await?;
    found.with_context(|| format!("there is no practice {agb}: add it with `balie practice add`"))
}

async fn check_client(store: &Store, tx: &mut Tx, client: &str) -> anyhow::Result<()> {
    let known = store.client(tx, client).await?;
    known
        .map(drop)
        .with_context(|| format!("there is no client {client}: add it with `balie xis-client add`"))
}

fn in_words(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Bool(true) => "on".to_owned(),
        serde_json::Value::Bool(false) => "off".to_owned(),
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}
