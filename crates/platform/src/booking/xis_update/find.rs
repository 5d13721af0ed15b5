use agenda::{Content, Difference, Failure, State};
use jiff::Timestamp;
use store::{AccountId, Stored, Tx};

use super::XisUpdate;
use crate::{app::App, booking::guess, fhir_api::outcome::Refused};

impl XisUpdate {
    /// The appointment that is meant: by the XIS's id, by ours, or a request for the same that has no XIS id yet
    /// (A11, A15). A tombstone is the last to be taken, since it knows the least.
    pub(super) async fn find(
        &self,
        app: &App,
        tx: &mut Tx,
        account: Option<AccountId>,
        now: Timestamp,
    ) -> Result<Option<Stored>, Refused> {
        let practice = &self.xis.practice.agb;
        let by_xis_id = app.store.appointment_by_xis_id(tx, practice, &self.xis_id).await?;
        let is_tombstone =
            by_xis_id.as_ref().is_some_and(|found| found.appointment.state == State::Tombstone);
        if by_xis_id.is_some() && !is_tombstone {
            return Ok(by_xis_id);
        }
        let requested = self.find_request(app, tx, account, now).await?;
        if let (Some(_), Some(tombstone)) = (&requested, &by_xis_id) {
            app.store.remove_tombstone(tx, practice, tombstone.id).await?;
        }
        Ok(requested.or(by_xis_id))
    }

    async fn find_request(
        &self,
        app: &App,
        tx: &mut Tx,
        account: Option<AccountId>,
        now: Timestamp,
    ) -> Result<Option<Stored>, Refused> {
        let practice = &self.xis.practice.agb;
        if let Some(ours) = self.ours {
            let found = app.store.appointment_of_practice(tx, practice, ours).await?;
            if let Some(mut found) = found.filter(|found| is_meant(found, account)) {
                guess::part(app, tx, &mut found, now).await?;
                return Ok(Some(found));
            }
        }
        let Some(account) = account else { return Ok(None) };
        let attempts = app.store.attempts_at(tx, practice, account, self.update.content.start).await?;
        Ok(attempts.into_iter().find(|attempt| {
            is_same_request(&attempt.appointment.content, &self.update.content)
                && self.may_be_there(&attempt.appointment.state)
        }))
    }

    /// A11: what the practice's system itself kept out, or is over, is no open attempt: what the practice plans at that
    /// time later is a visit of its own. What only proved to be absent (C18) may come late, where our identifier does
    /// not come with it.
    fn may_be_there(&self, state: &State) -> bool {
        match state {
            State::Failed { why: Failure::NotBooked, .. } => !self.xis.practice.returns_identifier,
            State::Failed { .. } | State::Declined { .. } | State::Cancelled { .. } => false,
            State::Requested { .. }
            | State::Unknown { .. }
            | State::Pending
            | State::Booked
            | State::Tombstone => true,
        }
    }
}

/// A11: our identifier is the appointment's, also when the XIS gives it another id than at first (C2). A copy of
/// it on another patient's appointment is not.
fn is_meant(found: &Stored, account: Option<AccountId>) -> bool {
    found.xis_id.is_none() || found.account == account
}

/// A11: the same start, end and category.
fn is_same_request(asked: &Content, told: &Content) -> bool {
    let as_told =
        Content { comment: told.comment.clone(), participants: told.participants.clone(), ..asked.clone() };
    as_told.compare(told) != Difference::Changed
}
