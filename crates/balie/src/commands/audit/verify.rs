use std::path::{Path, PathBuf};

use anyhow::Context as _;
use jiff::SignedDuration;
use serde::Deserialize;
use store::{AuditCounts, Head};
use world::{Clock as _, SystemClock};

use super::Tampered;
use crate::{
    cli,
    commands::open_store,
    config::{self, PlatformFile},
    process::say,
};

/// What is chained every second should not wait so long.
const BEHIND: SignedDuration = SignedDuration::from_mins(1);
/// The trail by itself does not show where it ended.
const NO_HEAD: &str =
    "no head given: it would not be seen if the end of the trail was cut off (--head, or `audit.head_file`)";

/// Says what is wrong, line by line, and then how much was checked.
pub(super) async fn run(asked: &cli::Verify) -> anyhow::Result<()> {
    let file: PlatformFile = config::read(&asked.config.config)?;
    let own = file.platform()?.audit.head_file;
    let heads = heads(&asked.head, own.as_deref())?;
    let has_head = !heads.is_empty();
    let store = open_store(&asked.config).await?;
    super::note(&store, "audit verify", "trail").await?;
    let (mut check, mut faults) = (store.check_audit(heads), 0);
    while let Some(found) = check.next().await? {
        faults += found.len();
        found.iter().for_each(|fault| say(&fault.to_string()));
    }
    tell(check.counts());
    if !has_head {
        say(NO_HEAD);
    }
    store.db().close().await;
    if faults > 0 {
        return Err(Tampered { faults }.into());
    }
    say("nothing is wrong");
    Ok(())
}

fn tell(counts: &AuditCounts) {
    let AuditCounts { batches, lines, waiting, waiting_since, swept, head } = counts;
    say(&format!("{lines} lines in {batches} batches, {waiting} lines that wait for theirs, {swept} swept"));
    if let Some(Head { number, sealed_at, .. }) = head {
        say(&format!("the last batch is {number}, sealed at {sealed_at:.0}"));
    }
    if waiting_since.is_some_and(|since| SystemClock.now().duration_since(since) > BEHIND) {
        say("lines wait for more than a minute: does `balie serve` run?");
    }
}

/// Those that were named; or else the configuration's own, once it is there.
fn heads(named: &[PathBuf], own: Option<&Path>) -> anyhow::Result<Vec<Head>> {
    if named.is_empty() {
        return own.filter(|own| own.exists()).map(read).into_iter().collect();
    }
    named.iter().map(|file| read(file)).collect()
}

/// A head as it stands in its file, or in the line of a log that says it.
#[derive(Deserialize)]
#[serde(untagged)]
enum Kept {
    Head(Head),
    Logged { fields: Head },
}

fn read(file: &Path) -> anyhow::Result<Head> {
    let text = std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let kept = serde_json::from_str(&text).with_context(|| format!("{} holds no head", file.display()))?;
    Ok(match kept {
        Kept::Head(head) | Kept::Logged { fields: head } => head,
    })
}
