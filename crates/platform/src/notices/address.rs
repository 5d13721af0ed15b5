//! The mails about a mail address itself: the code that proves it, and word to the one that was left.
//!
//! They go whatever the patient chose to be told: nobody else can be asked, and nobody else must be told.

use jiff::SignedDuration;
use outbox::{Courier, Message, Parcel, Verdict};
use serde::{Deserialize, Serialize};
use store::{Account, AccountId, AddressCheck, Tx};
use uuid::Uuid;

use super::{TellError, error::verdict, letter::Letter};
use crate::{account, app::App};

/// The outbox topic of these mails.
pub(crate) const ADDRESS: &str = "address";
/// Whose turn they take: no practice's.
const TENANT: &str = "platform";
/// How long an address that was left is told so.
pub(crate) const FORMER_KEPT: SignedDuration = SignedDuration::from_hours(7 * 24);

/// What is to be mailed. Neither an address nor a code stands here: both are found when the mail is written.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum About {
    /// The code of this check.
    Code { account: Uuid, check: Uuid },
    /// That this address was left.
    Former { id: Uuid },
}

/// Leaves behind, in this transaction, that the code of this check is to be mailed.
///
/// # Errors
/// When the database fails.
pub(crate) async fn send_code(app: &App, tx: &mut Tx, check: &AddressCheck) -> Result<(), store::Error> {
    let about = About::Code { account: check.account.uuid(), check: check.id };
    enqueue(app, tx, check.account, about).await
}

/// Leaves behind, in this transaction, that an address is to be told that it was left.
///
/// # Errors
/// When the database fails.
pub(crate) async fn tell_former(
    app: &App,
    tx: &mut Tx,
    id: Uuid,
    account: AccountId,
) -> Result<(), store::Error> {
    enqueue(app, tx, account, About::Former { id }).await
}

async fn enqueue(app: &App, tx: &mut Tx, account: AccountId, about: About) -> Result<(), store::Error> {
    let now = app.world.now();
    let message = Message {
        id: app.new_id().to_string(),
        topic: ADDRESS,
        lane: &format!("address:{account}"),
        tenant: TENANT,
        payload: serde_json::json!(about).to_string(),
        due_at: now,
    };
    Ok(outbox::enqueue(tx, message, now).await?)
}

/// Mails them.
#[derive(Debug, Clone)]
pub(crate) struct AddressCourier {
    app: App,
}

impl AddressCourier {
    pub(crate) fn new(app: App) -> Self {
        Self { app }
    }

    async fn send(&self, parcel: &Parcel) -> Result<(), TellError> {
        match serde_json::from_str(&parcel.payload).map_err(|_| TellError::Payload)? {
            About::Code { account, check } => self.send_code(AccountId::new(account), check).await,
            About::Former { id } => self.tell_former(id).await,
        }
    }

    /// Unless another code took its place, or it would come too late to be of use.
    async fn send_code(&self, account: AccountId, id: Uuid) -> Result<(), TellError> {
        let (app, now) = (&self.app, self.app.world.now());
        let found: Result<_, TellError> = app
            .store
            .read("a code to mail", |mut tx| async move {
                let check = app.store.address_check(&mut tx, account).await?;
                Ok(check.zip(app.store.account(&mut tx, account).await?))
            })
            .await;
        let is_due = |check: &AddressCheck| check.id == id && account::is_open(check, now);
        let Some((check, patient)) = found?.filter(|(check, _)| is_due(check)) else { return Ok(()) };
        let letter = Letter::of_code(app.letterhead(), &patient, &app.store.address_code(&check))?;
        Ok(app.mailer.send(&check.address, letter, id, now).await?)
    }

    async fn tell_former(&self, id: Uuid) -> Result<(), TellError> {
        let (app, now) = (&self.app, self.app.world.now());
        let found: Result<Option<(String, Account)>, TellError> = app
            .store
            .read("an address to tell", |mut tx| async move {
                let Some(former) = app.store.former_address(&mut tx, id).await? else { return Ok(None) };
                let account = app.store.account(&mut tx, former.account).await?;
                Ok(account.map(|account| (former.address, account)))
            })
            .await;
        let Some((address, patient)) = found? else { return Ok(()) };
        let letter = Letter::of_former_address(app.letterhead(), &patient)?;
        app.mailer.send(&address, letter, id, now).await?;
        app.store
            .tx("an address was told", |mut tx| async move {
                Ok(app.store.end_former_address(&mut tx, id).await?)
            })
            .await
    }
}

#[async_trait::async_trait]
impl Courier for AddressCourier {
    async fn deliver(&self, parcel: &Parcel) -> Verdict {
        verdict(self.send(parcel).await)
    }
}
