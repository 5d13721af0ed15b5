use std::path::PathBuf;

use agenda::Agb;
use anyhow::Context as _;
use store::{Logo, Store};
use world::{Clock as _, SystemClock};

use super::{audit, find};
use crate::process::say;

/// Stores the file as the practice's logo, with what it shows; takes the logo away where none is given.
pub(super) async fn give(store: &Store, agb: &Agb, given: Option<&(PathBuf, String)>) -> anyhow::Result<()> {
    let (logo, now) = (&given.map(|(file, _)| read(file)).transpose()?, SystemClock.now());
    let text = given.map_or("", |(_, text)| text);
    store
        .tx("give a practice a logo", |mut tx| async move {
            let mut practice = find(store, &mut tx, agb).await?;
            practice.settings.set("logo_text", text)?;
            store.save_practice(&mut tx, &practice).await?;
            match logo {
                Some(logo) => store.save_logo(&mut tx, agb, logo).await?,
                None => store.drop_logo(&mut tx, agb).await?,
            }
            audit(store, &mut tx, (Some(agb), None), "practice set", now).await?;
            anyhow::Ok(())
        })
        .await?;
    say(&format!("practice {agb} {}", if logo.is_some() { "has this logo now" } else { "has no logo now" }));
    Ok(())
}

fn read(file: &PathBuf) -> anyhow::Result<Logo> {
    let content = std::fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
    Logo::of_file(content).with_context(|| format!("{} cannot be a logo", file.display()))
}
