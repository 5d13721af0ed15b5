//! A patient leaves: everything that is kept of them goes, but for whose id it was in the audit trail.

use agenda::Bsn;
use db::{Tx, sql, sql_each};
use jiff::Timestamp;

use crate::{
    Account, AccountId, Error, Store, pulse,
    wall::{Job, Scoped as _},
};

/// What holds an account and nothing else, in the order in which it can go.
const OWN: [&str; 17] = [
    "delete from delivery where account = $1",
    "delete from calendar_edition where account = $1",
    "delete from calendar_feed where account = $1",
    "delete from reschedule_draft where account = $1",
    "delete from draft where account = $1",
    "delete from session where account = $1",
    "delete from push_subscription where account = $1",
    "delete from attachment where message in (select id from message where account = $1)",
    "delete from receipt where id in (select id from message where account = $1)",
    "delete from message where account = $1",
    "delete from address_check where account = $1",
    "delete from former_address where account = $1",
    "delete from membership where account = $1",
    "delete from sighting where appointment in (select id from appointment where account = $1)",
    "delete from notice where account = $1",
    "update appointment set replaces = null where account = $1",
    "delete from appointment where account = $1",
];

impl Store {
    /// Removes a patient's account with everything that is kept of the patient. Pages that are open learn that their
    /// session has ended. A visit that was another patient's before is a row of its own there (A12), and stays.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_account(&self, tx: &mut Tx, account: &Account, now: Timestamp) -> Result<(), Error> {
        let id = account.id;
        hold(tx, id).await?;
        for text in OWN {
            sql(text).of_patient(id).bind(id).execute(tx).await?;
        }
        self.forget_number(tx, &account.bsn).await?;
        sql("delete from account where id = $1").of_patient(id).bind(id).execute(tx).await?;
        sql("insert into former_account (id, bsn, deleted_at) values ($1, $2, $3)")
            .of_patient(id)
            .bind(id)
            .bind(self.seal_bsn(&former_place(id), &account.bsn)?)
            .bind(now)
            .execute_later(tx)
            .await?;
        pulse::signal(tx, id).await;
        Ok(())
    }

    /// Whose id this was, of an account that is gone: for whoever must read the audit trail.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn former_account(&self, tx: &mut Tx, id: AccountId) -> Result<Option<Bsn>, Error> {
        let sealed = sql("select bsn from former_account where id = $1")
            .of_patient(id)
            .bind(id)
            .first(tx, |row| row.get::<Vec<u8>>("bsn"))
            .await?;
        let Some(sealed) = sealed else { return Ok(None) };
        let place = former_place(id);
        let unreadable = |error: &dyn std::fmt::Display| crate::facts::unreadable(&place, error);
        let bsn = self.vault.open_text(&place, &sealed).map_err(|error| unreadable(&error))?;
        Bsn::parse_lenient(&bsn).map(Some).map_err(|error| unreadable(&error))
    }

    /// Forgets whose ids they were that were given up before this time.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sweep_former_accounts(&self, tx: &mut Tx, before: Timestamp) -> Result<(), Error> {
        sql("delete from former_account where deleted_at < $1")
            .of_everybody(Job::Sweep)
            .bind(before)
            .execute_later(tx)
            .await?;
        Ok(())
    }

    /// What waited for the number, and not for the account.
    async fn forget_number(&self, tx: &mut Tx, bsn: &Bsn) -> Result<(), Error> {
        let indexes = self.bsn_indexes(bsn);
        let [index, other] = &indexes;
        for text in [
            "delete from parked_update where bsn_index in ($1, $2)",
            "delete from receipt where id in (select id from invitation where bsn_index in ($1, $2))",
            "delete from invitation where bsn_index in ($1, $2)",
        ] {
            sql(text).of_bearers(&indexes).bind(index).bind(other).execute(tx).await?;
        }
        Ok(())
    }
}

/// Whoever adds a row to the account (a draft, a device, an address) has done so by now, or waits until it is gone. On
/// SQLite there is one writer at a time; PostgreSQL's foreign keys wait for the row of the account.
async fn hold(tx: &mut Tx, id: AccountId) -> Result<(), Error> {
    let row = sql_each(
        "select 1 as one from account where id = $1",
        "select 1 as one from account where id = $1 for update",
    );
    row.of_patient(id).bind(id).first(tx, |row| row.get::<i64>("one")).await?;
    Ok(())
}

fn former_place(id: AccountId) -> String {
    format!("former_account.bsn:{id}")
}
