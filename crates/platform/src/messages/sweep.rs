//! What waits for patients goes when its time is over.

use jiff::{SignedDuration, Timestamp};

use super::{AGAIN, WAITS};
use crate::app::App;

/// How long a link that holds no more says so kindly.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(90 * 24);

/// Removes what has waited too long (D16) and what is needed no more.
pub(crate) async fn sweep(app: &App, now: Timestamp) -> Result<(), store::Error> {
    let store = &app.store;
    store
        .tx("sweep messages", |mut tx| async move {
            store.sweep_waiting_messages(&mut tx, now - WAITS).await?;
            store.sweep_invitations(&mut tx, now - WAITS, now - REMEMBERED).await?;
            store.sweep_receipts(&mut tx, now - AGAIN).await
        })
        .await
}
