use agenda::Appointment;
use async_trait::async_trait;
use outbox::{Courier, Parcel, Verdict};
use store::Stored;

use super::{job, sending::Case};
use crate::{app::App, xis_client::OnBehalfOf};

/// Sends again what was not answered, without its patient: the patient's number says who cancels (B2, B8).
pub(crate) struct Canceller {
    app: App,
}

impl Canceller {
    pub(crate) fn new(app: App) -> Self {
        Self { app }
    }

    async fn look(&self, parcel: &Parcel) -> Result<Verdict, store::Error> {
        let is_open = |stored: &Stored| stored.appointment.is_cancelling();
        Ok(match job::load(&self.app, parcel, is_open).await? {
            Some((stored, account, practice)) => self.send(Case { stored, account, practice }).await,
            // Answered meanwhile, or over in another way.
            None => Verdict::Done,
        })
    }

    async fn send(&self, case: Case) -> Verdict {
        if has_begun(&case.stored.appointment, &self.app) {
            let reason = format!(
                "the visit of appointment {} began before its practice answered that the patient cancels it",
                case.stored.id
            );
            return Verdict::GiveUp { reason };
        }
        match case.send(&self.app, OnBehalfOf::Platform).await {
            Ok(()) => Verdict::Done,
            Err(error) => Verdict::Retry { reason: error.to_string(), after: None },
        }
    }
}

#[async_trait]
impl Courier for Canceller {
    async fn deliver(&self, parcel: &Parcel) -> Verdict {
        job::verdict(self.look(parcel).await)
    }
}

fn has_begun(appointment: &Appointment, app: &App) -> bool {
    appointment.content.start <= app.world.now()
}
