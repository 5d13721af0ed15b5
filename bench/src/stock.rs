//! What has gathered in a database over years, written by SQL: copies of rows that the platform wrote.
//!
//! What is sealed in them can be read only where it was sealed, so nobody may look at a copy; those who are looked at have
//! rows of their own.

use std::path::Path;

use crate::limits::{Connection, columns};

/// So many appointments has a patient.
pub(crate) const EACH: usize = 20;
/// The AGB code of the first practice of every house; the others follow.
const FIRST_PRACTICE: usize = 1_000_001;
const DAY: u64 = 24 * 3600 * 1_000_000;

/// What there is to be, beside what the platform wrote.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stock {
    pub(crate) appointments: usize,
    /// With those that are there.
    pub(crate) practices: usize,
}

impl Stock {
    /// Adds it to a database that has a practice, a patient and an appointment, and that nobody has open.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub(crate) fn add(self, file: &Path) -> anyhow::Result<()> {
        if self.appointments == 0 {
            return Ok(());
        }
        let connection = Connection::open(&file.display().to_string())?;
        // Whoever falls here begins anew.
        for pragma in ["journal_mode = off", "synchronous = off", "cache_size = -400000"] {
            connection.execute(&format!("pragma {pragma}"))?;
        }
        connection.execute("begin")?;
        self.add_rows(&connection)?;
        connection.execute("commit")?;
        connection.execute("pragma journal_mode = wal")?;
        Ok(std::fs::File::open(file)?.sync_all()?)
    }

    fn add_rows(self, connection: &Connection) -> anyhow::Result<()> {
        let (appointments, patients) = (self.appointments, self.appointments.div_ceil(EACH));
        let practice = format!("printf('%08d', {FIRST_PRACTICE} + n % {})", self.practices);
        connection.execute("create temp table there as select agb from practice")?;
        let new = format!("printf('%08d', {FIRST_PRACTICE} + n) not in (select agb from there)");
        copy(connection, "practice", (self.practices, &new), &[("agb", &practice)])?;
        let patient = id('a', "n");
        copy(
            connection,
            "account",
            (patients, "true"),
            &[
                ("id", &patient),
                ("bsn_index", "printf('stock-%09d', n)"),
                ("unsubscribe", "printf('stock-%09d', n)"),
            ],
        )?;
        copy(
            connection,
            "membership",
            (patients, "true"),
            &[("account", &patient), ("practice", &practice)],
        )?;
        let (patient, of_patient) = (format!("n % {patients}"), format!("(n % {patients})"));
        let days = |column| format!("{column} + n / {patients} * {DAY}");
        copy(
            connection,
            "appointment",
            (appointments, "true"),
            &[
                ("id", &id('b', "n")),
                ("account", &id('a', &patient)),
                ("practice", &practice.replace("+ n %", &format!("+ {of_patient} %"))),
                ("xis_id", "printf('stock-%09d', n)"),
                ("form", "null"),
                ("unseen", "0"),
                ("start_at", &days("start_at")),
                ("end_at", &days("end_at")),
                ("remind_at", &days("remind_at")),
            ],
        )
    }
}

/// Copies a table's first row: one for each number from 0 on that the condition holds for, with these columns made anew.
fn copy(
    connection: &Connection,
    table: &str,
    (count, condition): (usize, &str),
    anew: &[(&str, &str)],
) -> anyhow::Result<()> {
    let made = |column: String| {
        let found = anew.iter().find(|(name, _)| *name == column);
        found.map_or(column.clone(), |(_, expression)| (*expression).to_owned())
    };
    let made: Vec<String> = columns(connection, table)?.into_iter().map(made).collect();
    connection.execute(&format!("create temp table one as select * from {table} limit 1"))?;
    connection.execute(&format!(
        "with recursive numbers (n) as (select 0 union all select n + 1 from numbers where n + 1 < {count})
         insert into {table} select {} from numbers, one where {condition}",
        made.join(", ")
    ))?;
    connection.execute("drop table one")
}

/// An id as the platform makes them, sorted by time: one for each number.
fn id(kind: char, number: &str) -> String {
    format!("printf('0190%04x-%04x-700{kind}-8000-%012x', {number} / 65536, {number} % 65536, {number})")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_copied_with_what_is_made_anew() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("some.db").display().to_string();
        let connection = Connection::open(&file).unwrap();
        connection.execute("create table visit (id text primary key, facts blob)").unwrap();
        connection.execute("insert into visit values ('first', x'01')").unwrap();
        copy(&connection, "visit", (1000, "n <> 7"), &[("id", &id('b', "n"))]).unwrap();
        let count =
            "create table counted as select 1 / (count(*) = 1000 and count(distinct id) = 1000) as is_right
                     from visit where facts = x'01'";
        connection.execute(count).unwrap();
        connection.execute("create table right (yes integer not null)").unwrap();
        connection.execute("insert into right select is_right from counted").unwrap();
    }
}
