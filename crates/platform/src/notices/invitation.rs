//! The mail that brings an invitation to somebody without an account.
//!
//! It names the practice, for an invitation from nobody is one to distrust; and nothing of a message that waits.

use agenda::Agb;
use jiff::Timestamp;
use outbox::{Courier, Message as Post, Parcel, Verdict};
use store::{Contact, InvitationId, Practice, Tx};

use super::{TellError, error::verdict, letter::Letter};
use crate::app::App;

/// The outbox topic of invitations.
pub(crate) const INVITATION: &str = "invitation";

/// Leaves behind, in this transaction, that an invitation is to be sent.
///
/// # Errors
/// When the database fails.
pub(crate) async fn send(
    app: &App,
    tx: &mut Tx,
    id: InvitationId,
    practice: &Agb,
    now: Timestamp,
) -> Result<(), store::Error> {
    let post = Post {
        id: app.new_id().to_string(),
        topic: INVITATION,
        lane: &format!("invitation:{id}"),
        tenant: practice.as_str(),
        payload: serde_json::json!({ "invitation": id.uuid() }).to_string(),
        due_at: now,
    };
    Ok(outbox::enqueue(tx, post, now).await?)
}

/// Mails invitations.
#[derive(Debug, Clone)]
pub(crate) struct InvitationCourier {
    app: App,
}

/// What the mail needs.
struct Open {
    contact: Contact,
    practice: Practice,
    message_waits: bool,
}

impl InvitationCourier {
    pub(crate) fn new(app: App) -> Self {
        Self { app }
    }

    async fn send(&self, parcel: &Parcel) -> Result<(), TellError> {
        let payload: serde_json::Value =
            serde_json::from_str(&parcel.payload).map_err(|_| TellError::Payload)?;
        let id = payload["invitation"].as_str().and_then(|id| id.parse().ok()).ok_or(TellError::Payload)?;
        // Accepted or expired before its mail went out: a mail that arrives is of no use.
        let Some(Open { contact, practice, message_waits }) = self.read(id).await? else { return Ok(()) };
        let path = format!("/invitations/{}", contact.token);
        let letter = Letter::of_invitation(self.app.letterhead(), &practice, &path, message_waits)?;
        Ok(self.app.mailer.send(&contact.mail, letter, id.uuid(), self.app.world.now()).await?)
    }

    async fn read(&self, id: InvitationId) -> Result<Option<Open>, TellError> {
        let store = &self.app.store;
        store
            .read("read an invitation", |mut tx| async move {
                let Some(invitation) = store.invitation(&mut tx, id).await? else { return Ok(None) };
                let Some(contact) = store.contact(&invitation)? else { return Ok(None) };
                let message_waits = store.message_waits(&mut tx, &invitation).await?;
                let practice = store.practice(&mut tx, &invitation.practice).await?;
                Ok(practice.map(|practice| Open { contact, practice, message_waits }))
            })
            .await
    }
}

#[async_trait::async_trait]
impl Courier for InvitationCourier {
    async fn deliver(&self, parcel: &Parcel) -> Verdict {
        verdict(self.send(parcel).await)
    }
}
