//! pgbench, with a script made of the rows that one request of Balie left.

use std::{fmt::Write as _, fs, path::PathBuf, time::Duration};

use anyhow::Context as _;
use serde_json::{Map, Value};
use url::Url;

use super::{super::cells::Turn, Kind};
use crate::{
    figures::{Figures, RATE},
    house::{House, ask},
    limits::pgbench,
};

/// Each row of the last request that told of something, by its table, as JSON.
const UNIT: &str = "select json_build_object('notice', n, 'appointment', a, 'delivery', d, 'outbox', o, 'audit',
    (select row_to_json(u) from audit u where u.subject = n.account and u.outcome = 'new' order by place desc limit 1))
  from notice n join appointment a on a.id = n.appointment join delivery d on d.notice = n.id join outbox o on o.id = d.message
  where o.attempts = 0 order by n.created_at desc limit 1";
/// As references ask for it.
const TABLES: [&str; 5] = ["appointment", "notice", "delivery", "outbox", "audit"];
/// An hour in which times lie, where a row has one (in microseconds, so above this).
const A_TIME: i64 = 1_000_000_000_000_000;
/// Patients are numbered, so that a script can pick one.
const PATIENTS: &str = "create table bench_patient as select id, row_number() over () as number from account;
    alter table bench_patient add primary key (number)";
const VARIABLES: &str = "\\set unit_number random(1, 999999999999)\n\\set unit_time random(0, 3600000000)\n";

pub(in super::super) struct Scripts {
    new: PathBuf,
    unchanged: PathBuf,
}

impl Scripts {
    pub(super) async fn of(house: &House) -> anyhow::Result<Self> {
        let running = house.run(None).await?;
        Turn::new(&running, house, 0, 16).run(Kind::New, Duration::from_secs(1)).await?;
        running.server.stop().await?;
        let unit = ask(&house.database.copy_for_all()?, UNIT).await?;
        let unit: Map<String, Value> =
            serde_json::from_str(&unit).context("no request left a unit of rows")?;
        let [new, unchanged] = ["new.sql", "unchanged.sql"].map(|name| house.folder.path().join(name));
        fs::write(&new, script(&unit, &TABLES, house.people.len())?)?;
        fs::write(&unchanged, script(&unit, &["audit"], house.people.len())?)?;
        Ok(Self { new, unchanged })
    }

    pub(super) async fn measure(&self, house: &House) -> anyhow::Result<Figures> {
        let mut figures = Figures::default();
        for (case, script) in
            [("pgbench, 16 clients, new", &self.new), ("pgbench, 16 clients, unchanged", &self.unchanged)]
        {
            house.copy().await?;
            let database: Url = house.database.copy_for_all()?;
            ask(&database, PATIENTS).await?;
            figures.add(case, RATE, pgbench::rate(&database, script).await?);
        }
        Ok(figures)
    }
}

/// One transaction in one trip that inserts a row like the unit's into each of these tables.
fn script(unit: &Map<String, Value>, tables: &[&str], patients: usize) -> anyhow::Result<String> {
    let text = |table: &str, column: &str| unit[table][column].as_str().context("a row lacks its id");
    // What differs from unit to unit: as it stands in the sample, and how it is made.
    let numbered = |prefix: &str| format!("'{prefix}-0000-4000-8000-' || lpad(:unit_number::text, 12, '0')");
    let patient = "(select id from bench_patient where number = :unit_patient)".to_owned();
    let differing = [
        (text("appointment", "id")?, numbered("aaaaaaaa")),
        (text("notice", "id")?, numbered("bbbbbbbb")),
        (text("outbox", "id")?, numbered("cccccccc")),
        (text("audit", "id")?, numbered("dddddddd")),
        (text("appointment", "xis_id")?, "'bench-' || lpad(:unit_number::text, 12, '0')".to_owned()),
        (text("notice", "account")?, patient),
    ];
    let mut script =
        format!("{VARIABLES}\\set unit_patient random(1, {patients})\n\\startpipeline\nbegin;\n");
    for table in tables {
        let row = unit[*table].as_object().context("a table has no row")?;
        let columns: Vec<&str> = row.keys().map(String::as_str).collect();
        let values: Vec<String> =
            row.iter().map(|(column, value)| expression(column, value, &differing)).collect();
        writeln!(script, "insert into {table} ({}) values ({});", columns.join(", "), values.join(", "))?;
    }
    Ok(script + "commit;\n\\endpipeline\n")
}

fn expression(column: &str, value: &Value, differing: &[(&str, String)]) -> String {
    match value {
        Value::Number(number) if column == "place" && number.as_i64().is_some_and(|place| place > 1) => {
            "(select ahead from audit_epoch) + pg_current_xact_id()::text::bigint".to_owned()
        }
        Value::Number(number) if number.as_i64().is_some_and(|number| number > A_TIME) => {
            format!("{number} + :unit_time")
        }
        Value::String(text) => in_pieces(text, differing),
        Value::Null => "null".to_owned(),
        other => other.to_string(),
    }
}

/// The text as an expression, with what differs made anew.
fn in_pieces(text: &str, differing: &[(&str, String)]) -> String {
    let found = differing.iter().find_map(|(sample, made)| Some((text.split_once(sample)?, made)));
    match found {
        None => literal(text),
        Some((("", ""), made)) => made.clone(),
        Some(((before, after), made)) => {
            format!("{} || {made} || {}", in_pieces(before, differing), in_pieces(after, differing))
        }
    }
}

/// As SQL, and without a colon: pgbench takes what follows one for a variable of its own.
fn literal(text: &str) -> String {
    let quoted = text.replace('\'', "''");
    if text.contains(':') {
        format!("E'{}'", quoted.replace('\\', "\\\\").replace(':', "\\x3a"))
    } else {
        format!("'{quoted}'")
    }
}
