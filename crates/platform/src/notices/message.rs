//! That a practice wrote: a message is its own notice.

use agenda::Agb;
use jiff::Timestamp;
use outbox::Message as Post;
use store::{Account, AccountId, Delivery, DeliveryOutcome, Message, MessageId, Practice, Route, Tx};
use uuid::Uuid;

use super::{
    TellError,
    channel::Channel,
    payload::{About, Payload},
    routes,
    tell::lane,
};
use crate::app::App;

/// A message that its patient has not opened, and along which route to tell of it.
#[derive(Debug)]
pub(super) struct Unopened {
    pub(super) message: Message,
    pub(super) practice: Practice,
    pub(super) patient: Account,
    pub(super) route: Route,
}

/// Leaves behind, in this transaction, that a patient is to be told of a message: along each route one.
///
/// # Errors
/// When the database fails.
pub(crate) async fn tell(
    app: &App,
    tx: &mut Tx,
    patient: &Account,
    (id, practice): (MessageId, &Agb),
    now: Timestamp,
) -> Result<(), store::Error> {
    let (account, about) = (patient.id, id.uuid());
    for route in routes::of(app, tx, patient).await? {
        let message = app.new_id();
        let delivery = Delivery { notice: about, route, message, about, account };
        app.store.add_delivery(tx, &delivery).await?;
        let payload = Payload { account: account.uuid(), route, about: About::Message(about) };
        let post = Post {
            id: message.to_string(),
            topic: routes::topic(route),
            lane: &lane(account, about, route),
            tenant: practice.as_str(),
            payload: payload.to_json(),
            due_at: now,
        };
        outbox::enqueue(tx, post, now).await?;
    }
    Ok(())
}

/// Tells of a message, unless its patient has opened it meanwhile.
pub(super) async fn deliver(
    app: &App,
    channel: &dyn Channel,
    (account, message, route): (Uuid, Uuid, Route),
) -> Result<(), TellError> {
    let now = app.world.now();
    let account = AccountId::new(account);
    let outcome = match Unopened::read(app, account, MessageId::new(message), route).await? {
        None => DeliveryOutcome::Superseded,
        Some(unopened) => channel.send_unopened(&unopened, now).await?,
    };
    let store = &app.store;
    store
        .tx("end a delivery", |mut tx| async move {
            store.end_delivery(&mut tx, account, message, route, outcome, now).await?;
            Ok(())
        })
        .await
}

impl Unopened {
    async fn read(
        app: &App,
        account: AccountId,
        id: MessageId,
        route: Route,
    ) -> Result<Option<Self>, TellError> {
        let store = &app.store;
        store
            .read("read which message to tell of", |mut tx| async move {
                let message = store.message_of_patient(&mut tx, account, id).await?;
                let Some(message) = message.filter(|message| message.unseen) else { return Ok(None) };
                let practice = store.practice(&mut tx, &message.practice).await?;
                let patient = store.account(&mut tx, account).await?;
                let known = practice.zip(patient);
                Ok(known.map(|(practice, patient)| Self { message, practice, patient, route }))
            })
            .await
    }

    /// Where the patient reads it, below the platform's address.
    pub(super) fn path(&self) -> String {
        format!("/messages/{}", self.message.id)
    }
}
