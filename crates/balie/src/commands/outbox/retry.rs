use std::collections::HashSet;

use anyhow::bail;
use jiff::Timestamp;
use store::Store;
use world::{Clock as _, SystemClock};

use super::no_message;
use crate::{cli, commands::audit, process::say};

/// What the audit trail calls it.
const ACTION: &str = "outbox retry";

/// Tries messages again, and says how many.
pub(super) async fn run(store: &Store, asked: &cli::Retry) -> anyhow::Result<()> {
    let now = SystemClock.now();
    let number = if asked.all_dead {
        all_dead(store, asked.topic.as_deref(), now).await?
    } else {
        these(store, &asked.ids, now).await?
    };
    match number {
        0 => say("nothing was given up, so there is nothing to try again"),
        1 => say("1 message is tried again now"),
        _ => say(&format!("{number} messages are tried again now")),
    }
    Ok(())
}

/// All of them, or none when one is not there.
async fn these(store: &Store, ids: &[String], now: Timestamp) -> anyhow::Result<usize> {
    store
        .tx("retry messages", |mut tx| async move {
            for id in ids {
                if outbox::retry(&mut tx, id, now).await? {
                    audit(store, &mut tx, (None, Some(id)), ACTION, now).await?;
                } else if outbox::find(&mut tx, id).await?.is_some() {
                    bail!("message {id} is done: there is nothing to try again");
                } else {
                    bail!(no_message(id));
                }
            }
            Ok(ids.len())
        })
        .await
}

/// Everything that was given up until now, some hundreds at a time. Each once: what is given up again meanwhile is left,
/// also where the clock of its runner is behind ours and it looks as if that was before now.
async fn all_dead(store: &Store, topic: Option<&str>, now: Timestamp) -> anyhow::Result<usize> {
    let mut retried = HashSet::new();
    loop {
        let earlier = &retried;
        let fresh: Vec<String> = store
            .tx("retry what was given up", |mut tx| async move {
                let mut ids = outbox::dead(&mut tx, topic, now).await?;
                ids.retain(|id| !earlier.contains(id));
                for id in &ids {
                    outbox::retry(&mut tx, id, now).await?;
                    audit(store, &mut tx, (None, Some(id)), ACTION, now).await?;
                }
                anyhow::Ok(ids)
            })
            .await?;
        if fresh.is_empty() {
            return Ok(retried.len());
        }
        retried.extend(fresh);
    }
}
