//! What waited for a patient to register (D16).

use jiff::Timestamp;
use store::{Account, Actor, Tx};

use crate::{app::App, audit::Audit, notices};

/// Gives a patient who has just registered the messages that waited, and makes their practices the patient's.
pub(crate) async fn deliver(
    app: &App,
    tx: &mut Tx,
    account: &Account,
    now: Timestamp,
) -> Result<(), store::Error> {
    for (id, practice) in app.store.deliver_waiting_messages(tx, &account.bsn, account.id).await? {
        app.store.add_membership(tx, account.id, &practice).await?;
        notices::message::tell(app, tx, account, (id, &practice), now).await?;
        Audit::of(&Actor::Platform("registration"), super::receive::ACTION)
            .subject(account.id)
            .practice(&practice)
            .object(&id)
            .write(app, tx, "delivered")
            .await?;
    }
    Ok(())
}
