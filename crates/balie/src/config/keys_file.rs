//! The `[keys]` table as a file of its own, `keys = { file = "keys.toml" }`: the one file that the program writes, since
//! keys rotate.

use std::{
    fs::{self, File, TryLockError},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};
use jiff::Timestamp;
use toml::{Table, Value};

use super::{keys::new_key, parse, replace};
use world::Chance;

/// The file of the keys, held against another who would change it.
pub(crate) struct KeysFile {
    path: PathBuf,
    table: Table,
    _lock: File,
}

/// How far keys have rotated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rotation {
    /// One key, and no other is coming.
    Settled,
    /// The key that comes can be read with, and nothing is sealed with it.
    Announced { next: u8 },
    /// It seals. Former keys are there for what is not sealed anew yet.
    Changed { at: Timestamp },
}

/// Puts the table in the place of the text of its file.
pub(super) fn unfold(table: &mut Table) -> anyhow::Result<()> {
    if let Some(Value::String(text)) = table.get("keys") {
        let keys = parse(Path::new("the file of keys"), text)?;
        table.insert("keys".to_owned(), Value::Table(keys));
    }
    Ok(())
}

impl KeysFile {
    /// Where a configuration file says that its keys stand; `None` where they stand in it.
    pub(crate) fn path_of(config: &Path) -> anyhow::Result<Option<PathBuf>> {
        let text =
            fs::read_to_string(config).with_context(|| format!("{} cannot be read", config.display()))?;
        let table = parse(config, &text)?;
        let named = table.get("keys").and_then(|keys| keys.get("file")).and_then(Value::as_str);
        let folder = config.parent().unwrap_or_else(|| Path::new(""));
        Ok(named.map(|named| folder.join(named)))
    }

    /// The file of the keys of this configuration, to be changed.
    pub(crate) fn of(config: &Path) -> anyhow::Result<Self> {
        let Some(path) = Self::path_of(config)? else {
            bail!(
                "keys change while the platform works, so they must stand in a file of their own: move the lines under \
                 [keys] of {} to keys.toml beside it, and write keys = {{ file = \"keys.toml\" }}",
                config.display()
            );
        };
        let lock = locked(&path)?;
        let text = fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
        let table = parse(&path, &text)?;
        Ok(Self { path, table, _lock: lock })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// How far keys have rotated.
    pub(crate) fn rotation(&self) -> anyhow::Result<Rotation> {
        if let Some(next) = self.table.get("next") {
            return Ok(Rotation::Announced { next: id(next)? });
        }
        if !self.table.contains_key("other_index") && self.sealing()?.len() == 1 {
            return Ok(Rotation::Settled);
        }
        let at = self.table.get("changed_at").and_then(Value::as_str);
        let at = at.map_or(Ok(Timestamp::UNIX_EPOCH), str::parse).context("changed_at is no time")?;
        Ok(Rotation::Changed { at })
    }

    /// The id of the key that seals.
    pub(crate) fn current(&self) -> anyhow::Result<u8> {
        id(self.table.get("current").context("current is missing")?)
    }

    /// Adds new keys that everybody can read with, and nobody writes with yet.
    pub(crate) fn announce(&mut self, chance: &dyn Chance) -> anyhow::Result<u8> {
        let known = self.sealing()?.clone();
        let free = |id: &u8| !known.contains_key(&id.to_string());
        let next = (self.current()?..=u8::MAX).chain(1..=u8::MAX).find(free).context("every id is taken")?;
        self.sealing_mut()?.insert(next.to_string(), new_key(chance).into());
        self.table.insert("next".to_owned(), i64::from(next).into());
        self.table.insert("other_index".to_owned(), new_key(chance).into());
        self.write()?;
        Ok(next)
    }

    /// Puts the new keys to use.
    pub(crate) fn change(&mut self, now: Timestamp) -> anyhow::Result<()> {
        let next = self.table.remove("next").context("no key was announced")?;
        let index = self.table.get("index").cloned().context("index is missing")?;
        let other = self.table.insert("other_index".to_owned(), index).context("other_index is missing")?;
        self.table.insert("index".to_owned(), other);
        self.table.insert("current".to_owned(), next);
        self.table.insert("changed_at".to_owned(), now.to_string().into());
        self.write()
    }

    /// Takes the former keys out, and gives the ids that they had.
    pub(crate) fn retire(&mut self) -> anyhow::Result<Vec<String>> {
        let current = self.current()?.to_string();
        let sealing = self.sealing_mut()?;
        let former: Vec<String> = sealing.keys().filter(|id| **id != current).cloned().collect();
        sealing.retain(|id, _| *id == current);
        self.table.remove("other_index");
        self.table.remove("changed_at");
        self.write()?;
        Ok(former)
    }

    fn sealing(&self) -> anyhow::Result<&Table> {
        self.table.get("sealing").and_then(Value::as_table).context("sealing is missing")
    }

    fn sealing_mut(&mut self) -> anyhow::Result<&mut Table> {
        self.table.get_mut("sealing").and_then(Value::as_table_mut).context("sealing is missing")
    }

    fn write(&self) -> anyhow::Result<()> {
        replace::replace(&self.path, &self.table.to_string())
    }
}

fn id(value: &Value) -> anyhow::Result<u8> {
    let id = value.as_integer().and_then(|id| id.try_into().ok());
    id.context("a key's id is 0 to 255")
}

/// Held as long as it lives.
fn locked(path: &Path) -> anyhow::Result<File> {
    let beside = path.with_added_extension("lock");
    let lock = File::options().create(true).truncate(false).write(true).open(&beside);
    let lock = lock.with_context(|| format!("{} cannot be made", beside.display()))?;
    // Where root rotates, whoever the keys belong to can do so later; where somebody else does, theirs it is.
    if let Ok(keys) = fs::metadata(path) {
        let _ = replace::hand_over(&lock, &keys);
    }
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => bail!("somebody else changes {} at this moment", path.display()),
        Err(TryLockError::Error(error)) => Err(error).with_context(|| format!("{}", beside.display())),
    }
}

#[cfg(test)]
mod tests {
    use world::{Clock as _, SystemChance, SystemClock};

    use super::*;
    use crate::config::new_keys;

    fn file(folder: &Path) -> KeysFile {
        let text = new_keys(&SystemChance, "", false).unwrap().replacen("[keys]\n", "", 1);
        fs::write(folder.join("keys.toml"), text).unwrap();
        fs::write(folder.join("balie.toml"), "keys = { file = \"keys.toml\" }").unwrap();
        KeysFile::of(&folder.join("balie.toml")).unwrap()
    }

    #[test]
    fn a_rotation_announces_changes_and_retires_and_can_be_told_from_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let mut keys = file(folder.path());
        let first = keys.table.clone();
        assert_eq!(keys.rotation().unwrap(), Rotation::Settled);
        assert_eq!(keys.announce(&SystemChance).unwrap(), 2);
        assert_eq!((keys.rotation().unwrap(), keys.current().unwrap()), (Rotation::Announced { next: 2 }, 1));
        let announced = keys.table.clone();
        assert_eq!(announced["index"], first["index"]);
        let now = SystemClock.now();
        keys.change(now).unwrap();
        assert_eq!((keys.rotation().unwrap(), keys.current().unwrap()), (Rotation::Changed { at: now }, 2));
        assert_eq!(keys.table["index"], announced["other_index"]);
        assert_eq!(keys.table["other_index"], first["index"]);
        assert_eq!(keys.retire().unwrap(), ["1"]);
        assert_eq!(keys.rotation().unwrap(), Rotation::Settled);
        drop(keys);
        let again = KeysFile::of(&folder.path().join("balie.toml")).unwrap();
        assert_eq!(again.sealing().unwrap().keys().collect::<Vec<_>>(), ["2"]);
        assert_eq!(again.table["audit"], first["audit"]);
    }

    #[test]
    fn nobody_else_changes_the_file_meanwhile_and_it_stays_unread_by_others() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let mut keys = file(folder.path());
        let refused = KeysFile::of(&folder.path().join("balie.toml")).err().unwrap();
        assert!(refused.to_string().starts_with("somebody else changes "), "{refused}");
        fs::set_permissions(keys.path(), fs::Permissions::from_mode(0o600)).unwrap();
        keys.announce(&SystemChance).unwrap();
        assert_eq!(fs::metadata(keys.path()).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn keys_in_the_configuration_itself_are_not_rewritten() {
        let folder = tempfile::tempdir().unwrap();
        let config = folder.path().join("balie.toml");
        fs::write(&config, "[keys]\ncurrent = 1").unwrap();
        let refused = KeysFile::of(&config).err().unwrap();
        assert!(refused.to_string().contains("in a file of their own"), "{refused}");
    }
}
