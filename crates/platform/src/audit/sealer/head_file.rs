//! The file that holds the newest head. It follows the chain: a head goes only while the trail holds it, so that whoever cuts
//! off the end of the trail leaves a witness of it.

use std::{
    io::{self, ErrorKind, Write as _},
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use store::{Head, Store};

/// Why the file was left as it is.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unexported {
    #[error(transparent)]
    Database(#[from] store::Error),
    #[error("{}: {error}", .file.display())]
    File { file: PathBuf, error: io::Error },
    #[error(
        "batch {number} of {sealed_at}, whose head is in {}, is not in the database any more: the end of the audit trail \
         was cut off, or an older backup was restored. The file stays as it is: run `balie audit verify`, and once it is \
         known what was lost, keep the file elsewhere, and a new one is written",
        .file.display()
    )]
    Cut { file: PathBuf, number: i64, sealed_at: Timestamp },
}

/// Replaces the head in the file by this one, whole or not at all.
pub(super) async fn export(store: &Store, file: &Path, head: &Head) -> Result<(), Unexported> {
    let failed = |error| Unexported::File { file: file.to_owned(), error };
    let path = file.to_owned();
    if let Some(kept) = on_disk(move || read(&path)).await.map_err(failed)? {
        if !store.holds_head(&kept).await? {
            let Head { number, sealed_at, .. } = kept;
            return Err(Unexported::Cut { file: file.to_owned(), number, sealed_at });
        }
        if kept.number > head.number {
            // Another process has come further.
            return Ok(());
        }
    }
    let (path, head) = (file.to_owned(), head.clone());
    on_disk(move || replace(&path, &head)).await.map_err(failed)
}

async fn on_disk<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(io::Error::other)?
}

/// The head that the file holds; none where there is no file, or an empty one.
fn read(file: &Path) -> io::Result<Option<Head>> {
    let text = match std::fs::read_to_string(file) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        text => text?,
    };
    if text.trim().is_empty() {
        return Ok(None);
    }
    let strange = "it holds no head of an audit trail: put it elsewhere, and a new one is written";
    serde_json::from_str(&text).map(Some).map_err(|_| io::Error::new(ErrorKind::InvalidData, strange))
}

fn replace(file: &Path, head: &Head) -> io::Result<()> {
    let beside = file.with_extension("new");
    let mut new = std::fs::File::create(&beside)?;
    writeln!(new, "{}", serde_json::to_string(head)?)?;
    new.sync_all()?;
    std::fs::rename(beside, file)
}
