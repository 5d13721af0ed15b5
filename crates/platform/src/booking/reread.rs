//! The job: a XIS said that an appointment stands which the patient had just cancelled (A9). Once its words can no
//! longer be an echo, its agenda is read, and what that shows is taken as told now.

use std::sync::Arc;

use agenda::{ECHO_MINUTES, Party, State, Update, UpdateStatus};
use async_trait::async_trait;
use bytes::Bytes;
use fhir::incoming;
use jiff::{SignedDuration, Timestamp};
use outbox::{Courier, Parcel, Verdict};
use store::{Account, Practice, Stored, Tx};

use super::{job, xis_update::XisUpdate};
use crate::{
    app::App,
    auth::xis::Xis,
    fhir_api::{outcome::Refused, reading},
    xis_client::{OnBehalfOf, Trouble, XisClient},
};

/// The outbox topic.
pub(crate) const TOPIC: &str = "reread";
/// So long after the cancellation, what the agenda shows is no echo.
const NO_ECHO: SignedDuration = SignedDuration::from_secs(ECHO_MINUTES * 60 + 1);

/// Leaves a message to read this appointment again.
pub(super) async fn leave(
    app: &App,
    tx: &mut Tx,
    stored: &Stored,
    now: Timestamp,
) -> Result<(), store::Error> {
    let State::Cancelled { at, .. } = stored.appointment.state else { return Ok(()) };
    job::leave(app, tx, TOPIC, stored, (at + NO_ECHO, now)).await
}

/// Delivers those messages.
pub(crate) struct Rereader {
    app: App,
}

impl Rereader {
    pub(crate) fn new(app: App) -> Self {
        Self { app }
    }
}

#[async_trait]
impl Courier for Rereader {
    async fn deliver(&self, parcel: &Parcel) -> Verdict {
        job::verdict(self.look(parcel).await)
    }
}

/// Nothing to look at when the practice has planned it again meanwhile.
fn is_open(stored: &Stored) -> bool {
    matches!(stored.appointment.state, State::Cancelled { by: Party::Patient, .. })
}

struct Case {
    stored: Stored,
    account: Account,
    practice: Practice,
}

impl Rereader {
    async fn look(&self, parcel: &Parcel) -> Result<Verdict, store::Error> {
        let Some((stored, account, practice)) = job::load(&self.app, parcel, is_open).await? else {
            return Ok(Verdict::Done);
        };
        let case = Case { stored, account, practice };
        match case.shown(&self.app).await {
            Ok(Some(found)) => self.take(case, &found).await,
            Ok(None) => Ok(Verdict::Done),
            Err(trouble) => Ok(Verdict::Retry { reason: trouble.to_string(), after: None }),
        }
    }

    async fn take(&self, case: Case, found: &incoming::Appointment) -> Result<Verdict, store::Error> {
        let Some(update) = case.update(found) else { return Ok(Verdict::Done) };
        let cancel_window = reading::cancel_window(found, &case.practice.settings);
        let Some(xis_id) = case.stored.xis_id.clone() else { return Ok(Verdict::Done) };
        let xis = Arc::new(Xis { client: case.practice.client.clone(), practice: case.practice });
        let told = XisUpdate {
            xis,
            xis_id,
            update,
            bsn: case.account.bsn,
            ours: None,
            if_match: None,
            last_updated: None,
            cancel_window,
            body: Bytes::new(),
        };
        Ok(match told.run(&self.app).await {
            // Or the patient's account is gone since it was looked at: then there is nobody to tell.
            Ok(_) | Err(Refused::UnknownPatient) => Verdict::Done,
            Err(refused) => Verdict::GiveUp {
                reason: format!("what the practice's system shows was refused: {}", refused.code()),
            },
        })
    }
}

impl Case {
    /// The appointment as the practice's system shows it, if that is still this patient's.
    async fn shown(&self, app: &App) -> Result<Option<incoming::Appointment>, Trouble> {
        let Some(xis_id) = &self.stored.xis_id else { return Ok(None) };
        let client = XisClient::new(app, &self.practice, OnBehalfOf::Platform)?;
        client.appointment_of(xis_id, &self.account.bsn).await
    }

    /// What it says; nothing where it is not in the agenda.
    fn update(&self, found: &incoming::Appointment) -> Option<Update> {
        let settings = &self.practice.settings;
        let zone = settings.naive_times.then(|| settings.zone());
        let status = UpdateStatus::read(found.status.as_deref()?, settings.visit_statuses)?;
        Some(Update { status, content: reading::content(found, zone.as_ref()).ok()? })
    }
}
