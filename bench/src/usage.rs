//! What processes used, as the kernel counts it: what does not depend on neighbours.

use std::{collections::BTreeSet, fs};

use anyhow::Context as _;

/// In what the kernel tells of processors' time (`USER_HZ`): the same on every Linux.
const TICKS_A_SECOND: f64 = 100.0;

/// What a process and all below it have used so far.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Usage {
    /// Processor time, user and system, also of children that have ended.
    pub(crate) cpu_seconds: f64,
    /// Bytes that were sent to the disk.
    pub(crate) written_bytes: f64,
}

impl Usage {
    /// Of these processes with everything below them.
    ///
    /// # Errors
    /// When the kernel does not say.
    pub(crate) fn of(roots: &[u32]) -> anyhow::Result<Self> {
        let processes = processes()?;
        let mut family: BTreeSet<u32> = roots.iter().copied().collect();
        while processes.iter().any(|one| family.contains(&one.parent) && family.insert(one.pid)) {}
        let mut usage = Self::default();
        for one in processes.iter().filter(|one| family.contains(&one.pid)) {
            usage.cpu_seconds += one.ticks / TICKS_A_SECOND;
            usage.written_bytes += written(one.pid).unwrap_or_default();
        }
        Ok(usage)
    }

    pub(crate) fn since(self, before: Self) -> Self {
        Self {
            cpu_seconds: self.cpu_seconds - before.cpu_seconds,
            written_bytes: self.written_bytes - before.written_bytes,
        }
    }
}

/// The most memory that a process has held, in MB.
///
/// # Errors
/// When the kernel does not say.
pub(crate) fn peak_memory(pid: u32) -> anyhow::Result<f64> {
    memory(pid, "VmHWM:")
}

/// Lets the most memory that a process has held be what it holds now, and gives that, in MB.
///
/// # Errors
/// When the kernel does not do it.
pub(crate) fn forget_peak_memory(pid: u32) -> anyhow::Result<f64> {
    // See proc(5): 5 resets the peak.
    fs::write(format!("/proc/{pid}/clear_refs"), "5")?;
    memory(pid, "VmRSS:")
}

/// The memory that a process holds now, in MB.
///
/// # Errors
/// When the kernel does not say.
pub(crate) fn memory_now(pid: u32) -> anyhow::Result<f64> {
    memory(pid, "VmRSS:")
}

fn memory(pid: u32, which: &str) -> anyhow::Result<f64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line =
        status.lines().find_map(|line| line.strip_prefix(which)).context("the kernel tells no memory")?;
    let kib: f64 = line.trim().trim_end_matches("kB").trim().parse()?;
    Ok(kib * 1024.0 / 1e6)
}

/// The most memory that a process and all below it have held, each at its own time, in MB.
///
/// # Errors
/// When the kernel does not say.
pub(crate) fn peak_memory_of_all(root: u32) -> anyhow::Result<f64> {
    let below: f64 = children(root)?.into_iter().filter_map(|child| peak_memory_of_all(child).ok()).sum();
    Ok(peak_memory(root)? + below)
}

/// The processes that this one started.
///
/// # Errors
/// When the kernel does not say.
pub(crate) fn children(parent: u32) -> anyhow::Result<Vec<u32>> {
    Ok(processes()?.iter().filter(|one| one.parent == parent).map(|one| one.pid).collect())
}

struct Process {
    pid: u32,
    parent: u32,
    ticks: f64,
}

fn processes() -> anyhow::Result<Vec<Process>> {
    let names = fs::read_dir("/proc")?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let pids = names.filter_map(|name| name.parse().ok());
    // One that ends meanwhile is not there any more.
    Ok(pids.filter_map(|pid| read(pid, &fs::read_to_string(format!("/proc/{pid}/stat")).ok()?)).collect())
}

/// See proc(5): after the name in parentheses come the state, the parent, and as the 14th to the 17th field the ticks of
/// the process and of its children that ended.
fn read(pid: u32, stat: &str) -> Option<Process> {
    let (_, after_name) = stat.rsplit_once(')')?;
    let fields: Vec<&str> = after_name.split_whitespace().collect();
    let ticks = fields.get(11..15)?.iter().filter_map(|field| field.parse::<f64>().ok()).sum();
    Some(Process { pid, parent: fields.get(1)?.parse().ok()?, ticks })
}

fn written(pid: u32) -> Option<f64> {
    let io = fs::read_to_string(format!("/proc/{pid}/io")).ok()?;
    io.lines().find_map(|line| line.strip_prefix("write_bytes: "))?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn the_kernels_line_is_read_behind_a_name_with_blanks() {
        let line = "42 (a (b) c) S 7 42 42 0 -1 4194560 5 6 0 0 100 20 3 4 20 0 1 0 9 0 0";
        let process = read(42, line).unwrap();
        assert_eq!((process.parent, process.ticks), (7, 127.0));
    }
}
