//! The act: a practice answers a request (B1 to B7, B11).

use agenda::{Bsn, Decision, State, XisId};
use jiff::Timestamp;
use store::{ParkedResponse, Stored, Tx};

use super::change;
use crate::{app::App, auth::xis::Xis, fhir_api::outcome::Refused};

/// What the audit trail calls it.
pub(crate) const ACTION: &str = "appointment response";

/// What a practice answers.
pub(crate) struct PracticeResponse<'a> {
    /// Who tells it, for which practice.
    pub(crate) xis: &'a Xis,
    /// To which appointment.
    pub(crate) xis_id: XisId,
    pub(crate) decision: Decision,
    /// What the practice wrote; may be empty (B6).
    pub(crate) comment: Option<String>,
    /// The patient, where the answer names one (B2).
    pub(crate) patient: Option<Bsn>,
}

impl PracticeResponse<'_> {
    /// One transaction. A refusal stores nothing.
    pub(crate) async fn run(&self, app: &App) -> Result<(), Refused> {
        let now = app.world.now();
        app.store.tx("practice response", |mut tx| async move { self.act(app, &mut tx, now).await }).await
    }

    async fn act(&self, app: &App, tx: &mut Tx, now: Timestamp) -> Result<(), Refused> {
        let practice = &self.xis.practice.agb;
        tx.lock(&format!("appointment:{practice}:{}", self.xis_id)).await?;
        let Some(mut known) = self.find(app, tx).await? else { return self.park(app, tx, now).await };
        self.check_patient(app, tx, &known).await?;
        if known.appointment.state == State::Tombstone {
            // Behind it is no request: to the XIS it is unknown (B5).
            return Err(Refused::UnknownAppointment);
        }
        let responded = known.appointment.responded(self.decision, self.comment.clone(), now);
        let outcome = responded.map_err(Refused::Rule)?;
        let effect = outcome.effect;
        change::apply(app, tx, &mut known, outcome, false, now).await?;
        Ok(self.xis.note(app, tx, (ACTION, &self.xis_id), Some(&known), change::word(effect)).await?)
    }

    /// The appointment, as it is once nobody else acts for its patient.
    async fn find(&self, app: &App, tx: &mut Tx) -> Result<Option<Stored>, Refused> {
        let practice = &self.xis.practice.agb;
        let found = app.store.appointment_by_xis_id(tx, practice, &self.xis_id).await?;
        let Some(account) = found.as_ref().and_then(|found| found.account) else { return Ok(found) };
        change::lock_patient(tx, account).await?;
        Ok(app.store.appointment_by_xis_id(tx, practice, &self.xis_id).await?)
    }

    /// B2.
    async fn check_patient(&self, app: &App, tx: &mut Tx, known: &Stored) -> Result<(), Refused> {
        let Some(bsn) = &self.patient else { return Ok(()) };
        let account = app.store.account_id_of(tx, bsn).await?;
        if account.is_some() && known.account == account { Ok(()) } else { Err(Refused::NotThePatient) }
    }

    /// B11: while a request to this practice (of this patient, where the answer names one: B2) has no id yet, the
    /// answer may be to that one. Otherwise it is to nothing that we know (B5).
    async fn park(&self, app: &App, tx: &mut Tx, now: Timestamp) -> Result<(), Refused> {
        let practice = &self.xis.practice.agb;
        let attempts = app.store.open_attempts(tx, practice).await?;
        let account = match &self.patient {
            Some(bsn) => app.store.account_id_of(tx, bsn).await?,
            None => None,
        };
        let is_possible = |attempt: &Stored| self.patient.is_none() || attempt.account == account;
        if !attempts.iter().any(is_possible) {
            return Err(Refused::UnknownAppointment);
        }
        let response = ParkedResponse { decision: self.decision, comment: self.comment.clone() };
        app.store.park_response(tx, practice, &self.xis_id, &response, now).await?;
        Ok(self
            .xis
            .note(app, tx, (ACTION, &self.xis_id), None, "parked: no answer to the request yet")
            .await?)
    }
}

/// Applies the answer that came before the XIS's id was known (B11).
pub(super) async fn apply_parked(
    app: &App,
    tx: &mut Tx,
    stored: &mut Stored,
    now: Timestamp,
) -> Result<(), store::Error> {
    let Some(xis_id) = stored.xis_id.clone() else { return Ok(()) };
    let Some(parked) = app.store.take_parked_response(tx, &stored.practice, &xis_id).await? else {
        return Ok(());
    };
    // An answer that no longer fits (cancelled meanwhile) was overtaken: the later word stands.
    if let Ok(outcome) = stored.appointment.responded(parked.decision, parked.comment, now) {
        change::apply(app, tx, stored, outcome, false, now).await?;
    }
    Ok(())
}

/// Whether a state still waits for the XIS's answer.
pub(super) fn is_open(state: &State) -> bool {
    matches!(state, State::Requested { .. } | State::Unknown { .. })
}
