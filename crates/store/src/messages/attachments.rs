use agenda::Agb;
use db::{Tx, sql};
use serde::{Deserialize, Serialize};

use crate::{AccountId, Error, MessageId, Store, facts::unreadable, wall::Scoped as _};

/// A file that comes with a message. `Debug` hides its name and content.
#[derive(Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its file name.
    pub name: String,
    /// What it is.
    pub media_type: String,
    /// The file.
    pub content: Vec<u8>,
}

/// What is known of a file without opening it. `Debug` hides its name.
#[derive(Clone, PartialEq, Eq)]
pub struct AttachmentLabel {
    /// Its place in the message, from 1.
    pub number: u32,
    /// Its file name.
    pub name: String,
    /// What it is.
    pub media_type: String,
    /// How large it is.
    pub bytes: usize,
}

impl std::fmt::Debug for Attachment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Attachment").field("bytes", &self.content.len()).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for AttachmentLabel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AttachmentLabel").field("number", &self.number).finish_non_exhaustive()
    }
}

#[derive(Serialize, Deserialize)]
struct LabelFacts {
    name: String,
    media_type: String,
    bytes: usize,
}

impl Store {
    pub(super) async fn add_attachments(
        &self,
        tx: &mut Tx,
        practice: &Agb,
        message: MessageId,
        attachments: &[Attachment],
    ) -> Result<(), Error> {
        for (number, attachment) in (1..).zip(attachments) {
            let label = LabelFacts {
                name: attachment.name.clone(),
                media_type: attachment.media_type.clone(),
                bytes: attachment.content.len(),
            };
            let place = content_place(message, number);
            let content = self.vault.seal(&place, &attachment.content);
            sql("insert into attachment (message, number, label, content) values ($1, $2, $3, $4)")
                .of_practice(practice)
                .bind(message)
                .bind(number)
                .bind(self.seal(&label_place(message, number), &label)?)
                .bind(content.map_err(|error| unreadable(&place, &error))?)
                .execute(tx)
                .await?;
        }
        Ok(())
    }

    /// What comes with a message of this patient, in order.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn attachment_labels(
        &self,
        tx: &mut Tx,
        account: AccountId,
        message: MessageId,
    ) -> Result<Vec<AttachmentLabel>, Error> {
        let rows = sql("select a.number, a.label from attachment a join message m on m.id = a.message
                        where m.account = $1 and m.id = $2 order by a.number")
        .of_patient(account)
        .bind(account)
        .bind(message)
        .all(tx, |row| Ok((row.get::<u32>("number")?, row.get::<Vec<u8>>("label")?)))
        .await?;
        let open = |(number, label): (u32, Vec<u8>)| {
            let facts: LabelFacts = self.open(&label_place(message, number), &label)?;
            Ok(AttachmentLabel { number, name: facts.name, media_type: facts.media_type, bytes: facts.bytes })
        };
        rows.into_iter().map(open).collect()
    }

    /// A file that came with a message of this patient.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn attachment_of_patient(
        &self,
        tx: &mut Tx,
        account: AccountId,
        message: MessageId,
        number: u32,
    ) -> Result<Option<Attachment>, Error> {
        let row = sql("select a.label, a.content from attachment a join message m on m.id = a.message
                       where m.account = $1 and m.id = $2 and a.number = $3")
        .of_patient(account)
        .bind(account)
        .bind(message)
        .bind(number)
        .first(tx, |row| Ok((row.get::<Vec<u8>>("label")?, row.get::<Vec<u8>>("content")?)))
        .await?;
        row.map(|(label, content)| {
            let facts: LabelFacts = self.open(&label_place(message, number), &label)?;
            let place = content_place(message, number);
            let content = self.vault.open(&place, &content).map_err(|error| unreadable(&place, &error))?;
            Ok(Attachment { name: facts.name, media_type: facts.media_type, content })
        })
        .transpose()
    }
}

fn label_place(message: MessageId, number: u32) -> String {
    format!("attachment.label:{message}:{number}")
}

fn content_place(message: MessageId, number: u32) -> String {
    format!("attachment.content:{message}:{number}")
}
