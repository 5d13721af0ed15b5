use std::collections::BTreeMap;

use tokio_postgres::{GenericClient, Transaction};

use super::{Alone, Postgres, Refusal};
use crate::{
    Error, Fence, Migration,
    migrate::{checksum, missing},
    scope,
};

/// What has run, in the form that sqlx gave it, which ran the first steps of those who came before.
const TABLE: &str = "
    create table if not exists _sqlx_migrations (
        version bigint primary key,
        description text not null,
        installed_on timestamptz not null default now(),
        success boolean not null,
        checksum bytea not null,
        execution_time bigint not null
    )";

/// One process at a time changes the tables of a schema.
const LOCK: &str = "select pg_advisory_lock(hashtextextended('migrations of ' || current_schema(), 0))";

/// A connection on which the owner of the tables gets past its own fences.
pub(crate) struct Owner(Alone);

impl Owner {
    pub(crate) async fn connect(postgres: &Postgres) -> Result<Self, Error> {
        let config = postgres.config(&[("balie.scope", scope::MIGRATION)]);
        Ok(Self(Alone::connect(&config).await?))
    }

    /// Runs the steps that have not been run, each by itself, and puts the fences up.
    pub(crate) async fn migrate(mut self, steps: &[Migration], fences: &[Fence]) -> Result<(), Error> {
        self.0.batch_execute(LOCK).await?;
        self.0.batch_execute(TABLE).await?;
        for step in missing(steps, &applied(&*self.0).await?)? {
            let tx = self.0.transaction().await?;
            apply(&tx, step).await?;
            tx.commit().await?;
        }
        let tx = self.0.transaction().await?;
        raise(&tx, fences).await?;
        tx.commit().await?;
        self.0.close().await;
        Ok(())
    }
}

impl Postgres {
    /// Whether every step has run and the fences stand, as somebody sees who does not own the tables.
    pub(crate) async fn see(&self, steps: &[Migration], fences: &[Fence]) -> Result<(), Error> {
        let connection = self.pool().get().await?;
        let applied = applied(&**connection).await.map_err(|_| Error::NotMigrated)?;
        let have_run = steps.iter().all(|step| applied.get(&step.version) == Some(&checksum(step)));
        let stand = fences.is_empty() || standing(&**connection).await? == Some(scope::mark(&plan(fences)));
        if have_run && stand { Ok(()) } else { Err(Error::NotMigrated) }
    }
}

async fn applied(client: &impl GenericClient) -> Result<BTreeMap<i64, Vec<u8>>, Error> {
    let rows = client.query("select version, checksum from _sqlx_migrations", &[]).await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
}

async fn apply(tx: &Transaction<'_>, step: &Migration) -> Result<(), Error> {
    let failed = |error| Error::Migrate(format!("step {} failed: {}", step.version, Refusal::from(error)));
    tx.batch_execute(step.sql).await.map_err(failed)?;
    tx.execute(
        "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
         values ($1, $2, true, $3, 0)",
        &[&step.version, &step.name, &checksum(step)],
    )
    .await?;
    Ok(())
}

/// Puts the fences up, unless they stand as they should.
async fn raise(tx: &Transaction<'_>, fences: &[Fence]) -> Result<(), Error> {
    let plan = plan(fences);
    let mark = scope::mark(&plan);
    if fences.is_empty() || standing(tx).await?.as_ref() == Some(&mark) {
        return Ok(());
    }
    let schema: String = tx.query_one("select current_schema()::text", &[]).await?.try_get(0)?;
    // Our own words, and a schema whose name was looked at when it was opened.
    Ok(tx.batch_execute(&format!("{plan} comment on schema {schema} is '{mark}'")).await?)
}

/// The mark of the fences that stand.
async fn standing(client: &impl GenericClient) -> Result<Option<String>, Error> {
    let text = "select obj_description(to_regnamespace(current_schema()), 'pg_namespace')";
    Ok(client.query_one(text, &[]).await?.try_get(0)?)
}

fn plan(fences: &[Fence]) -> String {
    fences.iter().map(scope::raising).collect()
}
