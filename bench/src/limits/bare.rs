//! The rows that Balie wrote, written again by a bare loop: what the disk allows.
//!
//! A unit is what one request wrote: a row in each of some tables. The rows are read from the database that Balie left,
//! and written into another copy of the database that Balie began with: the same tables, indexes and triggers.

use std::{path::Path, time::Instant};

use clap::Args;
use serde::{Deserialize, Serialize};

use super::sqlite::{Connection, Statement, Value};

/// What Balie writes of an appointment that was changed.
const CHANGED: &str = "appointment.account, appointment.xis_id, appointment.state, appointment.start_at, \
    appointment.end_at, appointment.facts, appointment.revision, appointment.unseen, appointment.changed_at, \
    appointment.xis_updated_at, appointment.remind_at, appointment.guessed";

#[derive(Debug, Args)]
pub(crate) struct Bare {
    /// The database to write into.
    into: String,
    /// The database that Balie left.
    left: String,
    /// The tables that a request writes to, in their order.
    #[arg(long, value_delimiter = ',')]
    tables: Vec<String>,
    /// A request also changes an appointment.
    #[arg(long)]
    changes: bool,
    /// How many units share a commit.
    #[arg(long)]
    units_a_commit: usize,
    /// No more units than this.
    #[arg(long)]
    units: usize,
}

/// What was written, and how long it took.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Written {
    pub(crate) units: usize,
    pub(crate) seconds: f64,
}

impl Written {
    pub(crate) fn rate(self) -> f64 {
        self.units as f64 / self.seconds
    }
}

impl Bare {
    /// This limit as a process of its own.
    ///
    /// # Errors
    /// When it fails.
    pub(crate) async fn measure(
        (into, left): (&Path, &Path),
        (tables, changes): (&str, bool),
        (units, units_a_commit): (usize, usize),
    ) -> anyhow::Result<Written> {
        let (into, left) = (into.display().to_string(), left.display().to_string());
        let (units, units_a_commit) = (units.to_string(), units_a_commit.to_string());
        let mut arguments = vec![
            "bare",
            &into,
            &left,
            "--tables",
            tables,
            "--units",
            &units,
            "--units-a-commit",
            &units_a_commit,
        ];
        if changes {
            arguments.push("--changes");
        }
        super::told(&arguments, Path::new("/")).await
    }

    pub(super) fn run(&self) -> anyhow::Result<Written> {
        let connection = Connection::open(&self.into)?;
        for pragma in ["journal_mode = wal", "synchronous = full", "foreign_keys = on"] {
            connection.execute(&format!("pragma {pragma}"))?;
        }
        connection.execute(&format!("attach '{}' as balie", self.left))?;
        let mut tables = Vec::new();
        if self.changes {
            tables.push((changed_rows(&connection, self.units)?, update(&connection)?));
        }
        for table in &self.tables {
            tables.push((new_rows(&connection, table, self.units)?, insert(&connection, table)?));
        }
        connection.execute("detach balie")?;
        let units = tables.iter().map(|(rows, _)| rows.len()).min().unwrap_or_default();
        let began = Instant::now();
        for first in (0..units).step_by(self.units_a_commit) {
            connection.execute("begin immediate")?;
            for unit in first..units.min(first + self.units_a_commit) {
                for (rows, insert) in &mut tables {
                    insert.run(&rows[unit])?;
                }
            }
            connection.execute("commit")?;
        }
        Ok(Written { units, seconds: began.elapsed().as_secs_f64() })
    }
}

/// The rows that Balie has added to the table, in its order.
fn new_rows(connection: &Connection, table: &str, units: usize) -> anyhow::Result<Vec<Vec<Value>>> {
    connection.rows(&format!(
        "select * from balie.{table} where rowid > (select coalesce(max(rowid), 0) from main.{table})
         order by rowid limit {units}"
    ))
}

/// The appointments that Balie has changed, as it left them, in the order in which it told of them.
fn changed_rows(connection: &Connection, units: usize) -> anyhow::Result<Vec<Vec<Value>>> {
    connection.rows(&format!(
        "select {CHANGED}, appointment.id from balie.notice join balie.appointment on appointment.id = notice.appointment
         where notice.rowid > (select coalesce(max(rowid), 0) from main.notice) order by notice.rowid limit {units}"
    ))
}

fn update(connection: &Connection) -> anyhow::Result<Statement<'_>> {
    let columns: Vec<&str> =
        CHANGED.split(", ").map(|column| column.trim_start_matches("appointment.")).collect();
    let set: Vec<String> =
        (1..).zip(&columns).map(|(place, column)| format!("{column} = ?{place}")).collect();
    let (set, id) = (set.join(", "), columns.len() + 1);
    connection.prepare(&format!("update main.appointment set {set} where id = ?{id}"))
}

/// # Errors
/// When there is no such table.
pub(crate) fn columns(connection: &Connection, table: &str) -> anyhow::Result<Vec<String>> {
    let rows = connection.rows(&format!("select name from pragma_table_info('{table}')"))?;
    Ok(rows
        .into_iter()
        .flatten()
        .filter_map(|name| if let Value::Text(name) = name { Some(name) } else { None })
        .collect())
}

fn insert<'a>(connection: &'a Connection, table: &str) -> anyhow::Result<Statement<'a>> {
    let columns = columns(connection, table)?;
    let places: Vec<String> = (1..=columns.len()).map(|place| format!("?{place}")).collect();
    connection.prepare(&format!("insert into main.{table} values ({})", places.join(", ")))
}
