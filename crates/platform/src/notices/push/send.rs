use jiff::Timestamp;
use store::{Account, AccountId, Actor, DeliveryOutcome, Route, Subscription};
use uuid::Uuid;

use super::{PushError, Pusher, note::Note};
use crate::{app::App, audit::Audit, notices::TellError};

/// Sends a note to the device of this route, where the patient wants that.
///
/// A device that is subscribed no more is forgotten, and so has no channel.
///
/// # Errors
/// When the push service did not take it.
pub(super) async fn send(
    app: &App,
    patient: &Account,
    route: Route,
    note: &Note,
    now: Timestamp,
) -> Result<DeliveryOutcome, TellError> {
    let pusher = app.pusher.as_ref().filter(|_| patient.preferences.by_push);
    let (Some(pusher), Route::Push(id)) = (pusher, route) else { return Ok(DeliveryOutcome::NoChannel) };
    let Some(reach) = Reach::read(app, patient.id, id).await? else { return Ok(DeliveryOutcome::NoChannel) };
    match reach.send(app, pusher, patient, note, now).await {
        Ok(()) => Ok(DeliveryOutcome::Sent),
        Err(PushError::Gone) => Ok(DeliveryOutcome::NoChannel),
        Err(error) => Err(error.into()),
    }
}

/// A device, and what it is told besides the note itself.
pub(super) struct Reach {
    subscription: Subscription,
    /// How much news waits for the patient, for the number on the app's icon.
    unseen: u32,
}

impl Reach {
    /// `None` where the patient has no such device (any more).
    pub(super) async fn read(app: &App, account: AccountId, id: Uuid) -> Result<Option<Self>, store::Error> {
        let store = &app.store;
        store
            .read("read where a patient is notified", |mut tx| async move {
                let subscription = store.subscription(&mut tx, account, id).await?;
                let pulse = store.pulse(&mut tx, account).await?;
                let unseen = pulse.unseen + pulse.unread;
                Ok(subscription.map(|subscription| Self { subscription, unseen }))
            })
            .await
    }

    /// Sends a note to the device, and keeps what its push service says of the subscription.
    pub(super) async fn send(
        &self,
        app: &App,
        pusher: &Pusher,
        patient: &Account,
        note: &Note,
        now: Timestamp,
    ) -> Result<(), PushError> {
        let Self { subscription, unseen } = self;
        let topic = app.store.push_topic(subscription.id, note.about);
        let message = note.message(patient.language, topic, *unseen, now);
        let outcome = pusher.send(&*app.world.chance, &subscription.device, &message, now).await;
        let noted = match outcome {
            Ok(()) => note_use(app, patient, subscription, now).await,
            Err(PushError::Gone) => forget(app, patient, subscription).await,
            Err(_) => Ok(()),
        };
        // What was sent was sent: trying again would say it twice.
        if let Err(error) = noted {
            tracing::error!(%error, "what became of a push could not be noted with its device");
        }
        outcome
    }
}

async fn note_use(
    app: &App,
    patient: &Account,
    subscription: &Subscription,
    now: Timestamp,
) -> Result<(), store::Error> {
    app.store
        .tx("note that a device was reached", |mut tx| async move {
            app.store.touch_subscription(&mut tx, patient.id, subscription.id, now).await
        })
        .await
}

async fn forget(app: &App, patient: &Account, subscription: &Subscription) -> Result<(), store::Error> {
    app.store
        .tx("forget a device that is gone", |mut tx| async move {
            if app.store.remove_subscription(&mut tx, patient.id, subscription.id).await? {
                Audit::of(&Actor::Platform("push"), "push subscription")
                    .subject(patient.id)
                    .object(&subscription.id)
                    .write(app, &mut tx, "gone")
                    .await?;
            }
            Ok(())
        })
        .await
}
