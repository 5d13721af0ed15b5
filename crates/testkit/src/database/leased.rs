//! Databases of PostgreSQL that one test leaves to the next: to make the tables takes longer than most tests do.
//!
//! Whose turn it is shows a lock on a file, which the system frees when the process ends, however that ends. The next
//! process ends what still works on the database and empties it before its test begins. Within a process none is used twice.

use std::{
    fs::{File, TryLockError},
    hash::{DefaultHasher, Hash as _, Hasher as _},
    io::{Read as _, Write as _},
    process::{Command, Stdio},
    sync::{Mutex, PoisonError},
};

use world::{Chance as _, SystemChance};

/// More than run at once.
const MOST: usize = 1_000;

/// Those that this process works on, until it ends.
static HELD: Mutex<Vec<File>> = Mutex::new(Vec::new());

/// The name of a database that no other process works on. It need not exist.
pub(super) fn name() -> String {
    let slot = (0..MOST).find_map(taken).expect("a database that is free");
    format!("test_{slot}_{:x}", stamp())
}

/// The mark of a slot, when nobody else has it.
fn taken(number: usize) -> Option<String> {
    let path = std::env::temp_dir().join(format!("balie-test-database-{number}"));
    // Another user's is not ours to open.
    let mut file = File::options().read(true).append(true).create(true).open(path).ok()?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return None,
        Err(TryLockError::Error(error)) => panic!("a lock on a file of the temporary folder: {error}"),
    }
    let mut mark = String::new();
    file.read_to_string(&mut mark).unwrap();
    if mark.is_empty() {
        // Other machines may work on the same server.
        mark = SystemChance.uuid().simple().to_string();
        file.write_all(mark.as_bytes()).unwrap();
    }
    HELD.lock().unwrap_or_else(PoisonError::into_inner).push(file);
    Some(mark)
}

/// Another one for each test program, and each time that it is built: their migrations may differ.
fn stamp() -> u64 {
    let program = std::env::current_exe().unwrap();
    let mut hasher = DefaultHasher::new();
    program.hash(&mut hasher);
    program.metadata().unwrap().modified().unwrap().hash(&mut hasher);
    hasher.finish()
}

/// Makes a database as it was when its tables had just been made; false where there is none with whole tables.
pub(super) fn empty(url: &str) -> bool {
    psql(url, include_str!("empty.sql"))
}

/// Makes a database without tables, whatever was there.
pub(super) fn create(server: &str, name: &str, owner: &str) {
    for statement in [
        format!("drop database if exists {name} with (force)"),
        format!("create database {name} owner {owner}"),
    ] {
        assert!(psql(server, &statement), "PostgreSQL refused: {statement}");
    }
}

/// Keeps what stands in tables that were just made, for [`empty`].
pub(super) fn keep(url: &str) {
    assert!(psql(url, include_str!("keep.sql")), "PostgreSQL did not keep what the migrations wrote");
}

/// Whether the superuser's statements went well.
fn psql(url: &str, statements: &str) -> bool {
    let mut child = Command::new("psql")
        .args(["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", url])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("psql runs: `make setup` installs it");
    // It may be gone before it has read everything; its status says so.
    let _ = child.stdin.take().unwrap().write_all(statements.as_bytes());
    child.wait().unwrap().success()
}
