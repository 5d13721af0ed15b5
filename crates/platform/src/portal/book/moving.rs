//! An appointment that is to be moved, and what the patient has chosen for it so far.

use axum::response::{IntoResponse, Redirect, Response};
use store::{AccountId, AppointmentId, Choice, Practice, Stored};

use super::at_practice::AtPractice;
use crate::{
    app::App,
    booking::reschedule::{is_movable, is_running},
    portal::{Problem, appointment, card::Moment, reader::Reader},
    when,
    xis_client::Deadline,
};

/// Another time is chosen for this appointment.
#[derive(Debug, Clone)]
pub(super) struct Moving {
    pub(super) old: Stored,
}

/// Whether an appointment can be moved, and otherwise what there is to read instead.
pub(super) enum Movable {
    Yes(Box<Stored>, Practice),
    /// Its place is being taken already, or was: by this one.
    By(AppointmentId),
    /// Only by calling.
    No(Box<Stored>, Practice),
}

/// # Errors
/// For no id, nobody's or another patient's appointment: they look the same.
pub(super) async fn movable(app: &App, reader: &Reader, id: &str) -> Result<Movable, Problem> {
    let id: AppointmentId = id.parse().map_err(|_| Problem::NoSuchPage)?;
    let (old, practice) = appointment::load(app, reader, id).await?.ok_or(Problem::NoSuchPage)?;
    let (store, account) = (&app.store, reader.id());
    let asked: Result<_, store::Error> = store
        .read("what was to take an appointment's place", |mut tx| async move {
            store.replacements_of(&mut tx, account, id).await
        })
        .await;
    let running = asked?.iter().find(|new| is_running(new)).map(|new| new.id);
    Ok(match running.or(old.ties.gives_way_to) {
        Some(new) => Movable::By(new),
        None if is_movable(&old, &practice, app.world.now()) => Movable::Yes(Box::new(old), practice),
        None => Movable::No(Box::new(old), practice),
    })
}

/// The patient at the practice of an appointment that can be moved; the page to read instead where it cannot.
pub(super) async fn at_practice(
    app: &App,
    reader: Reader,
    id: &str,
    deadline: Deadline,
) -> Result<AtPractice, Response> {
    match movable(app, &reader, id).await.map_err(IntoResponse::into_response)? {
        Movable::Yes(old, practice) => Ok(AtPractice {
            reader,
            practice,
            has_others: false,
            moving: Some(Moving { old: *old }),
            deadline,
        }),
        Movable::By(new) => Err(Redirect::to(&format!("/appointments/{new}")).into_response()),
        Movable::No(..) => Err(Redirect::to(&format!("/appointments/{id}/reschedule")).into_response()),
    }
}

impl Moving {
    pub(super) fn id(&self) -> AppointmentId {
        self.old.id
    }

    /// When it is now, in words.
    pub(super) fn said(&self, at: &AtPractice) -> String {
        when::date_and_time(at.reader.language(), self.old.appointment.content.start, &at.zone())
    }

    /// When it is now.
    pub(super) fn now(&self, at: &AtPractice, app: &App) -> Moment {
        let start = self.old.appointment.content.start;
        Moment::of(start, &at.zone(), at.reader.language(), app.world.now())
    }

    /// What was chosen so far; at first the reason is the one that was given for the appointment.
    pub(super) async fn choice(&self, app: &App) -> Result<Choice, Problem> {
        let begun = begun(app, self.old.account, self.old.id).await?;
        let reason = || self.old.appointment.reason.as_ref().map(|reason| reason.as_str().to_owned());
        Ok(begun.unwrap_or_else(|| Choice { reason: reason(), ..Choice::default() }))
    }

    pub(super) async fn keep(&self, app: &App, choice: &Choice) -> Result<(), Problem> {
        let Some(account) = self.old.account else { return Ok(()) };
        let (store, id, now) = (&app.store, self.old.id, app.world.now());
        store
            .tx("keep what an appointment is moved to", |mut tx| async move {
                store.save_reschedule_draft(&mut tx, account, id, choice, now).await
            })
            .await
            .map_err(|error: store::Error| error.into())
    }
}

/// What was chosen to move this appointment to.
async fn begun(
    app: &App,
    account: Option<AccountId>,
    id: AppointmentId,
) -> Result<Option<Choice>, store::Error> {
    let (store, Some(account)) = (&app.store, account) else { return Ok(None) };
    let draft = store
        .read("what an appointment is moved to", |mut tx| async move {
            store.reschedule_draft(&mut tx, account, id).await
        })
        .await?;
    Ok(draft.map(|draft| draft.choice))
}
