use std::{fmt, str::FromStr};

use agenda::Bsn;
use db::{Row, Tx, sql};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{AccountId, Error, Store, facts::unreadable};

/// A patient with an account.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    /// How much a mail may say: 1 there is news, 2 date and time too, 3 practice and place too.
    pub detail: u32,
}

/// An account to be made.
#[derive(Debug, Clone)]
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

/// A language that patients read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// Nederlands.
    #[default]
    Dutch,
    /// English.
    English,
}

#[derive(Serialize, Deserialize)]
struct Person {
    name: String,
    mail: Option<String>,
}

/// How much a mail about an appointment says unless the patient chose otherwise: date and time too.
const DETAIL: u32 = 2;

impl Store {
    /// Makes an account; `false` when this patient has one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_account(
        &self,
        tx: &mut Tx,
        new: &NewAccount<'_>,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let person = Person { name: new.name.to_owned(), mail: new.mail.map(str::to_owned) };
        let bsn = self
            .vault
            .seal(&bsn_place(new.id), new.bsn.expose().as_bytes())
            .map_err(|error| unreadable(&bsn_place(new.id), &error))?;
        let added = sql("insert into account (id, bsn_index, bsn, person, language, detail, created_at)
                         values ($1, $2, $3, $4, $5, $6, $7) on conflict (bsn_index) do nothing")
        .bind(new.id)
        .bind(self.bsn_index(new.bsn))
        .bind(bsn)
        .bind(self.seal(&person_place(new.id), &person)?)
        .bind(new.language.code())
        .bind(DETAIL)
        .bind(now)
        .execute(tx)
        .await?;
        Ok(added > 0)
    }

    /// The account with this id.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn account(&self, tx: &mut Tx, id: AccountId) -> Result<Option<Account>, Error> {
        let row = sql("select * from account where id = $1").bind(id).first(tx, read).await?;
        row.map(|row| self.open_account(&row)).transpose()
    }

    /// The account of the patient with this BSN.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn account_of(&self, tx: &mut Tx, bsn: &Bsn) -> Result<Option<Account>, Error> {
        let row = sql("select * from account where bsn_index = $1")
            .bind(self.bsn_index(bsn))
            .first(tx, read)
            .await?;
        row.map(|row| self.open_account(&row)).transpose()
    }

    /// Remembers the language that a patient chose.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_language(&self, tx: &mut Tx, id: AccountId, language: Language) -> Result<(), Error> {
        sql("update account set language = $2 where id = $1")
            .bind(id)
            .bind(language.code())
            .execute(tx)
            .await?;
        Ok(())
    }

    pub(crate) fn bsn_index(&self, bsn: &Bsn) -> String {
        self.vault.blind_index("bsn", bsn.expose())
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
            detail: row.detail,
        })
    }
}

struct AccountRow {
    id: AccountId,
    bsn: Vec<u8>,
    person: Vec<u8>,
    language: Language,
    detail: u32,
}

fn read(row: &Row) -> Result<AccountRow, db::Error> {
    Ok(AccountRow {
        id: row.parsed("id")?,
        bsn: row.get("bsn")?,
        person: row.get("person")?,
        language: row.parsed("language")?,
        detail: row.get("detail")?,
    })
}

fn bsn_place(id: AccountId) -> String {
    format!("account.bsn:{id}")
}

fn person_place(id: AccountId) -> String {
    format!("account.person:{id}")
}

impl Language {
    /// `nl` or `en`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Dutch => "nl",
            Self::English => "en",
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Language {
    type Err = String;

    fn from_str(code: &str) -> Result<Self, String> {
        match code {
            "nl" => Ok(Self::Dutch),
            "en" => Ok(Self::English),
            other => Err(format!("{other:?} is no language that we speak")),
        }
    }
}
