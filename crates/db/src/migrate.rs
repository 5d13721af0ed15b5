use std::borrow::Cow;

use sqlx::{
    SqlSafeStr,
    migrate::{MigrationType, Migrator},
};

use crate::{Db, Error, connect::Engine};

/// One step of a party's tables, in the SQL that both databases understand. Never edited once released.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// Steps run in this order.
    pub version: i64,
    /// What it brings, in a few words.
    pub name: &'static str,
    /// Statements, separated by semicolons.
    pub sql: &'static str,
}

impl Db {
    /// Runs the steps that have not been run; several processes may call it at once.
    ///
    /// # Errors
    /// When a step fails (it leaves nothing behind) or was changed since it ran.
    pub async fn migrate(&self, steps: &[Migration]) -> Result<(), Error> {
        let migrator = Migrator::with_migrations(steps.iter().map(prepared).collect());
        match &*self.engine {
            Engine::Sqlite(sqlite) => migrator.run(sqlite.pool()).await,
            Engine::Postgres(postgres) => migrator.run(postgres.pool()).await,
        }
        .map_err(|error| Error::Migrate(error.to_string()))
    }
}

fn prepared(step: &Migration) -> sqlx::migrate::Migration {
    let name = Cow::Borrowed(step.name);
    sqlx::migrate::Migration::new(step.version, name, MigrationType::Simple, step.sql.into_sql_str(), false)
}
