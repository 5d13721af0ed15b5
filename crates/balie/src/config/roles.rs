//! As whom the platform works on a database that knows roles: one owns the tables, another works with them.

use anyhow::{Context as _, bail};
use secrecy::{ExposeSecret as _, SecretString};
use store::{Db, Role, SCHEMA, Store};

use super::PlatformFile;

impl PlatformFile {
    /// The tables that the file names, opened by a role that the wall between practices and patients holds back.
    pub(crate) async fn store_behind_the_wall(&self) -> anyhow::Result<Store> {
        let store = self.store().await?;
        match store.db().role().await? {
            Some(Role { name, power: Some(power) }) if !self.any_database_role => bail!(
                "database: the role {name} {power}, so no wall in the database would stand between practices and \
                 patients: run as a role that owns nothing (docs/running.md), or say any_database_role = true"
            ),
            _ => Ok(store),
        }
    }

    /// Brings the tables up to date. Where `owner` is who owns them, the role of the file is let in to work with them.
    pub(crate) async fn migrate(&self, owner: Option<&SecretString>) -> anyhow::Result<()> {
        let Some(owner) = owner else {
            let store = self.store().await?;
            store.migrate().await?;
            store.db().close().await;
            return Ok(());
        };
        let store = self.store_at(owner).await.context("the owner's database")?;
        store.migrate().await?;
        let service = Db::connect(self.database.expose_secret(), SCHEMA).await.context("database")?;
        if let Some(role) = service.role().await? {
            store.db().let_in(&role.name).await?;
        }
        service.close().await;
        store.db().close().await;
        Ok(())
    }
}
