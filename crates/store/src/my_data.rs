//! What is kept of a patient, for the patient: read in pages, so that no patient is too much at once.

use db::{Row, Tx, sql};
use jiff::Timestamp;

use crate::{AccountId, AppointmentId, Error, Store, Stored, wall::Scoped as _};

/// What a patient was told, or is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The appointment or message that it is about.
    pub about: String,
    /// What kind of change; none for a message.
    pub kind: Option<String>,
    /// When it came to be; none for a message.
    pub created_at: Option<Timestamp>,
    /// `mail`, or `push:` and a device.
    pub route: String,
    /// How it ended: `sent`, `superseded` or `no_channel`.
    pub outcome: Option<String>,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
}

/// A login that has not ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LoggedIn {
    /// Since when.
    pub started_at: Timestamp,
    /// When it was last used.
    pub used_at: Timestamp,
}

impl Store {
    /// Since when a patient has an account.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn account_since(&self, tx: &mut Tx, id: AccountId) -> Result<Option<Timestamp>, Error> {
        let since = sql("select created_at from account where id = $1").of_patient(id).bind(id);
        Ok(since.first(tx, |row| row.get("created_at")).await?)
    }

    /// A page of everything of a patient, by id, after this one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn appointments_after(
        &self,
        tx: &mut Tx,
        account: AccountId,
        after: Option<AppointmentId>,
        count: u32,
    ) -> Result<Vec<Stored>, Error> {
        let ids: Vec<AppointmentId> =
            sql("select id from appointment where account = $1 and id > $2 order by id limit $3")
                .of_patient(account)
                .bind(account)
                .bind(after.map(|id| id.to_string()).unwrap_or_default())
                .bind(count)
                .all(tx, |row| row.parsed("id"))
                .await?;
        let mut found = Vec::with_capacity(ids.len());
        for id in ids {
            found.extend(self.appointment_of_patient(tx, account, id).await?);
        }
        Ok(found)
    }

    /// A page of what a patient was told, in no order: at most `count`, after the first `skipped`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn told_to(
        &self,
        tx: &mut Tx,
        account: AccountId,
        skipped: u32,
        count: u32,
    ) -> Result<Vec<Told>, Error> {
        let told = sql("select delivery.about, delivery.route, delivery.outcome, delivery.ended_at,
                               notice.kind, notice.created_at
                        from delivery left join notice on notice.id = delivery.notice
                        where delivery.account = $1 order by delivery.notice, delivery.route limit $2 offset $3");
        Ok(told.of_patient(account).bind(account).bind(count).bind(skipped).all(tx, read).await?)
    }

    /// Where a patient is logged in.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn logins_of(&self, tx: &mut Tx, account: AccountId) -> Result<Vec<LoggedIn>, Error> {
        let logins = sql("select started_at, used_at from session where account = $1 order by started_at")
            .of_patient(account)
            .bind(account)
            .all(tx, |row| Ok(LoggedIn { started_at: row.get("started_at")?, used_at: row.get("used_at")? }))
            .await?;
        Ok(logins)
    }
}

fn read(row: &Row) -> Result<Told, db::Error> {
    Ok(Told {
        about: row.get("about")?,
        kind: row.optional("kind")?,
        created_at: row.optional("created_at")?,
        route: row.get("route")?,
        outcome: row.optional("outcome")?,
        ended_at: row.optional("ended_at")?,
    })
}
