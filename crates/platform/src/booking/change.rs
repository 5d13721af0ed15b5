use agenda::{Appointment, Content, Effect, Kind, Outcome};
use jiff::Timestamp;
use store::{Account, AccountId, News, Practice, Stored, Tx};

use super::reschedule;
use crate::{app::App, notices};

/// Acts on one patient's appointments go one at a time, whoever acts.
pub(crate) async fn lock_patient(tx: &mut Tx, account: AccountId) -> Result<(), store::Error> {
    Ok(tx.lock(&format!("patient:{account}")).await?)
}

/// Stores what the rules decided and leaves the notice that they ask for, also for the visit whose place this one takes
/// or that takes its place. `shows` says that the patient's page shows another thing even where the rules change
/// nothing: the XIS's id became known, or until when the visit can be cancelled.
pub(super) async fn apply(
    app: &App,
    tx: &mut Tx,
    stored: &mut Stored,
    outcome: Outcome,
    shows: bool,
    now: Timestamp,
) -> Result<(), store::Error> {
    let (outcome, other) = reschedule::weigh(app, tx, stored, outcome, now).await?;
    keep(app, tx, stored, outcome, (shows, None), now).await?;
    if let Some(mut other) = other {
        keep(app, tx, &mut other.stored, other.outcome, (false, other.moved_from), now).await?;
    }
    Ok(())
}

/// The same for one visit alone. `moved_from` is the visit whose place it has taken.
pub(super) async fn keep(
    app: &App,
    tx: &mut Tx,
    stored: &mut Stored,
    outcome: Outcome,
    (shows, moved_from): (bool, Option<Content>),
    now: Timestamp,
) -> Result<(), store::Error> {
    let told = match outcome.effect {
        Effect::Nothing | Effect::StaleEcho if !shows => return Ok(()),
        Effect::Nothing | Effect::StaleEcho | Effect::Stored => None,
        Effect::Told(kind) => Some(kind),
    };
    let before = std::mem::replace(&mut stored.appointment, outcome.after);
    stored.revision += 1;
    stored.changed_at = now;
    if let Some(kind) = told {
        stored.news =
            Some(News { kind, before: moved_from.or_else(|| matters_before(kind, before, stored)) });
        stored.unseen = true;
    }
    let parties = parties(app, tx, stored).await?;
    stored.remind_at = reminder(stored, parties.as_ref(), now);
    app.store.save_appointment(tx, stored).await?;
    tell(app, tx, (stored, parties.as_ref()), told, now).await
}

/// Stores an appointment that was not there, with the notice that the rules ask for.
pub(super) async fn add(
    app: &App,
    tx: &mut Tx,
    new: &mut Stored,
    effect: Effect,
    now: Timestamp,
) -> Result<bool, store::Error> {
    let told = if let Effect::Told(kind) = effect { Some(kind) } else { None };
    new.news = told.map(|kind| News { kind, before: None });
    new.unseen = told.is_some();
    let parties = parties(app, tx, new).await?;
    new.remind_at = reminder(new, parties.as_ref(), now);
    let added = app.store.add_appointment(tx, new).await?;
    if added {
        tell(app, tx, (new, parties.as_ref()), told, now).await?;
    }
    Ok(added)
}

/// Whose it is, and where; nothing for a tombstone.
type Parties = (Account, Practice);

async fn parties(app: &App, tx: &mut Tx, stored: &Stored) -> Result<Option<Parties>, store::Error> {
    match stored.account {
        Some(account) => app.store.patient_at(tx, account, &stored.practice).await,
        None => Ok(None),
    }
}

fn reminder(stored: &Stored, parties: Option<&Parties>, now: Timestamp) -> Option<Timestamp> {
    let (patient, practice) = parties?;
    notices::reminder::plan(stored, patient, practice, now)
}

async fn tell(
    app: &App,
    tx: &mut Tx,
    (stored, parties): (&Stored, Option<&Parties>),
    told: Option<Kind>,
    now: Timestamp,
) -> Result<(), store::Error> {
    let (Some(kind), Some((patient, _))) = (told, parties) else { return Ok(()) };
    let before = stored.news.as_ref().and_then(|news| news.before.clone());
    notices::tell(app, tx, (stored, patient), kind, before, now).await.map(drop)
}

/// What the patient knew before, where the change replaced it.
fn matters_before(kind: Kind, before: Appointment, stored: &Stored) -> Option<Content> {
    let differs = before.content.compare(&stored.appointment.content) == agenda::Difference::Changed;
    match kind {
        Kind::Modified | Kind::Confirmed | Kind::PlannedAgain if differs => Some(before.content),
        Kind::New
        | Kind::Confirmed
        | Kind::Declined
        | Kind::Modified
        | Kind::PlannedAgain
        | Kind::CancelledByPractice
        | Kind::CancelledByPatient
        | Kind::Rescheduled
        | Kind::Reminder => None,
    }
}

/// The word of an effect in the audit trail.
pub(super) fn word(effect: Effect) -> &'static str {
    match effect {
        Effect::Nothing => "unchanged",
        Effect::Stored => "stored",
        Effect::StaleEcho => "stale echo ignored",
        Effect::Told(Kind::New) => "new",
        Effect::Told(Kind::Confirmed) => "confirmed",
        Effect::Told(Kind::Declined) => "declined",
        Effect::Told(Kind::Modified) => "modified",
        Effect::Told(Kind::PlannedAgain) => "planned again",
        Effect::Told(Kind::CancelledByPractice) => "cancelled",
        Effect::Told(Kind::CancelledByPatient) => "cancelled by the patient",
        Effect::Told(Kind::Rescheduled) => "rescheduled",
        Effect::Told(Kind::Reminder) => "reminder",
    }
}
