use std::{
    io,
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use tokio::fs;

use super::mail::Mail;

/// A directory of mails, one file each, named by number and time of arrival.
pub(super) struct Shelf(PathBuf);

impl Shelf {
    /// The directory, made when it is not there.
    pub(super) async fn open(directory: PathBuf) -> io::Result<Self> {
        fs::create_dir_all(&directory).await?;
        Ok(Self(directory))
    }

    /// The newest mails, at most `most`, oldest first. Files of other names are left alone.
    pub(super) async fn read(&self, most: usize) -> io::Result<Vec<Mail>> {
        let mut found = Vec::new();
        let mut entries = fs::read_dir(&self.0).await?;
        while let Some(entry) = entries.next_entry().await? {
            found.extend(number_and_time(&entry.path()).map(|(number, at)| (number, at, entry.path())));
        }
        found.sort_unstable();
        let older = found.len().saturating_sub(most);
        let mut mails = Vec::new();
        for (number, at, path) in found.split_off(older) {
            mails.push(Mail::read(number, at, fs::read(path).await?));
        }
        Ok(mails)
    }

    /// Writes the mail aside and then in place, so that a file is whole or not there.
    pub(super) async fn put(&self, mail: &Mail) -> io::Result<()> {
        let path = self.path(mail);
        let aside = path.with_extension("part");
        fs::write(&aside, &mail.raw).await?;
        fs::rename(aside, path).await
    }

    pub(super) async fn remove(&self, mail: &Mail) -> io::Result<()> {
        fs::remove_file(self.path(mail)).await
    }

    fn path(&self, mail: &Mail) -> PathBuf {
        self.0.join(format!("{:08}-{}.eml", mail.number, mail.at.as_nanosecond()))
    }
}

fn number_and_time(path: &Path) -> Option<(u64, Timestamp)> {
    let name = path.file_name()?.to_str()?.strip_suffix(".eml")?;
    let (number, nanoseconds) = name.split_once('-')?;
    let at = Timestamp::from_nanosecond(nanoseconds.parse().ok()?).ok()?;
    Some((number.parse().ok()?, at))
}
