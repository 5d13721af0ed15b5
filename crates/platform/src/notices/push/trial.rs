use jiff::{SignedDuration, Timestamp};
use store::Account;
use uuid::Uuid;

use super::{PushError, note::Note, send::Reach};
use crate::{app::App, words::say};

/// A device is tried no more than once in this time.
const EVERY: SignedDuration = SignedDuration::from_mins(1);
/// How long a trial is kept for a device that is off.
const KEPT: SignedDuration = SignedDuration::from_mins(5);

/// What became of a trial.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trial {
    /// The push service took it: the device shows it when it is on.
    Sent,
    /// The patient has no such device (any more).
    NoDevice,
    /// The patient wants no notifications: one that arrives would promise others.
    Silent,
    /// The last one is less than a minute ago.
    TooSoon,
    /// The push service did not take it this time.
    NotNow,
}

/// Sends a notification to one of the patient's devices that says that notifications arrive. It is not tried again:
/// the patient waits for it.
///
/// # Errors
/// When the database fails.
pub(crate) async fn try_out(
    app: &App,
    patient: &Account,
    id: Uuid,
    now: Timestamp,
) -> Result<Trial, store::Error> {
    let Some(pusher) = &app.pusher else { return Ok(Trial::NoDevice) };
    if !patient.preferences.by_push {
        return Ok(Trial::Silent);
    }
    let Some(reach) = Reach::read(app, patient.id, id).await? else { return Ok(Trial::NoDevice) };
    let is_its_turn: Result<bool, store::Error> = app
        .store
        .tx("note that a device is tried", |mut tx| async move {
            app.store.note_trial(&mut tx, patient.id, id, now - EVERY, now).await
        })
        .await;
    if !is_its_turn? {
        return Ok(Trial::TooSoon);
    }
    let note = Note {
        key: app.new_id(),
        about: id,
        title: say(patient.language, "push-trial-title", &[]),
        body: say(patient.language, "push-trial-body", &[]),
        url: app.config.address("/"),
        until: now + KEPT,
    };
    match reach.send(app, pusher, patient, &note, now).await {
        Ok(()) => Ok(Trial::Sent),
        Err(PushError::Gone) => Ok(Trial::NoDevice),
        Err(error) => {
            tracing::warn!(%error, "a trial of a notification was not taken");
            Ok(Trial::NotNow)
        }
    }
}
