//! `balie outbox`: what is not delivered, why, and trying it again.

mod line;
mod retry;
mod table;

use std::time::Duration;

use anyhow::Context as _;
use serde::Serialize;
use store::Store;
use world::{Clock as _, SystemClock};

use self::line::Line;
use super::open_store;
use crate::{cli, process::say};

/// Does what was typed after `balie outbox`.
pub(super) async fn run(command: cli::Outbox) -> anyhow::Result<()> {
    match command {
        cli::Outbox::Stuck(asked) => stuck(&open_store(&asked.config).await?, &asked).await,
        cli::Outbox::Show { config, id, json } => show(&open_store(&config).await?, &id, json).await,
        cli::Outbox::Retry(asked) => retry::run(&open_store(&asked.config).await?, &asked).await,
    }
}

async fn stuck(store: &Store, asked: &cli::Stuck) -> anyhow::Result<()> {
    let overdue = SystemClock.now() - Duration::from_secs(u64::from(asked.overdue) * 60);
    let found = store
        .read("list what is stuck", |mut tx| async move {
            anyhow::Ok(outbox::stuck(&mut tx, asked.attempts, overdue).await?)
        })
        .await?;
    let lines: Vec<Line> = found.into_iter().map(Line::from).collect();
    match lines.len() {
        _ if asked.json => return print_json(&lines),
        0 => say("nothing is stuck"),
        number => {
            say(&table::of(&lines));
            if number == outbox::STUCK_AT_MOST {
                say(&format!("These are the oldest {number}; there may be more."));
            }
        }
    }
    Ok(())
}

async fn show(store: &Store, id: &str, json: bool) -> anyhow::Result<()> {
    let (entry, behind) = store
        .read("show a message", |mut tx| async move {
            let entry = outbox::find(&mut tx, id).await?.with_context(|| no_message(id))?;
            let lane = outbox::of_lane(&mut tx, &entry.lane).await?;
            let behind = lane.iter().skip_while(|other| other.id != entry.id).skip(1);
            let behind = behind.filter(|other| other.standing == outbox::Standing::Waiting).count();
            anyhow::Ok((entry, behind))
        })
        .await?;
    let line = Line::from(entry);
    if json {
        return print_json(&line);
    }
    say(&line.in_full(behind));
    Ok(())
}

fn no_message(id: &str) -> String {
    format!("there is no message {id:?} in the outbox: `balie outbox stuck` lists ids")
}

fn print_json(told: &impl Serialize) -> anyhow::Result<()> {
    say(&serde_json::to_string_pretty(told)?);
    Ok(())
}
