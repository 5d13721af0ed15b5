//! What an open page of a patient waits for, and how it sees that it is out of date.

use db::{Listener, Tx, sql};

use crate::{AccountId, Error, Store, wall::Scoped as _};

/// The signal that something of this patient changed. Its subject is the account.
const PATIENT: &str = "patient";

/// How things are with a patient, in as few words as a page needs to tell whether it is out of date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pulse {
    /// How many appointments have news that the patient has not seen.
    pub unseen: u32,
    /// How many messages the patient has not opened.
    pub unread: u32,
    /// Another one whenever something of the patient was stored. What the patient has seen changes nothing in it.
    pub mark: String,
}

impl Store {
    /// How things are with a patient now.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn pulse(&self, tx: &mut Tx, account: AccountId) -> Result<Pulse, Error> {
        let (unseen, unread) =
            (self.unseen_of(tx, account).await?, self.unseen_messages_of(tx, account).await?);
        let mark =
            sql("select count(*) as appointments, cast(coalesce(sum(revision), 0) as bigint) as revisions,
                        (select count(*) from message where account = $1) as messages
                 from appointment where account = $1")
            .of_patient(account)
            .bind(account)
            .first(tx, |row| {
                let counted = ["appointments", "revisions", "messages"].map(|column| row.get::<i64>(column));
                let [appointments, revisions, messages] = counted;
                Ok(format!("{}-{}-{}", appointments?, revisions?, messages?))
            })
            .await?;
        Ok(Pulse { unseen, unread, mark: mark.unwrap_or_default() })
    }

    /// Wakes when something of this patient is stored, is seen, or a session of theirs ends; on any replica.
    #[must_use]
    pub fn listen_about_patient(&self, account: AccountId) -> Listener {
        self.db.listen_about(PATIENT, &account.to_string())
    }
}

/// Wakes who [listens](Store::listen_about_patient) to this patient once the transaction is committed.
pub(crate) async fn signal(tx: &mut Tx, account: AccountId) {
    tx.signal_about(PATIENT, &account.to_string()).await;
}
