//! A patient gives a mail address, or asks for another code.

use jiff::{SignedDuration, Timestamp};
use store::{AccountId, Actor, AddressCheck, Tx};
use uuid::Uuid;

use super::{ACTION, MailAddress, lock};
use crate::{app::App, audit::Audit, notices};

/// The same address gets no more than one code in this time.
const EVERY: SignedDuration = SignedDuration::from_mins(1);
/// A patient gets no more codes than this in [`WITHIN`], to whatever address: nobody's mailbox is filled from here.
const AT_MOST: u32 = 5;
/// In which time codes are counted.
const WITHIN: SignedDuration = SignedDuration::from_hours(1);

/// What became of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Given {
    /// A code is on its way to it.
    CodeOnItsWay,
    /// Mail goes there already.
    Unchanged,
    /// The last code is less than a minute ago; it still counts.
    TooSoon,
    /// The last code is less than a minute ago, and counts no more.
    TooSoonAfter,
    /// There were too many codes.
    TooMany,
    /// There is no address to prove.
    Nothing,
}

impl Given {
    /// For the audit trail.
    fn word(self) -> &'static str {
        match self {
            Self::CodeOnItsWay => "code queued",
            Self::Unchanged => "unchanged",
            Self::TooSoon | Self::TooSoonAfter => "refused: too soon",
            Self::TooMany => "refused: too many codes",
            Self::Nothing => "refused: nothing to prove",
        }
    }
}

/// Sends a code to this address, which is the patient's once the code comes back.
///
/// # Errors
/// When the database fails.
pub(crate) async fn give(app: &App, id: AccountId, address: &MailAddress) -> Result<Given, store::Error> {
    app.store
        .tx("give a mail address", |mut tx| async move {
            lock(&mut tx, id).await?;
            let account = app.store.account(&mut tx, id).await?;
            let given = if account.and_then(|account| account.mail).as_deref() == Some(address.as_str()) {
                close(app, &mut tx, id).await?;
                Given::Unchanged
            } else {
                send(app, &mut tx, id, address.as_str()).await?
            };
            note(app, &mut tx, id, given).await
        })
        .await
}

/// Sends another code to the address that waits for one; the code before it counts no more.
///
/// # Errors
/// When the database fails.
pub(crate) async fn again(app: &App, id: AccountId) -> Result<Given, store::Error> {
    app.store
        .tx("send another code", |mut tx| async move {
            lock(&mut tx, id).await?;
            let check = app.store.address_check(&mut tx, id).await?;
            let given = match check.filter(|check| !check.is_closed()) {
                Some(check) => send(app, &mut tx, id, &check.address).await?,
                None => Given::Nothing,
            };
            note(app, &mut tx, id, given).await
        })
        .await
}

/// Whatever was to be proved is not any more; the codes that were mailed for it stay counted.
async fn close(app: &App, tx: &mut Tx, account: AccountId) -> Result<(), store::Error> {
    match app.store.address_check(tx, account).await? {
        Some(check) => app.store.save_address_check(tx, &check.closed()).await,
        None => Ok(()),
    }
}

async fn send(app: &App, tx: &mut Tx, account: AccountId, address: &str) -> Result<Given, store::Error> {
    let before = app.store.address_check(tx, account).await?;
    match next(before.as_ref(), account, address, app.new_id(), app.world.now()) {
        Ok(check) => {
            app.store.save_address_check(tx, &check).await?;
            notices::address::send_code(app, tx, &check).await?;
            Ok(Given::CodeOnItsWay)
        }
        Err(refusal) => Ok(refusal),
    }
}

/// The next check of an address, or why there is none now.
fn next(
    before: Option<&AddressCheck>,
    account: AccountId,
    address: &str,
    id: Uuid,
    now: Timestamp,
) -> Result<AddressCheck, Given> {
    let check = |codes, counted_from| AddressCheck {
        id,
        account,
        address: address.to_owned(),
        asked_at: now,
        tries: 0,
        codes,
        counted_from,
    };
    let Some(before) = before.filter(|before| now.duration_since(before.counted_from) < WITHIN) else {
        return Ok(check(1, now));
    };
    if before.address == address && now.duration_since(before.asked_at) < EVERY {
        return Err(if before.is_closed() { Given::TooSoonAfter } else { Given::TooSoon });
    }
    if before.codes >= AT_MOST {
        return Err(Given::TooMany);
    }
    Ok(check(before.codes + 1, before.counted_from))
}

async fn note(app: &App, tx: &mut Tx, account: AccountId, given: Given) -> Result<Given, store::Error> {
    let actor = &Actor::Patient(account);
    Audit::of(actor, ACTION).subject(account).write(app, tx, given.word()).await?;
    Ok(given)
}
