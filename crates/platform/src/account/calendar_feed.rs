//! The acts: a patient has an address made at which a calendar fetches the visits, or takes it away.

use oauth::generate_secret;
use secrecy::{ExposeSecret as _, SecretString};
use store::{AccountId, Actor};
use uuid::Uuid;

use crate::{app::App, audit::Audit, booking::change::lock_patient};

/// What they are called in the audit trail.
const ACTION: &str = "calendar feed";

/// Makes an address, in the place of the one that the patient `knows` of. Its secret is told here and never again; `None`
/// when there is another address by now: then nothing is changed, and a form that is sent twice takes nothing away.
///
/// # Errors
/// When the database fails.
pub(crate) async fn renew(
    app: &App,
    account: AccountId,
    knows: Option<Uuid>,
) -> Result<Option<SecretString>, store::Error> {
    let (id, secret, now) = (app.new_id(), generate_secret(&*app.world.chance), app.world.now());
    let made = (id, secret.expose_secret());
    let is_made: Result<bool, store::Error> = app
        .store
        .tx("renew a calendar feed", |mut tx| async move {
            lock_patient(&mut tx, account).await?;
            let is_there = app.store.calendar_feed(&mut tx, account).await?.map(|feed| feed.id);
            if is_there != knows {
                return Ok(false);
            }
            app.store.renew_calendar_feed(&mut tx, account, made, now).await?;
            let outcome = if knows.is_some() { "renewed" } else { "made" };
            let actor = &Actor::Patient(account);
            Audit::of(actor, ACTION).subject(account).object(&id).write(app, &mut tx, outcome).await?;
            Ok(true)
        })
        .await;
    Ok(is_made?.then_some(secret))
}

/// Takes the address away, where there is one.
///
/// # Errors
/// When the database fails.
pub(crate) async fn end(app: &App, account: AccountId) -> Result<(), store::Error> {
    app.store
        .tx("end a calendar feed", |mut tx| async move {
            lock_patient(&mut tx, account).await?;
            if app.store.end_calendar_feed(&mut tx, account).await? {
                let actor = &Actor::Patient(account);
                Audit::of(actor, ACTION).subject(account).write(app, &mut tx, "ended").await?;
            }
            Ok(())
        })
        .await
}
