use std::{collections::BTreeMap, path::Path};

use rusqlite::{Transaction, TransactionBehavior, named_params};
use sqlx::migrate::{MigrateError, Migration, Migrator};

use super::connection::Connection;
use crate::Error;

/// What has run, in the form that sqlx gives it.
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
pub(super) fn run(file: &Path, migrator: &Migrator) -> Result<(), Error> {
    let mut connection = Connection::open(file)?.into_inner();
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    tx.execute_batch(TABLE)?;
    let applied = applied(&tx)?;
    let unknown = applied.keys().find(|version| !migrator.version_exists(**version));
    if let Some(version) = unknown {
        return Err(refused(&MigrateError::VersionMissing(*version)));
    }
    for step in migrator.iter() {
        match applied.get(&step.version) {
            None => apply(&tx, step)?,
            Some(checksum) if *checksum == *step.checksum => {}
            Some(_) => return Err(refused(&MigrateError::VersionMismatch(step.version))),
        }
    }
    Ok(tx.commit()?)
}

fn applied(tx: &Transaction<'_>) -> Result<BTreeMap<i64, Vec<u8>>, rusqlite::Error> {
    let mut statement = tx.prepare("select version, checksum from _sqlx_migrations")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.collect()
}

fn apply(tx: &Transaction<'_>, step: &Migration) -> Result<(), Error> {
    tx.execute_batch(step.sql.as_str())
        .map_err(|error| Error::Migrate(format!("while executing migration {}: {error}", step.version)))?;
    tx.execute(
        "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
         values (:version, :description, true, :checksum, 0)",
        named_params! {
            ":version": step.version,
            ":description": step.description.as_ref(),
            ":checksum": step.checksum.as_ref(),
        },
    )?;
    Ok(())
}

fn refused(why: &MigrateError) -> Error {
    Error::Migrate(why.to_string())
}
