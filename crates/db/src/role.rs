//! Two roles of one PostgreSQL database: one owns the tables, the other works with them.

use crate::{Db, Error, connect::Engine, postgres::Postgres};

/// What a role has that lets it past every fence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Power {
    /// It is a superuser.
    Superuser,
    /// It has `BYPASSRLS`.
    BypassesFences,
    /// The tables are its own, or those of a role that it is a member of.
    OwnsTables,
}

/// Who works on a database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// Its name.
    pub name: String,
    /// What lets it past the fences, if anything does.
    pub power: Option<Power>,
}

impl std::fmt::Display for Power {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Superuser => "is a superuser",
            Self::BypassesFences => "has BYPASSRLS",
            Self::OwnsTables => "owns the tables",
        })
    }
}

const ROLE: &str = "select current_user::text, rolsuper, rolbypassrls,
  exists (select 1 from pg_class where relnamespace = to_regnamespace(current_schema()) and relkind = 'r'
            and pg_has_role(current_user, relowner, 'member'))
  from pg_roles where rolname = current_user";

impl Db {
    /// As whom we work on it; `None` on SQLite, which knows no roles.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn role(&self) -> Result<Option<Role>, Error> {
        let Engine::Postgres(postgres) = &*self.engine else { return Ok(None) };
        let row = postgres.pool().get().await?.query_one(ROLE, &[]).await?;
        let mut power = None;
        for (column, one) in [(1, Power::Superuser), (2, Power::BypassesFences), (3, Power::OwnsTables)] {
            power = power.or(row.try_get::<_, bool>(column)?.then_some(one));
        }
        Ok(Some(Role { name: row.try_get(0)?, power }))
    }

    /// Whether the tables are ours to change.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn is_ours(&self) -> Result<bool, Error> {
        match &*self.engine {
            Engine::Sqlite(_) => Ok(true),
            Engine::Postgres(postgres) => is_ours(postgres).await,
        }
    }

    /// Lets this role work with the tables: read, add, change and remove rows, and nothing else. On SQLite: nothing.
    ///
    /// # Errors
    /// When the database fails or there is no such role.
    pub async fn let_in(&self, role: &str) -> Result<(), Error> {
        let Engine::Postgres(postgres) = &*self.engine else { return Ok(()) };
        let (schema, role) = (postgres.schema(), quoted(role));
        let text = format!(
            "grant usage on schema {schema} to {role};
             grant select, insert, update, delete on all tables in schema {schema} to {role};
             revoke insert, update, delete on {schema}._sqlx_migrations from {role}"
        );
        Ok(postgres.pool().get().await?.batch_execute(&text).await?)
    }
}

pub(crate) async fn is_ours(postgres: &Postgres) -> Result<bool, Error> {
    let text = "select coalesce(has_schema_privilege(current_schema(), 'create'), false)";
    Ok(postgres.pool().get().await?.query_one(text, &[]).await?.try_get(0)?)
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
