use std::io::{self, BufWriter, Write as _};

use anyhow::Context as _;
use platform::audit_event;
use store::{AuditFilter, AuditLine, AuditSpot, Store};
use url::Url;

use crate::{
    cli,
    commands::open_store,
    config::{self, PlatformFile},
};

/// So many lines are in memory at once.
const AT_A_TIME: u32 = 500;

/// Writes the lines as they come; whoever reads no further ends it.
pub(super) async fn run(asked: &cli::Export) -> anyhow::Result<()> {
    let filter = filter(asked)?;
    let file: PlatformFile = config::read(&asked.config.config)?;
    let store = open_store(&asked.config).await?;
    super::note(&store, "audit export", &about(&filter)).await?;
    let written = write(&store, &filter, file.public_url()).await;
    store.db().close().await;
    match written {
        Err(error) if error.downcast_ref::<io::Error>().is_some_and(is_closed) => Ok(()),
        written => written,
    }
}

fn is_closed(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::BrokenPipe
}

async fn write(store: &Store, filter: &AuditFilter, site: &Url) -> anyhow::Result<()> {
    let (mut out, mut after) = (BufWriter::new(io::stdout()), None);
    loop {
        let lines = page(store, filter, after.as_ref()).await?;
        let Some(last) = lines.last() else { break };
        after = Some(last.spot());
        for line in &lines {
            serde_json::to_writer(&mut out, &audit_event(line, site)).map_err(io::Error::from)?;
            out.write_all(b"\n")?;
        }
    }
    Ok(out.flush()?)
}

async fn page(
    store: &Store,
    filter: &AuditFilter,
    after: Option<&AuditSpot>,
) -> Result<Vec<AuditLine>, store::Error> {
    store
        .read("export the audit trail", |mut tx| async move {
            store.audit_page(&mut tx, filter, after, AT_A_TIME).await
        })
        .await
}

fn filter(asked: &cli::Export) -> anyhow::Result<AuditFilter> {
    let practice = asked.practice.as_deref().map(str::parse).transpose()?;
    let patient = asked.patient.as_deref().map(str::parse).transpose();
    let patient = patient.context("--patient is the id of an account, never a BSN")?;
    Ok(AuditFilter { from: asked.from, to: asked.to, practice, patient })
}

/// What was written out, for the trail.
fn about(filter: &AuditFilter) -> String {
    let AuditFilter { from, to, practice, patient } = filter;
    let parts = [
        from.map(|from| format!("from {from}")),
        to.map(|to| format!("to {to}")),
        practice.as_ref().map(|practice| format!("practice {practice}")),
        patient.map(|patient| format!("patient {patient}")),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { "everything".to_owned() } else { parts.join(", ") }
}
