mod logo;
mod logo_file;
mod search;

use agenda::Agb;
use db::{Row, Tx, sql};
use jiff::Timestamp;

use crate::{Error, Settings, Store, facts::unreadable};

pub use logo::Logo;
pub use logo_file::LogoUnusable;

/// A practice that this platform serves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Practice {
    /// Its code.
    pub agb: Agb,
    /// The XIS client that manages its appointments.
    pub client: String,
    /// What patients call it.
    pub name: String,
    /// What it chose.
    pub settings: Settings,
    /// Whether its XIS has ever given our identifier back (C18).
    pub returns_identifier: bool,
}

impl Store {
    /// Adds a practice; `false` when its code is taken.
    ///
    /// # Errors
    /// When the database fails, or there is no such client.
    pub async fn add_practice(
        &self,
        tx: &mut Tx,
        practice: &Practice,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let added = sql("insert into practice (agb, client, name, settings, returns_identifier, created_at,
                                               sought)
                         values ($1, $2, $3, $4, $5, $6, $7) on conflict (agb) do nothing")
        .bind(practice.agb.as_str())
        .bind(&practice.client)
        .bind(&practice.name)
        .bind(to_json(&practice.settings))
        .bind(practice.returns_identifier)
        .bind(now)
        .bind(practice.sought())
        .execute(tx)
        .await?;
        Ok(added > 0)
    }

    /// Stores the name, client and settings of a practice that is there.
    ///
    /// # Errors
    /// When the database fails, or there is no such client.
    pub async fn save_practice(&self, tx: &mut Tx, practice: &Practice) -> Result<(), Error> {
        sql("update practice set client = $2, name = $3, settings = $4, sought = $5 where agb = $1")
            .bind(practice.agb.as_str())
            .bind(&practice.client)
            .bind(&practice.name)
            .bind(to_json(&practice.settings))
            .bind(practice.sought())
            .execute_later(tx)
            .await?;
        Ok(())
    }

    /// Remembers that the practice's XIS gives our identifier back (C18).
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note_returned_identifier(&self, tx: &mut Tx, agb: &Agb) -> Result<(), Error> {
        sql("update practice set returns_identifier = 1 where agb = $1 and returns_identifier = 0")
            .bind(agb.as_str())
            .execute_later(tx)
            .await?;
        Ok(())
    }

    /// The practice with this code.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn practice(&self, tx: &mut Tx, agb: &Agb) -> Result<Option<Practice>, Error> {
        let found = sql("select * from practice where agb = $1").bind(agb.as_str()).first(tx, read).await?;
        found.transpose()
    }

    /// The practices that a XIS client manages (D2).
    ///
    /// # Errors
    /// When the database fails.
    pub async fn practices_of_client(&self, tx: &mut Tx, client: &str) -> Result<Vec<Practice>, Error> {
        let found =
            sql("select * from practice where client = $1 order by agb").bind(client).all(tx, read).await?;
        found.into_iter().collect()
    }

    /// This practice, where a XIS client that may still call manages it (D2).
    ///
    /// # Errors
    /// When the database fails.
    pub async fn practice_of_client(
        &self,
        tx: &mut Tx,
        client: &str,
        agb: &Agb,
    ) -> Result<Option<Practice>, Error> {
        let found = sql("select practice.* from practice join xis_client on xis_client.id = practice.client
                         where practice.agb = $2 and practice.client = $1 and xis_client.revoked_at is null")
        .bind(client)
        .bind(agb.as_str())
        .first(tx, read)
        .await?;
        found.transpose()
    }

    /// Every practice, for the operator.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn practices(&self, tx: &mut Tx) -> Result<Vec<Practice>, Error> {
        sql("select * from practice order by agb").all(tx, read).await?.into_iter().collect()
    }
}

fn to_json(settings: &Settings) -> String {
    serde_json::Value::Object(settings.to_map()).to_string()
}

/// The row, or why its settings cannot be understood.
pub(crate) fn read(row: &Row) -> Result<Result<Practice, Error>, db::Error> {
    let agb: Agb = row.parsed("agb")?;
    let settings: String = row.get("settings")?;
    let (client, name) = (row.get("client")?, row.get("name")?);
    let returns_identifier = row.get("returns_identifier")?;
    Ok(match serde_json::from_str(&settings) {
        Ok(settings) => Ok(Practice { agb, client, name, settings, returns_identifier }),
        Err(error) => Err(unreadable(&format!("practice.settings:{agb}"), &error)),
    })
}
