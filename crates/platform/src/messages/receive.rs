//! The act: a practice writes to a patient (D16).

use agenda::Bsn;
use jiff::Timestamp;
use store::{
    Account, AccountId, Actor, Attachment, Fingerprint, MessageId, NewMessage, Recipient, Tx, Words,
};

use super::{AGAIN, invite};
use crate::{
    app::App,
    audit::Audit,
    auth::xis::Xis,
    fhir_api::{outcome::Refused, person::SentAddress, unfit::Unfit},
    notices,
};

/// What the audit trail calls it.
pub(crate) const ACTION: &str = "message";

/// What a practice writes.
pub(crate) struct PracticeMessage<'a> {
    /// Who writes, for which practice.
    pub(crate) xis: &'a Xis,
    /// To whom.
    pub(crate) bsn: Bsn,
    /// Where to invite a patient without an account.
    pub(crate) mail: Option<SentAddress>,
    pub(crate) words: Words,
    pub(crate) attachments: Vec<Attachment>,
}

impl PracticeMessage<'_> {
    /// One transaction. A refusal stores nothing.
    ///
    /// # Errors
    /// Why the message is not taken.
    pub(crate) async fn run(&self, app: &App) -> Result<MessageId, Refused> {
        let (now, id) = (app.world.now(), MessageId::new(app.new_id()));
        let print = &self.fingerprint(app);
        app.store
            .tx("practice message", |mut tx| async move { self.act(app, &mut tx, print, id, now).await })
            .await
    }

    async fn act(
        &self,
        app: &App,
        tx: &mut Tx,
        print: &Fingerprint,
        id: MessageId,
        now: Timestamp,
    ) -> Result<MessageId, Refused> {
        app.store.lock_registration(tx, &self.bsn).await?;
        if let Some(earlier) = app.store.note_receipt(tx, print, id.uuid(), now - AGAIN, now).await? {
            return self.repeat(app, tx, MessageId::new(earlier), now).await;
        }
        match app.store.account_of(tx, &self.bsn).await? {
            Some(account) => self.deliver(app, tx, &account, id, now).await?,
            None => self.keep(app, tx, id, now).await?,
        }
        Ok(id)
    }

    /// The message is here already; the address may be another now, corrected since nobody came. An address that was
    /// invited today is not invited again.
    async fn repeat(
        &self,
        app: &App,
        tx: &mut Tx,
        earlier: MessageId,
        now: Timestamp,
    ) -> Result<MessageId, Refused> {
        let is_awaited = app.store.account_id_of(tx, &self.bsn).await?.is_none();
        if let Some(mail) = self.mail.as_ref().filter(|_| is_awaited) {
            invite::leave(app, tx, (self.xis, false), (&self.bsn, mail.checked()?), now).await?;
        }
        self.note(app, tx, None, earlier, "repeated").await?;
        Ok(earlier)
    }

    async fn deliver(
        &self,
        app: &App,
        tx: &mut Tx,
        account: &Account,
        id: MessageId,
        now: Timestamp,
    ) -> Result<(), store::Error> {
        let practice = &self.xis.practice.agb;
        app.store.add_membership(tx, account.id, practice).await?;
        app.store.add_message(tx, &self.to(id, Recipient::Account(account.id)), now).await?;
        notices::message::tell(app, tx, account, (id, practice), now).await?;
        self.note(app, tx, Some(account.id), id, "delivered").await
    }

    /// D16: for a patient who has no account yet.
    async fn keep(&self, app: &App, tx: &mut Tx, id: MessageId, now: Timestamp) -> Result<(), Refused> {
        let mail = self.mail.as_ref().ok_or(Unfit::OutOfReach)?.checked()?;
        app.store.add_message(tx, &self.to(id, Recipient::Waiting(&self.bsn)), now).await?;
        invite::leave(app, tx, (self.xis, false), (&self.bsn, mail), now).await?;
        Ok(self.note(app, tx, None, id, "waits for its patient").await?)
    }

    fn to<'a>(&'a self, id: MessageId, recipient: Recipient<'a>) -> NewMessage<'a> {
        NewMessage {
            id,
            practice: &self.xis.practice.agb,
            recipient,
            words: &self.words,
            attachments: &self.attachments,
        }
    }

    fn fingerprint(&self, app: &App) -> Fingerprint {
        let words = [self.xis.practice.agb.as_str(), self.bsn.expose(), &self.words.topic, &self.words.text];
        let words = words.into_iter().map(str::as_bytes);
        let files = self
            .attachments
            .iter()
            .flat_map(|file| [file.name.as_bytes(), file.media_type.as_bytes(), &file.content]);
        app.store.fingerprint("message", &words.chain(files).collect::<Vec<_>>())
    }

    async fn note(
        &self,
        app: &App,
        tx: &mut Tx,
        subject: Option<AccountId>,
        id: MessageId,
        outcome: &str,
    ) -> Result<(), store::Error> {
        Audit::of(&Actor::Xis(self.xis.client.clone()), ACTION)
            .subject(subject)
            .practice(&self.xis.practice.agb)
            .object(&id)
            .write(app, tx, outcome)
            .await
    }
}
