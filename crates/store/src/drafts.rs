mod rescheduling;

use agenda::{Agb, Coding};
use db::{Tx, sql};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    AccountId, Error, SlotChoice, Store,
    facts::CodingFacts,
    wall::{Job, Scoped as _},
};

/// What a patient is choosing at one practice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// What was chosen so far.
    pub choice: Choice,
    /// When it last changed: it is kept for 24 hours.
    pub changed_at: Timestamp,
}

/// What was chosen so far; each step fills in more.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// The type of appointment.
    pub category: Option<Coding>,
    /// The time.
    pub slot: Option<SlotChoice>,
    /// What the patient wrote, as it was written.
    pub reason: Option<String>,
    /// The key of the confirming form: a second tap finds the first (see `appointment.form`).
    pub form: Option<String>,
}

impl std::fmt::Debug for Choice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Choice")
            .field("category", &self.category)
            .field("slot", &self.slot)
            .finish_non_exhaustive()
    }
}

#[derive(Serialize, Deserialize)]
struct ChoiceFacts {
    category: Option<CodingFacts>,
    slot: Option<SlotChoice>,
    reason: Option<String>,
    form: Option<String>,
}

impl From<&Choice> for ChoiceFacts {
    fn from(choice: &Choice) -> Self {
        Self {
            category: choice.category.as_ref().map(CodingFacts::from),
            slot: choice.slot.clone(),
            reason: choice.reason.clone(),
            form: choice.form.clone(),
        }
    }
}

impl From<ChoiceFacts> for Choice {
    fn from(facts: ChoiceFacts) -> Self {
        let ChoiceFacts { category, slot, reason, form } = facts;
        Self { category: category.map(Coding::from), slot, reason, form }
    }
}

impl Store {
    /// What the patient is choosing at this practice.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn draft(
        &self,
        tx: &mut Tx,
        account: AccountId,
        practice: &Agb,
    ) -> Result<Option<Draft>, Error> {
        let row = sql("select choice, changed_at from draft where account = $1 and practice = $2")
            .of_patient(account)
            .bind(account)
            .bind(practice.as_str())
            .first(tx, |row| Ok((row.get::<Vec<u8>>("choice")?, row.get("changed_at")?)))
            .await?;
        row.map(|(choice, changed_at)| {
            let facts: ChoiceFacts = self.open(&place(account, practice), &choice)?;
            Ok(Draft { choice: facts.into(), changed_at })
        })
        .transpose()
    }

    /// Stores what the patient is choosing at this practice.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_draft(
        &self,
        tx: &mut Tx,
        account: AccountId,
        practice: &Agb,
        choice: &Choice,
        now: Timestamp,
    ) -> Result<(), Error> {
        sql("insert into draft (account, practice, choice, changed_at) values ($1, $2, $3, $4)
             on conflict (account, practice) do update set choice = excluded.choice, changed_at = excluded.changed_at")
        .of_patient(account)
        .bind(account)
        .bind(practice.as_str())
        .bind(self.seal(&place(account, practice), &ChoiceFacts::from(choice))?)
        .bind(now)
        .execute_later(tx)
        .await?;
        Ok(())
    }

    /// Forgets what the patient was choosing at this practice.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn drop_draft(&self, tx: &mut Tx, account: AccountId, practice: &Agb) -> Result<(), Error> {
        sql("delete from draft where account = $1 and practice = $2")
            .of_patient(account)
            .bind(account)
            .bind(practice.as_str())
            .execute_later(tx)
            .await?;
        Ok(())
    }

    /// Removes the drafts that last changed before this time.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sweep_drafts(&self, tx: &mut Tx, before: Timestamp) -> Result<(), Error> {
        for text in
            ["delete from draft where changed_at < $1", "delete from reschedule_draft where changed_at < $1"]
        {
            sql(text).of_everybody(Job::Sweep).bind(before).execute(tx).await?;
        }
        Ok(())
    }
}

fn place(account: AccountId, practice: &Agb) -> String {
    format!("draft.choice:{account}:{practice}")
}
