use jiff::Timestamp;
use outbox::{Parcel, Verdict};
use store::DeliveryOutcome;
use uuid::Uuid;

use super::{
    TellError,
    error::verdict,
    facts::Facts,
    message::{self, Unopened},
    payload::{About, Payload},
    telling::Telling,
};
use crate::app::App;

/// Sends what there is to tell along its own kind of route, or says that the route is there no more.
#[async_trait::async_trait]
pub(super) trait Channel: Sync {
    /// What there is to tell of an appointment.
    async fn send(
        &self,
        facts: &Facts,
        telling: &Telling,
        now: Timestamp,
    ) -> Result<DeliveryOutcome, TellError>;

    /// That a message of a practice waits.
    async fn send_unopened(&self, unopened: &Unopened, now: Timestamp) -> Result<DeliveryOutcome, TellError>;

    /// That the route works: the patient asked for it.
    async fn send_trial(&self, account: Uuid, parcel: &Parcel) -> Result<(), TellError>;
}

/// Delivers a message of the outbox along this channel.
pub(super) async fn deliver(app: &App, channel: &dyn Channel, parcel: &Parcel) -> Verdict {
    verdict(tell(app, channel, parcel).await)
}

async fn tell(app: &App, channel: &dyn Channel, parcel: &Parcel) -> Result<(), TellError> {
    let Payload { account, route, about } =
        serde_json::from_str(&parcel.payload).map_err(|_| TellError::Payload)?;
    match about {
        About::Appointment(id) => Facts::tell(app, channel, (account, id, route), parcel).await,
        About::Message(id) => message::deliver(app, channel, (account, id, route)).await,
        About::Trial => channel.send_trial(account, parcel).await,
    }
}
