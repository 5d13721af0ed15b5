//! A visit is near: when to say so, and saying so.

use std::time::Duration;

use agenda::{Kind, State};
use jiff::Timestamp;
use store::{Account, AccountId, Actor, DueReminder, Practice, Stored, Tx};
use tokio_util::sync::CancellationToken;

use super::tell;
use crate::{app::App, audit::Audit, booking::change::lock_patient};

mod rule;

use rule::remind_at;

/// How often to look for what is due. A reminder may come so much later than planned.
const EVERY: Duration = Duration::from_secs(15);

/// When to remind `patient` of `stored` as it is about to be kept; none for what is not booked.
pub(crate) fn plan(
    stored: &Stored,
    patient: &Account,
    practice: &Practice,
    now: Timestamp,
) -> Option<Timestamp> {
    let start = stored.appointment.content.start;
    if stored.appointment.state != State::Booked || start <= now {
        return None;
    }
    remind_at(start, &practice.settings.zone(), patient.preferences.remind_minutes, now)
}

/// Plans every reminder of a patient anew, after the patient chose another time for them. The caller holds the
/// patient's lock.
///
/// # Errors
/// When the database fails.
pub(crate) async fn replan(
    app: &App,
    tx: &mut Tx,
    account: AccountId,
    now: Timestamp,
) -> Result<(), store::Error> {
    let Some(patient) = app.store.account(tx, account).await? else { return Ok(()) };
    for stored in app.store.appointments_of(tx, account).await? {
        let practice = app.store.practice(tx, &stored.practice).await?;
        let planned = practice.and_then(|practice| plan(&stored, &patient, &practice, now));
        if planned != stored.remind_at {
            app.store.save_reminder(tx, account, stored.id, planned).await?;
        }
    }
    Ok(())
}

/// Turns what is due into notices until `stop`.
pub(crate) async fn run(app: &App, stop: CancellationToken) {
    loop {
        if let Err(error) = remind(app).await {
            tracing::error!(%error, "reminders cannot be read; trying again in a moment");
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = app.world.clock.sleep(EVERY) => {}
        }
    }
}

/// Turns every reminder that is due into a notice. One that fails is logged, tried again the next time, and holds up
/// no other.
///
/// # Errors
/// When the database fails.
pub(crate) async fn remind(app: &App) -> Result<(), store::Error> {
    let mut has_failed = false;
    while !has_failed {
        let now = app.world.now();
        let due =
            app.store
                .read("reminders that are due", |mut tx| async move {
                    app.store.reminders_due(&mut tx, now).await
                })
                .await?;
        if due.is_empty() {
            return Ok(());
        }
        for due in &due {
            let reminded =
                app.store.tx("remind", |mut tx| async move { remind_of(app, &mut tx, due, now).await }).await;
            if let Err(error) = reminded {
                has_failed = true;
                tracing::error!(%error, appointment = %due.appointment, "a reminder failed; trying again in a moment");
            }
        }
    }
    Ok(())
}

/// Once, whoever else is about to; and only of what stands at this moment.
async fn remind_of(app: &App, tx: &mut Tx, due: &DueReminder, now: Timestamp) -> Result<(), store::Error> {
    lock_patient(tx, due.account).await?;
    if !app.store.take_reminder(tx, due).await? {
        return Ok(());
    }
    let stored = app.store.appointment_of_patient(tx, due.account, due.appointment).await?;
    // One that is held back is about to be told, with its time.
    let stands = |stored: &Stored| {
        let is_ahead = stored.appointment.content.start > now;
        stored.appointment.state == State::Booked && is_ahead && !stored.is_held()
    };
    let patient = app.store.account(tx, due.account).await?;
    let (Some(stored), Some(patient)) = (stored.filter(stands), patient) else { return Ok(()) };
    let routes = tell(app, tx, (&stored, &patient), Kind::Reminder, None, now).await?;
    Audit::of(&Actor::Platform("reminders"), "appointment reminder")
        .subject(due.account)
        .practice(&stored.practice)
        .object(&stored.id)
        .write(app, tx, if routes > 0 { "queued" } else { "nothing to send" })
        .await
}
