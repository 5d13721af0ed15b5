mod attachments;

use agenda::{Agb, Bsn};
use db::{Row, Tx, sql};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    AccountId, Error, MessageId, Store, pulse,
    wall::{Job, Scope, Scoped as _},
};

pub use attachments::{Attachment, AttachmentLabel};

/// What a practice wrote. `Debug` hides it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// What it is about, in one line.
    pub topic: String,
    /// What it says.
    pub text: String,
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Words(..)")
    }
}

/// Whose a message is.
#[derive(Debug, Clone, Copy)]
pub enum Recipient<'a> {
    /// A patient with an account.
    Account(AccountId),
    /// A patient who has none yet (D16).
    Waiting(&'a Bsn),
}

/// A message to be kept.
#[derive(Debug, Clone, Copy)]
pub struct NewMessage<'a> {
    /// Its id.
    pub id: MessageId,
    /// Who wrote it.
    pub practice: &'a Agb,
    /// To whom.
    pub recipient: Recipient<'a>,
    /// What it says.
    pub words: &'a Words,
    /// What comes with it.
    pub attachments: &'a [Attachment],
}

/// A message of a patient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// Who wrote it.
    pub practice: Agb,
    /// What it says.
    pub words: Words,
    /// When it was written.
    pub created_at: Timestamp,
    /// Whether its patient has not opened it.
    pub unseen: bool,
}

impl Store {
    /// Keeps a message with what comes with it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_message(&self, tx: &mut Tx, new: &NewMessage<'_>, now: Timestamp) -> Result<(), Error> {
        let (account, waiting) = match new.recipient {
            Recipient::Account(account) => (Some(account.to_string()), None),
            Recipient::Waiting(bsn) => (None, Some(bsn)),
        };
        let bsn = waiting.map(|bsn| self.seal_bsn(&bsn_place(new.id), bsn)).transpose()?;
        sql("insert into message (id, practice, account, bsn_index, bsn, words, created_at)
             values ($1, $2, $3, $4, $5, $6, $7)")
        .of_practice(new.practice)
        .bind(new.id)
        .bind(new.practice.as_str())
        .bind(account)
        .bind(waiting.map(|bsn| self.bsn_index(bsn)))
        .bind(bsn)
        .bind(self.seal(&place(new.id), new.words)?)
        .bind(now)
        .execute(tx)
        .await?;
        if let Recipient::Account(account) = new.recipient {
            pulse::signal(tx, account).await;
        }
        self.add_attachments(tx, new.practice, new.id, new.attachments).await
    }

    /// Gives a patient who registers the messages that waited (D16), oldest first, with who wrote each.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn deliver_waiting_messages(
        &self,
        tx: &mut Tx,
        bsn: &Bsn,
        account: AccountId,
    ) -> Result<Vec<(MessageId, Agb)>, Error> {
        let indexes = self.bsn_indexes(bsn);
        let [index, other] = &indexes;
        let mut delivered = sql("update message set account = $3, bsn_index = null, bsn = null
                                 where bsn_index in ($1, $2) returning id, practice, created_at")
        .within(Scope::BearersBecome(&indexes, account))
        .bind(index)
        .bind(other)
        .bind(account)
        .all(tx, |row| Ok((row.get::<Timestamp>("created_at")?, row.parsed("id")?, row.parsed("practice")?)))
        .await?;
        delivered.sort_by_key(|(created_at, ..)| *created_at);
        Ok(delivered.into_iter().map(|(_, id, practice)| (id, practice)).collect())
    }

    /// A page of a patient's messages, newest first: at most `count`, after the first `skipped`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn messages_of(
        &self,
        tx: &mut Tx,
        account: AccountId,
        skipped: u32,
        count: u32,
    ) -> Result<Vec<Message>, Error> {
        let rows =
            sql("select * from message where account = $1 order by created_at desc, id limit $2 offset $3")
                .of_patient(account)
                .bind(account)
                .bind(count)
                .bind(skipped)
                .all(tx, read)
                .await?;
        rows.into_iter().map(|row| self.open_message(row)).collect()
    }

    /// A message of this patient.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn message_of_patient(
        &self,
        tx: &mut Tx,
        account: AccountId,
        id: MessageId,
    ) -> Result<Option<Message>, Error> {
        let row = sql("select * from message where account = $1 and id = $2")
            .of_patient(account)
            .bind(account)
            .bind(id)
            .first(tx, read)
            .await?;
        row.map(|row| self.open_message(row)).transpose()
    }

    /// Notes that a patient has opened a message.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn mark_message_seen(
        &self,
        tx: &mut Tx,
        account: AccountId,
        id: MessageId,
        now: Timestamp,
    ) -> Result<(), Error> {
        sql("update message set seen_at = $3 where account = $1 and id = $2 and seen_at is null")
            .of_patient(account)
            .bind(account)
            .bind(id)
            .bind(now)
            .execute_later(tx)
            .await?;
        pulse::signal(tx, account).await;
        Ok(())
    }

    /// How many messages a patient has not opened.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn unseen_messages_of(&self, tx: &mut Tx, account: AccountId) -> Result<u32, Error> {
        let count = sql("select count(*) as unseen from message where account = $1 and seen_at is null")
            .of_patient(account)
            .bind(account)
            .first(tx, |row| row.get("unseen"))
            .await?;
        Ok(count.unwrap_or(0))
    }

    /// Removes the messages that have waited for their patient since before this time (D16).
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sweep_waiting_messages(&self, tx: &mut Tx, before: Timestamp) -> Result<(), Error> {
        sql("delete from attachment where message in
             (select id from message where bsn_index is not null and created_at < $1)")
        .of_everybody(Job::Sweep)
        .bind(before)
        .execute(tx)
        .await?;
        sql("delete from message where bsn_index is not null and created_at < $1")
            .of_everybody(Job::Sweep)
            .bind(before)
            .execute_later(tx)
            .await?;
        Ok(())
    }

    fn open_message(&self, row: MessageRow) -> Result<Message, Error> {
        let words = self.open(&place(row.id), &row.words)?;
        let MessageRow { id, practice, created_at, unseen, .. } = row;
        Ok(Message { id, practice, words, created_at, unseen })
    }
}

struct MessageRow {
    id: MessageId,
    practice: Agb,
    words: Vec<u8>,
    created_at: Timestamp,
    unseen: bool,
}

fn read(row: &Row) -> Result<MessageRow, db::Error> {
    Ok(MessageRow {
        id: row.parsed("id")?,
        practice: row.parsed("practice")?,
        words: row.get("words")?,
        created_at: row.get("created_at")?,
        unseen: row.optional::<Timestamp>("seen_at")?.is_none(),
    })
}

fn bsn_place(id: MessageId) -> String {
    format!("message.bsn:{id}")
}

fn place(id: MessageId) -> String {
    format!("message.words:{id}")
}
