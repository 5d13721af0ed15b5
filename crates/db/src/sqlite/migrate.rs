use std::{collections::BTreeMap, path::Path};

use rusqlite::{Transaction, TransactionBehavior, named_params};

use super::connection::Connection;
use crate::{
    Error, Migration,
    migrate::{checksum, missing},
};

/// What has run, in the form that sqlx gave it, which ran the first steps of those who came before.
const TABLE: &str = "
    create table if not exists _sqlx_migrations (
        version bigint primary key,
        description text not null,
        installed_on timestamp not null default current_timestamp,
        success boolean not null,
        checksum blob not null,
        execution_time bigint not null
    )";

/// Runs the steps that have not been run: all of them or none.
pub(super) fn run(file: &Path, steps: &[Migration]) -> Result<(), Error> {
    let mut connection = Connection::open(file)?.into_inner();
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    tx.execute_batch(TABLE)?;
    for step in missing(steps, &applied(&tx)?)? {
        apply(&tx, step)?;
    }
    Ok(tx.commit()?)
}

fn applied(tx: &Transaction<'_>) -> Result<BTreeMap<i64, Vec<u8>>, rusqlite::Error> {
    let mut statement = tx.prepare("select version, checksum from _sqlx_migrations")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.collect()
}

fn apply(tx: &Transaction<'_>, step: &Migration) -> Result<(), Error> {
    tx.execute_batch(step.sql)
        .map_err(|error| Error::Migrate(format!("step {} failed: {error}", step.version)))?;
    tx.execute(
        "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
         values (:version, :description, true, :checksum, 0)",
        named_params! { ":version": step.version, ":description": step.name, ":checksum": checksum(step) },
    )?;
    Ok(())
}
