use tokio_postgres::Config;

use super::Alone;
use crate::{Error, postgres::Refusal};

/// Makes the schema where it is missing.
pub(super) async fn create(config: &Config, schema: &str) -> Result<(), Error> {
    if schema.is_empty() || !schema.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    {
        return Err(Error::Migrate(format!("{schema:?} is no schema name: use a-z, 0-9 and _")));
    }
    let connection = Alone::connect(config).await?;
    // Whoever only works with the tables may not even ask for one that is there.
    let row = connection.query_one("select to_regnamespace($1::text) is not null", &[&schema]).await?;
    if !row.try_get::<_, bool>(0)? {
        make(&connection, schema).await?;
    }
    connection.close().await;
    Ok(())
}

async fn make(connection: &Alone, schema: &str) -> Result<(), Error> {
    let made = connection.batch_execute(&format!("create schema if not exists {schema}")).await;
    match made.map_err(Refusal::from) {
        Err(refusal) if refusal.is_of_a_lesser_role() => Err(Error::NotMigrated),
        // Two processes that start at once: the second finds it made.
        Err(refusal) if refusal.is_unique_violation() => Ok(()),
        Err(refusal) => Err(refusal.into()),
        Ok(()) => Ok(()),
    }
}
