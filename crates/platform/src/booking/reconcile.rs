//! The job: find out what became of a booking whose answer was not heard (C18). It never books again.

use agenda::{Answer, Findings, Next, Search, State, Window};
use async_trait::async_trait;
use jiff::Timestamp;
use outbox::{Courier, Parcel, Verdict};
use store::{Account, Practice, Stored, Tx};

use super::{answer, change, job, response};
use crate::{
    app::App,
    xis_client::{Booking, OnBehalfOf, Seen, Trouble, XisClient},
};

/// The outbox topic.
pub(crate) const TOPIC: &str = "reconcile";

/// Leaves a message to look at a booking at `until`, or when this process is gone, which waits for its answer.
pub(super) async fn stand_behind(
    app: &App,
    tx: &mut Tx,
    stored: &Stored,
    until: Timestamp,
    now: Timestamp,
) -> Result<(), store::Error> {
    job::stand_behind(app, tx, TOPIC, stored, (until, now)).await
}

/// Leaves a message to look at a booking at this time.
async fn look_at(
    app: &App,
    tx: &mut Tx,
    stored: &Stored,
    at: Timestamp,
    now: Timestamp,
) -> Result<(), store::Error> {
    job::leave(app, tx, TOPIC, stored, (at, now)).await
}

/// Delivers those messages.
pub(crate) struct Reconciler {
    app: App,
}

impl Reconciler {
    pub(crate) fn new(app: App) -> Self {
        Self { app }
    }
}

#[async_trait]
impl Courier for Reconciler {
    async fn deliver(&self, parcel: &Parcel) -> Verdict {
        job::verdict(self.look(parcel).await)
    }
}

/// Everything that is needed to look.
struct Case {
    stored: Stored,
    account: Account,
    practice: Practice,
    /// The patient's id at the XIS, where the booking got as far as asking it.
    xis_patient: Option<String>,
}

impl Reconciler {
    async fn look(&self, parcel: &Parcel) -> Result<Verdict, store::Error> {
        let Some(case) = self.load(parcel).await? else { return Ok(Verdict::Done) };
        let guess = case.stored.guessed_from.as_deref();
        let since = match guess.unwrap_or(&case.stored.appointment).state {
            State::Unknown { since, .. } => since,
            State::Requested { at, .. } if guess.is_some() => at,
            State::Requested { .. } => {
                // This comes to nobody as long as somebody waits for the answer.
                let now = self.app.world.now();
                answer::answered(&self.app, &case.stored, Answer::Unknown, None).await?;
                now
            }
            _ => return Ok(Verdict::Done),
        };
        let (search, seen) = case.search(&self.app).await;
        let slot = if seen.is_none() { case.slot_is_free(&self.app).await } else { None };
        // The patient's account may be gone by now, with the booking.
        let Some(findings) = self.findings(&case, since, search, slot).await? else {
            return Ok(Verdict::Done);
        };
        self.conclude(&case, agenda::reconcile(&findings, self.app.world.now()), seen).await
    }

    async fn load(&self, parcel: &Parcel) -> Result<Option<Case>, store::Error> {
        let is_open =
            |stored: &Stored| response::is_open(&stored.appointment.state) || stored.guessed_from.is_some();
        let Some((stored, account, practice)) = job::load(&self.app, parcel, is_open).await? else {
            return Ok(None);
        };
        let (store, id, agb) = (&self.app.store, account.id, &practice.agb);
        let membership: Result<_, store::Error> = store
            .read(
                "the membership of a booking",
                |mut tx| async move { store.membership(&mut tx, id, agb).await },
            )
            .await;
        let xis_patient = membership?.and_then(|membership| membership.xis_patient);
        Ok(Some(Case { stored, account, practice, xis_patient }))
    }

    /// What is known of a booking; nothing where there is none any more.
    async fn findings(
        &self,
        case: &Case,
        since: Timestamp,
        search: Search,
        slot: Option<bool>,
    ) -> Result<Option<Findings>, store::Error> {
        let (store, now) = (&self.app.store, self.app.world.now());
        let (practice, id, account) = (&case.stored.practice, case.stored.id, case.account.id);
        let sightings: Result<_, store::Error> = store
            .tx("note a sighting", |mut tx| async move {
                change::lock_patient(&mut tx, account).await?;
                if store.appointment_of_patient(&mut tx, account, id).await?.is_none() {
                    return Ok(None);
                }
                if let Some(free) = slot {
                    store.add_sighting(&mut tx, practice, id, free, now).await?;
                }
                store.sightings(&mut tx, practice, id).await.map(Some)
            })
            .await;
        let Some(sightings) = sightings? else { return Ok(None) };
        let slot_gone = sightings.last().is_some_and(|(_, free)| !free);
        let since_gone = sightings.iter().rposition(|(_, free)| !free).map_or(0, |position| position + 1);
        Ok(Some(Findings {
            since,
            search,
            identifier_returned_before: case.practice.returns_identifier,
            seen_free: sightings[since_gone..].iter().map(|(at, _)| *at).collect(),
            slot_gone,
        }))
    }

    async fn conclude(&self, case: &Case, next: Next, seen: Option<Seen>) -> Result<Verdict, store::Error> {
        match (next, seen) {
            (Next::Adopt, Some(seen)) => {
                let found = answer::found(&seen, case.practice.settings.approval);
                answer::answered(&self.app, &case.stored, found, Some(&seen)).await?;
                Ok(Verdict::Done)
            }
            (Next::NotBooked, _) => {
                answer::answered(&self.app, &case.stored, Answer::NotBooked, None).await?;
                Ok(Verdict::Done)
            }
            (Next::AskAgainAt(at), _) => self.again(case, at).await,
            (Next::GiveUp | Next::Adopt, _) if case.stored.guessed_from.is_some() => {
                // What the practice planned at that time is all that there is.
                answer::answered(&self.app, &case.stored, Answer::NotBooked, None).await?;
                Ok(Verdict::Done)
            }
            (Next::GiveUp | Next::Adopt, _) => Ok(Verdict::GiveUp {
                reason: format!(
                    "whether appointment {} is booked could not be found out; the patient was asked to call practice {}",
                    case.stored.id, case.practice.agb
                ),
            }),
        }
    }

    async fn again(&self, case: &Case, at: Timestamp) -> Result<Verdict, store::Error> {
        let (app, now) = (&self.app, self.app.world.now());
        app.store
            .tx(
                "look again later",
                |mut tx| async move { look_at(app, &mut tx, &case.stored, at, now).await },
            )
            .await?;
        Ok(Verdict::Done)
    }
}

impl Case {
    fn client<'a>(&'a self, app: &'a App) -> Result<XisClient<'a>, Trouble> {
        XisClient::new(app, &self.practice, OnBehalfOf::Platform)
    }

    async fn search(&self, app: &App) -> (Search, Option<Seen>) {
        let Some(slot) = &self.stored.slot else { return (Search::Empty, None) };
        let booking = Booking {
            id: self.stored.id,
            appointment: &self.stored.appointment,
            slot,
            account: &self.account,
            xis_patient: self.xis_patient.as_deref(),
            approval: self.practice.settings.approval,
        };
        let found = match self.client(app) {
            Ok(client) => client.find_booking(&booking).await,
            Err(trouble) => Err(trouble),
        };
        match found {
            Ok(Some(seen)) => (Search::Found, Some(seen)),
            Ok(None) => (Search::Empty, None),
            Err(trouble) => {
                tracing::warn!(practice = %self.practice.agb, id = %self.stored.id, %trouble, "a booking could not be looked for");
                (Search::NoAnswer, None)
            }
        }
    }

    /// Whether the slot that was asked for is offered still; `None` when the XIS does not say.
    async fn slot_is_free(&self, app: &App) -> Option<bool> {
        let slot = self.stored.slot.as_ref()?;
        let category = self.stored.appointment.content.categories.first()?;
        let zone = self.practice.settings.zone();
        let day = slot.start.to_zoned(zone).date();
        let window = Window { first: day, last: day };
        let client = self.client(app).ok()?.afresh();
        let sifted = client.slots(category, &window, Some(&slot.schedule)).await.ok()?;
        Some(sifted.slots.iter().any(|offered| *offered.id == *slot.id || offered.start == slot.start))
    }
}
