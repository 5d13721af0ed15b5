use agenda::Agb;
use db::{Tx, sql};
use jiff::Timestamp;
use uuid::Uuid;

use crate::{AccountId, Error, Store};

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// A patient who is logged in.
    Patient(AccountId),
    /// A practice's system, by its client id.
    Xis(String),
    /// Somebody at the command line, by account name.
    Operator(String),
    /// The platform itself, by the job that acts.
    Platform(&'static str),
    /// Somebody who did not say who.
    Unknown,
}

/// One line of the audit trail: who did what, for whom, and how it ended.
#[derive(Debug, Clone)]
pub struct AuditEntry<'a> {
    /// Its id.
    pub id: Uuid,
    /// When.
    pub at: Timestamp,
    /// Who acts.
    pub actor: &'a Actor,
    /// For whom: the patient whose data it is.
    pub subject: Option<AccountId>,
    /// At which practice.
    pub practice: Option<&'a Agb>,
    /// What was done, in a word or three, such as `appointment update`.
    pub action: &'a str,
    /// To what: an id, never a BSN.
    pub object: Option<String>,
    /// How it ended, such as `modified` or `refused: unknown patient`.
    pub outcome: &'a str,
}

impl Store {
    /// Adds a line to the audit trail, sealed over its fields.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn audit(&self, tx: &mut Tx, entry: AuditEntry<'_>) -> Result<(), Error> {
        let (kind, actor) = entry.actor.words();
        let subject = entry.subject.map(|subject| subject.to_string());
        let practice = entry.practice.map(|practice| practice.as_str().to_owned());
        let (id, at) = (entry.id.to_string(), entry.at.as_microsecond().to_string());
        let seal = self.vault.audit_seal(&[
            &id,
            &at,
            kind,
            &actor,
            &sealed(subject.as_deref()),
            &sealed(practice.as_deref()),
            entry.action,
            &sealed(entry.object.as_deref()),
            entry.outcome,
        ]);
        sql("insert into audit (id, at, actor_kind, actor, subject, practice, action, object, outcome, seal)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
        .bind(id)
        .bind(entry.at)
        .bind(kind)
        .bind(actor)
        .bind(subject)
        .bind(practice)
        .bind(entry.action)
        .bind(entry.object)
        .bind(entry.outcome)
        .bind(seal)
        .execute(tx)
        .await?;
        Ok(())
    }

    /// How many lines the trail has, for tests and the operator.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn audit_lines(&self, tx: &mut Tx) -> Result<u32, Error> {
        let count = sql("select count(*) as lines from audit").first(tx, |row| row.get("lines")).await?;
        Ok(count.unwrap_or(0))
    }
}

/// An optional field as it is sealed: absent and empty are two things.
fn sealed(field: Option<&str>) -> String {
    field.map_or_else(|| "-".to_owned(), |field| format!("+{field}"))
}

impl Actor {
    fn words(&self) -> (&'static str, String) {
        match self {
            Self::Patient(account) => ("patient", account.to_string()),
            Self::Xis(client) => ("xis", client.clone()),
            Self::Operator(name) => ("operator", name.clone()),
            Self::Platform(job) => ("platform", (*job).to_owned()),
            Self::Unknown => ("unknown", String::new()),
        }
    }
}
