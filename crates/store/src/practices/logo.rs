use agenda::Agb;
use db::{Tx, sql};

use crate::{Error, Store};

/// The picture that a practice shows beside its name.
#[derive(Clone, PartialEq, Eq)]
pub struct Logo {
    /// What it is: an image.
    pub media_type: String,
    /// The file.
    pub content: Vec<u8>,
}

impl std::fmt::Debug for Logo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Logo")
            .field("media_type", &self.media_type)
            .field("bytes", &self.content.len())
            .finish_non_exhaustive()
    }
}

impl Store {
    /// The logo of this practice.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn logo(&self, tx: &mut Tx, practice: &Agb) -> Result<Option<Logo>, Error> {
        let logo = sql("select media_type, content from practice_logo where practice = $1")
            .bind(practice.as_str())
            .first(tx, |row| Ok(Logo { media_type: row.get("media_type")?, content: row.get("content")? }));
        Ok(logo.await?)
    }

    /// Stores the logo of a practice, in place of the one that it had.
    ///
    /// # Errors
    /// When the database fails, or there is no such practice.
    pub async fn save_logo(&self, tx: &mut Tx, practice: &Agb, logo: &Logo) -> Result<(), Error> {
        sql("insert into practice_logo (practice, media_type, content) values ($1, $2, $3)
             on conflict (practice) do update set media_type = excluded.media_type, content = excluded.content")
        .bind(practice.as_str())
        .bind(&logo.media_type)
        .bind(logo.content.clone())
        .execute_later(tx)
        .await?;
        Ok(())
    }

    /// Takes the logo of a practice away.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn drop_logo(&self, tx: &mut Tx, practice: &Agb) -> Result<(), Error> {
        sql("delete from practice_logo where practice = $1")
            .bind(practice.as_str())
            .execute_later(tx)
            .await?;
        Ok(())
    }
}
