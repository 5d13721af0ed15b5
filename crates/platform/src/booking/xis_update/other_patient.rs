use agenda::UpdateStatus;
use jiff::Timestamp;
use store::{AccountId, Stored, Tx};

use super::{ACTION, Done, XisUpdate, change};
use crate::{app::App, fhir_api::outcome::Refused};

impl XisUpdate {
    /// A12: the appointment is of another patient than before. A cancellation is the former patient's news.
    pub(super) fn is_anothers(&self, known: &Stored, account: Option<AccountId>) -> bool {
        let same = known.account.is_none() || known.account == account;
        !same && self.update.status == UpdateStatus::Booked
    }

    /// A12: cancelled for the one, new for the other; two rows, so that nothing of the one reaches the other.
    pub(super) async fn move_to_other(
        &self,
        app: &App,
        tx: &mut Tx,
        mut old: Stored,
        account: Option<AccountId>,
        now: Timestamp,
    ) -> Result<Done, Refused> {
        if let Some(former) = old.account {
            change::lock_patient(tx, former).await?;
        }
        let moved =
            old.appointment.moved_to_other_patient(self.update.clone(), now).map_err(Refused::Rule)?;
        old.xis_id = None;
        change::apply(app, tx, &mut old, moved.old, true, now).await?;
        self.xis.note(app, tx, (ACTION, &self.xis_id), Some(&old), "moved to another patient").await?;
        match self.add(app, tx, account, now).await {
            Err(Refused::UnknownPatient) => Ok(Done::GoneToUnknownPatient),
            other => other,
        }
    }
}
