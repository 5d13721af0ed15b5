//! A mail that a patient asks for, to see that mail arrives.

use jiff::{SignedDuration, Timestamp};
use outbox::{Entry, Message, Parcel};
use store::{Account, AccountId, Route, Tx};
use uuid::Uuid;

use super::{
    MAIL, TellError,
    letter::Letter,
    payload::{About, Payload},
};
use crate::app::App;

/// A patient gets no more than one in this time.
const EVERY: SignedDuration = SignedDuration::from_mins(1);
/// After this time nobody waits for it any more.
const WAITED_FOR: SignedDuration = SignedDuration::from_hours(1);
/// Whose turn it takes: no practice's.
const TENANT: &str = "platform";

/// What became of the wish for a trial.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asked {
    /// It goes out now.
    OnItsWay,
    /// The last one is less than a minute ago.
    TooSoon,
    /// There is nowhere to send it.
    NoAddress,
}

impl Asked {
    /// For the audit trail.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::OnItsWay => "queued",
            Self::TooSoon => "too soon",
            Self::NoAddress => "no address",
        }
    }
}

/// Leaves a trial behind in this transaction.
///
/// # Errors
/// When the database fails.
pub(crate) async fn ask(
    app: &App,
    tx: &mut Tx,
    patient: &Account,
    now: Timestamp,
) -> Result<Asked, store::Error> {
    if patient.mail.is_none() {
        return Ok(Asked::NoAddress);
    }
    let lane = lane(patient.id);
    tx.lock(&format!("ask {lane}")).await?;
    if last(tx, patient.id).await?.is_some_and(|last| now.duration_since(last.created_at) < EVERY) {
        return Ok(Asked::TooSoon);
    }
    let payload = Payload { account: patient.id.uuid(), route: Route::Mail, about: About::Trial };
    let message = Message {
        id: app.new_id().to_string(),
        topic: MAIL,
        lane: &lane,
        tenant: TENANT,
        payload: payload.to_json(),
        due_at: now,
    };
    outbox::enqueue(tx, message, now).await?;
    Ok(Asked::OnItsWay)
}

/// The last trial of this patient.
///
/// # Errors
/// When the database fails.
pub(crate) async fn last(tx: &mut Tx, account: AccountId) -> Result<Option<Entry>, store::Error> {
    Ok(outbox::of_lane(tx, &lane(account)).await?.pop())
}

/// Sends it, as long as somebody waits for it.
pub(super) async fn mail(app: &App, account: Uuid, parcel: &Parcel) -> Result<(), TellError> {
    let now = app.world.now();
    if now.duration_since(parcel.created_at) > WAITED_FOR {
        return Ok(());
    }
    let account = AccountId::new(account);
    let found: Result<Option<Account>, TellError> = app
        .store
        .read(
            "who wants a trial mail",
            |mut tx| async move { Ok(app.store.account(&mut tx, account).await?) },
        )
        .await;
    let Some(patient) = found? else { return Ok(()) };
    let Some(address) = &patient.mail else { return Ok(()) };
    let letter = Letter::of_test(app.letterhead(), &patient)?;
    let id = parcel.id.parse().map_err(|_| TellError::Payload)?;
    Ok(app.mailer.send(address, letter, id, now).await?)
}

fn lane(account: AccountId) -> String {
    format!("trial:{account}:{}", Route::Mail)
}
