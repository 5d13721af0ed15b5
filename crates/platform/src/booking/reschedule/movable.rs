use agenda::Replacing;
use jiff::Timestamp;
use store::{AccountId, AppointmentId, Practice, Stored, Tx};

use super::cancel;
use crate::app::App;

/// Whether the patient can move this visit online: it can be cancelled online (B10), the practice says of what kind it
/// is, and it is not itself about to take another one's place.
pub(crate) fn is_movable(stored: &Stored, practice: &Practice, now: Timestamp) -> bool {
    let is_settled = stored.ties.replaces.is_none_or(|replaces| replaces.how_far == Replacing::Over);
    let until = stored.appointment.cancellable_until(cancel::window(stored, practice), now);
    is_settled && until.is_some() && !stored.appointment.content.categories.is_empty()
}

/// Whether this visit may still take the place of the one that it replaces.
pub(crate) fn is_running(new: &Stored) -> bool {
    let waits = |how_far| match how_far {
        Replacing::Asked => new.appointment.state.is_awaiting(),
        Replacing::Held => true,
        Replacing::Over => false,
    };
    new.ties.replaces.is_some_and(|replaces| waits(replaces.how_far))
}

/// What was asked for before to take the place of this visit, and may still: nobody moves a visit to two times.
pub(in crate::booking) async fn running(
    app: &App,
    tx: &mut Tx,
    account: AccountId,
    old: AppointmentId,
) -> Result<Option<Stored>, store::Error> {
    Ok(app.store.replacements_of(tx, account, old).await?.into_iter().find(is_running))
}
