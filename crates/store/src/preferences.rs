use db::{Row, Tx, sql};

use crate::{AccountId, Error, Store, wall::Scoped as _};

/// How and of what a patient wants to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preferences {
    /// Whether mail goes out, where there is an address.
    pub by_mail: bool,
    /// Whether notifications go to the devices that asked for them.
    pub by_push: bool,
    /// How much may be said about an appointment: 1 there is news, 2 date and time too, 3 practice and place too.
    pub detail: u32,
    /// How much may be said about a message of a practice, by the same steps.
    pub detail_messages: u32,
    /// How long before a visit to remind of it, in minutes; none: no reminders.
    pub remind_minutes: Option<u32>,
}

impl Default for Preferences {
    /// Mail and push, the time of a visit but not where it is, nothing of a message, and a reminder a day before.
    fn default() -> Self {
        Self { by_mail: true, by_push: true, detail: 2, detail_messages: 1, remind_minutes: Some(24 * 60) }
    }
}

impl Store {
    /// Remembers what a patient chose.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_preferences(
        &self,
        tx: &mut Tx,
        account: AccountId,
        chosen: &Preferences,
    ) -> Result<(), Error> {
        sql("update account set by_mail = $2, by_push = $3, detail = $4, detail_messages = $5, remind_minutes = $6
             where id = $1")
        .of_patient(account)
        .bind(account)
        .bind(chosen.by_mail)
        .bind(chosen.by_push)
        .bind(chosen.detail)
        .bind(chosen.detail_messages)
        .bind(chosen.remind_minutes)
        .execute_later(tx)
        .await?;
        Ok(())
    }
}

/// The columns of an account that are preferences.
pub(crate) fn read(row: &Row) -> Result<Preferences, db::Error> {
    Ok(Preferences {
        by_mail: row.get("by_mail")?,
        by_push: row.get("by_push")?,
        detail: row.get("detail")?,
        detail_messages: row.get("detail_messages")?,
        remind_minutes: row.optional("remind_minutes")?,
    })
}
