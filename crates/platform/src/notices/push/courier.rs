use jiff::Timestamp;
use outbox::{Courier, Parcel, Verdict};
use store::DeliveryOutcome;
use uuid::Uuid;

use super::{note::Note, send::send};
use crate::{
    app::App,
    notices::{
        TellError,
        channel::{Channel, deliver},
        facts::Facts,
        message::Unopened,
        telling::Telling,
    },
};

/// Notifies a patient's device of what there is to tell.
#[derive(Debug, Clone)]
pub(crate) struct PushCourier {
    app: App,
}

impl PushCourier {
    pub(crate) fn new(app: App) -> Self {
        Self { app }
    }
}

#[async_trait::async_trait]
impl Channel for PushCourier {
    async fn send(
        &self,
        facts: &Facts,
        telling: &Telling,
        now: Timestamp,
    ) -> Result<DeliveryOutcome, TellError> {
        let key = facts.key();
        let Some(about) = facts.untold.last().map(|newest| newest.appointment.uuid()) else {
            return Ok(DeliveryOutcome::Superseded);
        };
        let link = facts.link(&self.app);
        let note = Note::of_visit(telling, &facts.patient, &facts.practice, (key, about), link);
        send(&self.app, &facts.patient, facts.route, &note, now).await
    }

    async fn send_unopened(&self, unopened: &Unopened, now: Timestamp) -> Result<DeliveryOutcome, TellError> {
        let note = Note::of_message(unopened, self.app.config.address(&unopened.path()));
        send(&self.app, &unopened.patient, unopened.route, &note, now).await
    }

    async fn send_trial(&self, _: Uuid, _: &Parcel) -> Result<(), TellError> {
        // A device is tried while the patient waits, see `try_out`.
        Err(TellError::Payload)
    }
}

#[async_trait::async_trait]
impl Courier for PushCourier {
    async fn deliver(&self, parcel: &Parcel) -> Verdict {
        deliver(&self.app, self, parcel).await
    }
}
