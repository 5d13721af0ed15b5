use agenda::Bsn;
use jiff::Timestamp;
use oauth::Identity;
use store::{Account, AccountId, Language, NewAccount, Tx};

use crate::{app::App, booking, messages};

/// The account of whoever logs in, and whether it was made now: with everything that waited for it.
pub(super) async fn of(
    app: &App,
    tx: &mut Tx,
    (identity, bsn): (&Identity, &Bsn),
    language: Language,
    now: Timestamp,
) -> Result<(Account, bool), store::Error> {
    let name = identity.text(&app.config.login.name_claim).unwrap_or_default();
    let new = NewAccount { id: AccountId::new(app.new_id()), bsn, name, mail: None, language };
    app.store.lock_registration(tx, bsn).await?;
    let is_new = app.store.add_account(tx, &new, now).await?;
    let account = app.store.account_of(tx, bsn).await?;
    let account = account.ok_or_else(|| store::Error::Missing("the account that was just made"))?;
    if is_new {
        booking::parked::deliver(app, tx, bsn, now).await?;
        messages::register::deliver(app, tx, &account, now).await?;
    }
    Ok((account, is_new))
}
