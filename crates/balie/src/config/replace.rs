//! Puts a file in the place of another: nobody reads half of it, none is lost, and who could read the one can read the other.

use std::{
    fs::{self, File, Metadata},
    io::{self, ErrorKind, Write as _},
    os::unix::fs::{MetadataExt as _, OpenOptionsExt as _, fchown},
    path::Path,
};

use anyhow::{Context as _, bail};

/// Writes beside the old one first, and then in its place. When this returns, no power cut brings the old one back.
pub(super) fn replace(path: &Path, text: &str) -> anyhow::Result<()> {
    let cannot = || format!("{} cannot be written", path.display());
    let beside = path.with_added_extension("new");
    let old = fs::metadata(path).with_context(cannot)?;
    let new = empty(&beside).with_context(cannot)?;
    if let Err(error) = hand_over(&new, &old) {
        let _ = fs::remove_file(&beside);
        bail!(
            "{} is of user {} and group {}, and what would come in its place cannot be made theirs ({error}), so they \
             could not read it: run this as that user or as root",
            path.display(),
            old.uid(),
            old.gid()
        );
    }
    fill_and_put(new, text, &beside, path).with_context(cannot)
}

/// Gives a file to the owner and the group of another, with the same mode.
pub(super) fn hand_over(new: &File, old: &Metadata) -> io::Result<()> {
    let mine = new.metadata()?;
    if (mine.uid(), mine.gid()) != (old.uid(), old.gid()) {
        fchown(new, Some(old.uid()), Some(old.gid()))?;
    }
    new.set_permissions(old.permissions())
}

/// Read by nobody else; what an interrupted one left is gone.
fn empty(path: &Path) -> io::Result<File> {
    if let Err(error) = fs::remove_file(path)
        && error.kind() != ErrorKind::NotFound
    {
        return Err(error);
    }
    File::options().create_new(true).write(true).mode(0o600).open(path)
}

fn fill_and_put(mut new: File, text: &str, beside: &Path, path: &Path) -> io::Result<()> {
    new.write_all(text.as_bytes())?;
    new.sync_all()?;
    fs::rename(beside, path)?;
    // That it has its name now stands in the folder.
    File::open(folder_of(path))?.sync_all()
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."))
}

#[cfg(test)]
mod tests {
    use std::{
        fs::Permissions,
        os::unix::fs::{PermissionsExt as _, chown},
    };

    use super::*;

    #[test]
    fn the_new_file_has_the_owner_and_mode_of_the_old_one_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys.toml");
        fs::write(&path, "old").unwrap();
        // Only root can give a file away; whoever else runs this sees that their own stays theirs.
        let _ = chown(&path, Some(4711), Some(4712));
        fs::set_permissions(&path, Permissions::from_mode(0o640)).unwrap();
        fs::write(folder.path().join("keys.toml.new"), "what was interrupted, and is longer").unwrap();
        let is_whose = |file: Metadata| (file.uid(), file.gid(), file.mode());
        let before = is_whose(fs::metadata(&path).unwrap());
        replace(&path, "new").unwrap();
        assert_eq!(is_whose(fs::metadata(&path).unwrap()), before);
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_file_without_a_folder_is_in_the_one_we_are_in() {
        assert_eq!(folder_of(Path::new("keys.toml")), Path::new("."));
        assert_eq!(folder_of(Path::new("/etc/balie/keys.toml")), Path::new("/etc/balie"));
    }
}
