mod find;

use std::fmt;

use agenda::Bsn;
use db::{Row, Tx, sql};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    AccountId, Error, Language, Preferences, Store, facts::unreadable, preferences, wall::Scoped as _,
};

/// A patient with an account. `Debug` hides who it is.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// The number by which practices know the patient.
    pub bsn: Bsn,
    /// What the login provider calls the patient.
    pub name: String,
    /// Where mail goes.
    pub mail: Option<String>,
    /// The language of pages and mails.
    pub language: Language,
    /// How and of what the patient wants to be told.
    pub preferences: Preferences,
    /// What a mail's link to stop reminders carries: it opens nothing else.
    pub unsubscribe: String,
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account")
            .field("id", &self.id)
            .field("language", &self.language)
            .finish_non_exhaustive()
    }
}

/// An account to be made. `Debug` hides whose.
#[derive(Clone)]
pub struct NewAccount<'a> {
    /// Its id.
    pub id: AccountId,
    /// The number by which practices know the patient.
    pub bsn: &'a Bsn,
    /// What the login provider calls the patient.
    pub name: &'a str,
    /// Where mail goes.
    pub mail: Option<&'a str>,
    /// The language of pages and mails.
    pub language: Language,
}

impl fmt::Debug for NewAccount<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewAccount").field("id", &self.id).finish_non_exhaustive()
    }
}

/// What the index of BSNs is for.
pub(crate) const BSN: &str = "bsn";

#[derive(Serialize, Deserialize)]
struct Person {
    name: String,
    mail: Option<String>,
}

impl Store {
    /// Makes an account; `false` when this patient has one, under whichever key of the index.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_account(
        &self,
        tx: &mut Tx,
        new: &NewAccount<'_>,
        now: Timestamp,
    ) -> Result<bool, Error> {
        self.lock_registration(tx, new.bsn).await?;
        if self.account_id_of(tx, new.bsn).await?.is_some() {
            return Ok(false);
        }
        let person = Person { name: new.name.to_owned(), mail: new.mail.map(str::to_owned) };
        let bsn = self.seal_bsn(&bsn_place(new.id), new.bsn)?;
        let preferences = Preferences::default();
        let added = sql("insert into account (id, bsn_index, bsn, person, language, created_at, unsubscribe,
                                by_mail, by_push, detail, detail_messages, remind_minutes)
                         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
                         on conflict (bsn_index) do nothing")
        .of_patient(new.id)
        .bind(new.id)
        .bind(self.bsn_index(new.bsn))
        .bind(bsn)
        .bind(self.seal(&person_place(new.id), &person)?)
        .bind(new.language.code())
        .bind(now)
        .bind(self.unsubscribe(new.id))
        .bind(preferences.by_mail)
        .bind(preferences.by_push)
        .bind(preferences.detail)
        .bind(preferences.detail_messages)
        .bind(preferences.remind_minutes)
        .execute(tx)
        .await?;
        Ok(added > 0)
    }

    /// Gives every account that was made before there were such links its own.
    pub(crate) async fn fill_unsubscribe(&self, tx: &mut Tx) -> Result<(), Error> {
        let without = sql("select id from account where unsubscribe is null")
            .of(db::MIGRATION)
            .all(tx, |row| row.parsed("id"))
            .await?;
        for id in without {
            sql("update account set unsubscribe = $2 where id = $1")
                .of(db::MIGRATION)
                .bind(id)
                .bind(self.unsubscribe(id))
                .execute(tx)
                .await?;
        }
        Ok(())
    }

    /// Remembers the language that a patient chose.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_language(&self, tx: &mut Tx, id: AccountId, language: Language) -> Result<(), Error> {
        sql("update account set language = $2 where id = $1")
            .of_patient(id)
            .bind(id)
            .bind(language.code())
            .execute_later(tx)
            .await?;
        Ok(())
    }

    /// Waits until nobody else acts on whether this patient has an account, and keeps it so until the end of this
    /// transaction: nothing is left to wait for a registration that has just passed. While keys rotate, whoever knows
    /// only the key that goes and whoever knows only the one that comes share a lock with everybody who knows both.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn lock_registration(&self, tx: &mut Tx, bsn: &Bsn) -> Result<(), Error> {
        let mut indexes = self.bsn_indexes(bsn);
        // In one order, so that two who register at once do not wait for each other.
        indexes.sort();
        for index in &indexes {
            tx.lock(&format!("registration:{index}")).await?;
        }
        Ok(())
    }

    /// Sends mail to this address from now on, where the patient had none; says whether that was so.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn adopt_mail(&self, tx: &mut Tx, id: AccountId, mail: &str) -> Result<bool, Error> {
        tx.lock(&person_place(id)).await?;
        let Some(account) = self.account(tx, id).await?.filter(|account| account.mail.is_none()) else {
            return Ok(false);
        };
        self.save_mail(tx, account, mail).await?;
        Ok(true)
    }

    /// Sends mail to this address from now on, and gives the one before it. The patient has proved to read it.
    ///
    /// # Errors
    /// When the database fails, or there is no such account.
    pub async fn change_mail(&self, tx: &mut Tx, id: AccountId, mail: &str) -> Result<Option<String>, Error> {
        tx.lock(&person_place(id)).await?;
        let account = self.account(tx, id).await?.ok_or(Error::Missing("the account of this address"))?;
        let former = account.mail.clone();
        self.save_mail(tx, account, mail).await?;
        Ok(former)
    }

    async fn save_mail(&self, tx: &mut Tx, account: Account, mail: &str) -> Result<(), Error> {
        let person = Person { name: account.name, mail: Some(mail.to_owned()) };
        sql("update account set person = $2 where id = $1")
            .of_patient(account.id)
            .bind(account.id)
            .bind(self.seal(&person_place(account.id), &person)?)
            .execute_later(tx)
            .await?;
        Ok(())
    }

    /// Made from the id with a key: it tells nobody whose it is.
    fn unsubscribe(&self, id: AccountId) -> String {
        // As it stands in a path: half of all tokens would have a slash otherwise.
        let index = self.vault.blind_index("unsubscribe", &id.to_string());
        index.replace('+', "-").replace('/', "_").replace('=', "")
    }

    /// What finds this BSN from now on.
    pub(crate) fn bsn_index(&self, bsn: &Bsn) -> String {
        self.vault.blind_index(BSN, bsn.expose())
    }

    /// Under what this BSN may stand while keys rotate.
    pub(crate) fn bsn_indexes(&self, bsn: &Bsn) -> [String; 2] {
        self.vault.blind_indexes(BSN, bsn.expose())
    }

    pub(crate) fn seal_bsn(&self, place: &str, bsn: &Bsn) -> Result<Vec<u8>, Error> {
        self.vault.seal(place, bsn.expose().as_bytes()).map_err(|error| unreadable(place, &error))
    }

    fn open_account(&self, row: &AccountRow) -> Result<Account, Error> {
        let place = bsn_place(row.id);
        let bsn = self.vault.open_text(&place, &row.bsn).map_err(|error| unreadable(&place, &error))?;
        let person: Person = self.open(&person_place(row.id), &row.person)?;
        Ok(Account {
            id: row.id,
            // Checked when the account was made, as strictly as its practice wanted (A3).
            bsn: Bsn::parse_lenient(&bsn).map_err(|error| unreadable(&place, &error))?,
            name: person.name,
            mail: person.mail,
            language: row.language,
            preferences: row.preferences,
            unsubscribe: row.unsubscribe.clone(),
        })
    }
}

struct AccountRow {
    id: AccountId,
    bsn: Vec<u8>,
    person: Vec<u8>,
    language: Language,
    preferences: Preferences,
    unsubscribe: String,
}

fn read(row: &Row) -> Result<AccountRow, db::Error> {
    Ok(AccountRow {
        id: row.parsed("id")?,
        bsn: row.get("bsn")?,
        person: row.get("person")?,
        // What is no code, nobody could have chosen.
        language: row.get::<String>("language")?.parse().unwrap_or_default(),
        preferences: preferences::read(row)?,
        unsubscribe: row.get("unsubscribe")?,
    })
}

fn bsn_place(id: AccountId) -> String {
    format!("account.bsn:{id}")
}

fn person_place(id: AccountId) -> String {
    format!("account.person:{id}")
}
