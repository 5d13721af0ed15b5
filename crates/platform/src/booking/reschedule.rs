//! A patient moves a visit to another time: the new one is booked first, and only then is the old one cancelled, so that
//! the patient always has a place.
//!
//! The new one is an attempt like any other ([`Request`](super::request::Request)) that knows whose place it is to take.
//! In the transaction in which it turns out to be booked, whoever says so, the old one is put on its way to be cancelled
//! ([`cancel`]). Whatever goes wrong before that leaves the old one untouched; whatever goes wrong after it leaves both
//! to be seen, and the job of the cancellation goes on.
//!
//! The patient is told once, when both halves are known: "moved from … to …". The first waits for the second at most
//! [`PATIENCE`]. After that, or where the second fails, each is told by itself, and a mail says of the old one what
//! is true of it when it goes out (`notices/telling.rs`).

mod courier;
mod movable;

use agenda::{Content, Effect, Kind, Outcome, Party, Reason, Replacing, State};
use jiff::{SignedDuration, Timestamp};
use store::{Account, AccountId, Actor, Language, Practice, Replaces, SessionTokens, Stored, Tx};

pub(crate) use self::{
    courier::Announcer,
    movable::{is_movable, is_running},
};
pub(super) use movable::running;

use super::{cancel, change, job};
use crate::{app::App, audit::Audit, when, words::say};

/// The outbox topic.
pub(crate) const TOPIC: &str = "reschedule";
/// How long the news that the new one stands waits for the end of the old one, to be told with it.
const PATIENCE: SignedDuration = SignedDuration::from_mins(2);
/// What the audit trail calls the news of what became of a reschedule.
const ANSWER: &str = "appointment reschedule answer";

/// What a change of one visit means for the one that it is tied to.
pub(super) struct Other {
    pub(super) stored: Stored,
    pub(super) outcome: Outcome,
    /// The visit whose place it has taken.
    pub(super) moved_from: Option<Content>,
}

/// What a change really leads to, for a visit that takes another one's place or gives way to one; for every other
/// it is `outcome` itself.
pub(super) async fn weigh(
    app: &App,
    tx: &mut Tx,
    stored: &mut Stored,
    outcome: Outcome,
    now: Timestamp,
) -> Result<(Outcome, Option<Other>), store::Error> {
    let Some(account) = stored.account else { return Ok((outcome, None)) };
    if let Some(replaces) = stored.ties.replaces.filter(|replaces| replaces.how_far != Replacing::Over) {
        return new_changes(app, tx, (account, stored, replaces), outcome, now).await;
    }
    if stored.appointment.is_cancelling() {
        return old_changes(app, tx, account, stored, outcome, now).await;
    }
    if matches!(outcome.after.state, State::Booked | State::Pending) {
        // It stands again, or the patient cancels it for its own sake.
        stored.ties.gives_way_to = None;
    }
    Ok((outcome, None))
}

async fn new_changes(
    app: &App,
    tx: &mut Tx,
    (account, new, replaces): (AccountId, &mut Stored, Replaces),
    outcome: Outcome,
    now: Timestamp,
) -> Result<(Outcome, Option<Other>), store::Error> {
    let old = app.store.appointment_of_patient(tx, account, replaces.old).await?;
    let practice = app.store.practice(tx, &new.practice).await?;
    let (Some(mut old), Some(practice)) = (old, practice) else { return Ok((outcome, None)) };
    let Ok(words) = sentence(&outcome.after.content, &practice).parse::<Reason>() else {
        return Ok((outcome, None));
    };
    let wish = (new.created_at, words);
    let pair = replaces.how_far.new_changes(outcome, &old.appointment, wish, now);
    new.ties.replaces = Some(Replaces { how_far: pair.replacing, ..replaces });
    if pair.other.effect == Effect::Nothing {
        return Ok((pair.changed, None));
    }
    old.ties.gives_way_to = Some(new.id);
    if matches!(new.appointment.state, State::Requested { .. }) {
        // Somebody waits for the answer about the new one: the same task asks for the old one next.
        job::stand_behind(app, tx, cancel::TOPIC, &old, (now + cancel::LOOK_AFTER, now)).await?;
    } else {
        job::leave(app, tx, cancel::TOPIC, &old, (now, now)).await?;
    }
    job::leave(app, tx, TOPIC, new, (now + PATIENCE, now)).await?;
    Audit::of(&Actor::Platform("booking"), "appointment cancel")
        .subject(account)
        .practice(&old.practice)
        .object(&old.id)
        .write(app, tx, "sent: another takes its place")
        .await?;
    Ok((pair.changed, Some(Other { stored: old, outcome: pair.other, moved_from: None })))
}

async fn old_changes(
    app: &App,
    tx: &mut Tx,
    account: AccountId,
    old: &mut Stored,
    outcome: Outcome,
    now: Timestamp,
) -> Result<(Outcome, Option<Other>), store::Error> {
    let Some(new) = old.ties.gives_way_to else { return Ok((outcome, None)) };
    let Some(mut new) = app.store.appointment_of_patient(tx, account, new).await? else {
        return Ok((outcome, None));
    };
    let Some(replaces) = new.ties.replaces else { return Ok((outcome, None)) };
    let pair = replaces.how_far.old_changes(outcome, &new.appointment, now);
    new.ties.replaces = Some(Replaces { how_far: pair.replacing, ..replaces });
    let is_replaced = matches!(pair.changed.after.state, State::Cancelled { by: Party::Patient, .. });
    if !is_replaced && !pair.changed.after.is_cancelling() {
        old.ties.gives_way_to = None;
    }
    if pair.other.effect == Effect::Nothing {
        return Ok((pair.changed, None));
    }
    let takes_place = is_replaced && pair.other.effect == Effect::Told(Kind::Rescheduled);
    let moved_from = takes_place.then(|| old.appointment.content.clone());
    if takes_place {
        take_event(old, &mut new);
    }
    Audit::of(&Actor::Platform("booking"), ANSWER)
        .subject(account)
        .practice(&new.practice)
        .object(&new.id)
        .write(app, tx, change::word(pair.other.effect))
        .await?;
    Ok((pair.changed, Some(Other { stored: new, outcome: pair.other, moved_from })))
}

/// The new visit takes over the old one's event in calendars, so that a calendar moves what it has: one mail brings one
/// file with one method, and could not take out one event and bring in another.
///
/// Should the old one be planned again, it has the id that the new one leaves, under which nothing was ever sent.
fn take_event(old: &mut Stored, new: &mut Stored) {
    (old.ties.event, new.ties.event) = (Some(new.event()), Some(old.event()));
}

/// Once the new one was answered: asks the practice to cancel the old one, for the patient who waits.
pub(super) async fn cancel_old(app: &App, (account, tokens): (&Account, &SessionTokens), new: &Stored) {
    let Some(id) = new.replaces() else { return };
    let (store, practice) = (&app.store, &new.practice);
    let loaded: Result<_, store::Error> = store
        .read("the visit that gives way", |mut tx| async move {
            let old = store.appointment_of_patient(&mut tx, account.id, id).await?;
            Ok(old.zip(store.practice(&mut tx, practice).await?))
        })
        .await;
    match loaded {
        Ok(Some((old, practice))) if is_giving_way(&old, new) => {
            cancel::send(app, (account, tokens), old, practice).await;
        }
        Ok(_) => {}
        // The message in the outbox asks.
        Err(error) => tracing::warn!(%error, %id, "a visit that gives way could not be read"),
    }
}

fn is_giving_way(old: &Stored, new: &Stored) -> bool {
    old.ties.gives_way_to == Some(new.id) && old.appointment.is_cancelling()
}

/// What the practice reads with the cancellation, in its own language: no word of why or for what.
fn sentence(new: &Content, practice: &Practice) -> String {
    let moment = when::date_and_time(Language::Dutch, new.start, &practice.settings.zone());
    say(Language::Dutch, "reschedule-sentence", &[("moment", moment.into())])
}
