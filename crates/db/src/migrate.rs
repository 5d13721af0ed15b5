use std::{borrow::Cow, pin::Pin};

use sqlx::{
    Acquire, AssertSqlSafe, Connection, Executor as _, PgConnection, SqlSafeStr,
    migrate::{Migrate as _, MigrationType, Migrator},
};

use crate::{Db, Error, Fence, connect::Engine, postgres::Postgres, role, scope};

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
    /// Runs the steps that have not been run, and puts the fences up; several processes may call it at once.
    ///
    /// Whoever does not own the tables finds out whether their owner has done so.
    ///
    /// # Errors
    /// When a step fails (it leaves nothing behind) or was changed since it ran; [`Error::NotMigrated`].
    pub async fn migrate(&self, steps: &[Migration]) -> Result<(), Error> {
        let migrator = Migrator::with_migrations(steps.iter().map(prepared).collect());
        match &*self.engine {
            Engine::Sqlite(sqlite) => sqlite.migrate(migrator).await,
            Engine::Postgres(postgres) if role::is_ours(postgres).await? => {
                let mut connection = role::migrating(postgres).await?;
                run(&migrator, &mut connection).await?;
                raise(&mut connection, self.fences).await?;
                Ok(connection.close().await?)
            }
            Engine::Postgres(postgres) => see(postgres, &migrator, self.fences).await,
        }
    }
}

/// Boxed, so that whoever calls us can be shown to be `Send`: what is behind `Acquire` is so for each lifetime by itself only.
fn run<'a, A>(migrator: &'a Migrator, on: A) -> Pin<Box<dyn Future<Output = Result<(), Error>> + Send + 'a>>
where
    A: Acquire<'a> + Send + 'a,
    <A::Connection as std::ops::Deref>::Target: sqlx::migrate::Migrate,
    A::Connection: Send,
{
    Box::pin(async move { migrator.run(on).await.map_err(|error| Error::Migrate(error.to_string())) })
}

/// Puts the fences up, unless they stand as they should.
async fn raise(connection: &mut PgConnection, fences: &[Fence]) -> Result<(), Error> {
    if fences.is_empty() {
        return Ok(());
    }
    let mut tx = Connection::begin(connection).await?;
    tx.execute("select pg_advisory_xact_lock(hashtextextended('fences of ' || current_schema(), 0))").await?;
    let plan: String = fences.iter().map(scope::raising).collect();
    let mark = scope::mark(&plan);
    if standing(&mut tx).await?.as_deref() != Some(&mark) {
        let schema: String = sqlx::query_scalar("select current_schema()::text").fetch_one(&mut *tx).await?;
        // Our own words, and a schema whose name was looked at when it was opened.
        tx.execute(AssertSqlSafe(format!("{plan} comment on schema {schema} is '{mark}'"))).await?;
    }
    Ok(tx.commit().await?)
}

/// The mark of the fences that stand.
async fn standing(connection: &mut PgConnection) -> Result<Option<String>, Error> {
    let text = "select obj_description(to_regnamespace(current_schema()), 'pg_namespace')";
    Ok(sqlx::query_scalar(text).fetch_one(connection).await?)
}

/// Whether every step has run and the fences stand.
async fn see(postgres: &Postgres, migrator: &Migrator, fences: &[Fence]) -> Result<(), Error> {
    let mut connection = postgres.pool().acquire().await?;
    let applied =
        connection.list_applied_migrations(&migrator.table_name).await.map_err(|_| Error::NotMigrated)?;
    let has_run = |step: &sqlx::migrate::Migration| {
        applied.iter().any(|one| one.version == step.version && one.checksum == step.checksum)
    };
    let plan: String = fences.iter().map(scope::raising).collect();
    let stand = fences.is_empty() || standing(&mut connection).await?.as_deref() == Some(&scope::mark(&plan));
    if migrator.iter().all(has_run) && stand { Ok(()) } else { Err(Error::NotMigrated) }
}

fn prepared(step: &Migration) -> sqlx::migrate::Migration {
    let name = Cow::Borrowed(step.name);
    sqlx::migrate::Migration::new(step.version, name, MigrationType::Simple, step.sql.into_sql_str(), false)
}
