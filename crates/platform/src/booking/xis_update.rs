//! The act: a XIS tells of an appointment (A1 to A20).

mod find;
mod other_patient;

use std::sync::Arc;

use agenda::{Appointment, Bsn, CancelWindow, Effect, State, Update, XisId};
use bytes::Bytes;
use jiff::Timestamp;
use store::{AccountId, AppointmentId, Stored, Ties, Tx};

use super::{change, guess, reread, response};
use crate::{
    app::App,
    audit,
    auth::xis::Xis,
    fhir_api::{if_match::IfMatch, outcome::Refused},
};

/// What the audit trail calls it.
pub(crate) const ACTION: &str = "appointment update";

/// What a XIS tells.
pub(crate) struct XisUpdate {
    /// Who tells it, for which practice.
    pub(crate) xis: Arc<Xis>,
    /// The appointment's id there.
    pub(crate) xis_id: XisId,
    pub(crate) update: Update,
    /// Whose it is.
    pub(crate) bsn: Bsn,
    /// Our id, where the XIS gives it back (A11).
    pub(crate) ours: Option<AppointmentId>,
    pub(crate) if_match: Option<IfMatch>,
    pub(crate) last_updated: Option<Timestamp>,
    /// Until when the patient may cancel online, where the XIS says so (B10).
    pub(crate) cancel_window: Option<CancelWindow>,
    /// As it was received, to be parked (A2).
    pub(crate) body: Bytes,
}

/// What became of it.
#[derive(Debug)]
pub(crate) enum Done {
    /// The appointment as it is kept now.
    Stored(Box<Stored>),
    /// Kept for a patient without an account (A2, setting).
    Parked,
    /// The former patient was told that it is cancelled; the new one has no account (A12, A2).
    GoneToUnknownPatient,
}

impl XisUpdate {
    /// One transaction. A refusal stores nothing.
    pub(crate) async fn run(self, app: &App) -> Result<Done, Refused> {
        let (update, now) = (Arc::new(self), app.world.now());
        let (told, platform, asking) = (Arc::clone(&update), app.clone(), audit::carried());
        let act = move |mut tx: Tx| {
            let (update, app) = (Arc::clone(&told), platform.clone());
            asking.clone().around(async move { update.act(&app, &mut tx, now).await })
        };
        let done = app.store.tx_owned("xis update", act).await;
        if done.is_ok() {
            audit::has_line();
        }
        app.lines.agenda_changed(&update.xis.practice.agb);
        done
    }

    /// The act within a transaction, also for what was parked.
    pub(super) async fn act(&self, app: &App, tx: &mut Tx, now: Timestamp) -> Result<Done, Refused> {
        let practice = &self.xis.practice.agb;
        if self.xis.practice.settings.park_unknown_patients {
            // Nobody registers meanwhile: what is parked now is found by whoever registers next (A2). Before every other
            // lock, as whoever registers takes it.
            app.store.lock_registration(tx, &self.bsn).await?;
        }
        tx.lock(&format!("appointment:{practice}:{}", self.xis_id)).await?;
        let account = app.store.account_id_of(tx, &self.bsn).await?;
        if let Some(account) = account {
            change::lock_patient(tx, account).await?;
        }
        let known = self.find(app, tx, account, now).await?;
        if self.if_match.as_ref().is_some_and(|wanted| !wanted.allows(known.as_ref())) {
            return Err(Refused::VersionConflict);
        }
        match known {
            Some(known) if self.is_older_than(&known) => {
                self.xis
                    .note(app, tx, (ACTION, &self.xis_id), Some(&known), "ignored: older than the one before")
                    .await?;
                Ok(Done::Stored(Box::new(known)))
            }
            Some(known) if self.is_anothers(&known, account) => {
                self.move_to_other(app, tx, known, account, now).await
            }
            Some(known) => self.change(app, tx, known, account, now).await,
            None => self.add(app, tx, account, now).await,
        }
    }

    /// A16, setting.
    fn is_older_than(&self, known: &Stored) -> bool {
        let older = self.last_updated.zip(known.xis_updated_at).is_some_and(|(new, old)| new < old);
        older && self.xis.practice.settings.ignore_older_updates
    }

    async fn change(
        &self,
        app: &App,
        tx: &mut Tx,
        mut known: Stored,
        account: Option<AccountId>,
        now: Timestamp,
    ) -> Result<Done, Refused> {
        let outcome = known.appointment.xis_update(self.update.clone(), now).map_err(Refused::Rule)?;
        if known.account.is_none() && outcome.after.state != State::Tombstone {
            // A tombstone comes to life: now it needs its patient.
            let Some(account) = account else { return self.refuse_or_park(app, tx, now).await };
            known.account = Some(account);
            app.store.add_membership(tx, account, &known.practice).await?;
        }
        let effect = outcome.effect;
        let adopted = known.xis_id.as_ref() != Some(&self.xis_id);
        let is_ours = self.ours == Some(known.id);
        let is_confirmed = is_ours && guess::confirm(app, tx, &mut known).await?;
        if !is_ours && adopted && response::is_open(&known.appointment.state) {
            known.guessed_from = Some(Box::new(known.appointment.clone()));
        }
        let cancel_window = self.cancel_window_of(&known);
        let has_new_window = known.cancel_window != cancel_window;
        known.cancel_window = cancel_window;
        known.xis_id = Some(self.xis_id.clone());
        known.xis_updated_at = self.last_updated.or(known.xis_updated_at);
        let shows = adopted || has_new_window || is_confirmed;
        change::apply(app, tx, &mut known, outcome, shows, now).await?;
        if adopted {
            response::apply_parked(app, tx, &mut known, now).await?;
        }
        if effect == Effect::StaleEcho {
            reread::leave(app, tx, &known, now).await?;
        }
        self.xis.note(app, tx, (ACTION, &self.xis_id), Some(&known), change::word(effect)).await?;
        Ok(Done::Stored(Box::new(known)))
    }

    /// What a XIS does not repeat holds on, as long as the visit is at the same time (B10).
    fn cancel_window_of(&self, known: &Stored) -> Option<CancelWindow> {
        let is_at_same_time = known.appointment.content.start == self.update.content.start;
        self.cancel_window.or(known.cancel_window.filter(|_| is_at_same_time))
    }

    async fn add(
        &self,
        app: &App,
        tx: &mut Tx,
        account: Option<AccountId>,
        now: Timestamp,
    ) -> Result<Done, Refused> {
        let outcome = Appointment::from_xis(self.update.clone(), now).map_err(Refused::Rule)?;
        let account = match (account, &outcome.after.state) {
            (_, State::Tombstone) => None,
            (Some(account), _) => Some(account),
            (None, _) => return self.refuse_or_park(app, tx, now).await,
        };
        if let Some(account) = account {
            app.store.add_membership(tx, account, &self.xis.practice.agb).await?;
        }
        let mut new = self.stored(app, account, outcome.after, now);
        if !change::add(app, tx, &mut new, outcome.effect, now).await? {
            // Another transaction was faster where the lock does not reach; the XIS sends it again.
            return Err(Refused::Failed);
        }
        let word = if new.account.is_none() { "tombstone" } else { change::word(outcome.effect) };
        self.xis.note(app, tx, (ACTION, &self.xis_id), Some(&new), word).await?;
        Ok(Done::Stored(Box::new(new)))
    }

    /// A2.
    async fn refuse_or_park(&self, app: &App, tx: &mut Tx, now: Timestamp) -> Result<Done, Refused> {
        let practice = &self.xis.practice;
        // What was read in a practice's agenda has no body, and is read for a patient who had an account.
        if !practice.settings.park_unknown_patients || self.body.is_empty() {
            return Err(Refused::UnknownPatient);
        }
        app.store.park_update(tx, &practice.agb, &self.xis_id, &self.bsn, &self.body, now).await?;
        self.xis.note(app, tx, (ACTION, &self.xis_id), None, "parked: no account").await?;
        Ok(Done::Parked)
    }

    fn stored(
        &self,
        app: &App,
        account: Option<AccountId>,
        appointment: Appointment,
        now: Timestamp,
    ) -> Stored {
        Stored {
            id: AppointmentId::new(app.new_id()),
            practice: self.xis.practice.agb.clone(),
            account,
            xis_id: Some(self.xis_id.clone()),
            appointment,
            slot: None,
            cancel_window: self.cancel_window,
            news: None,
            unseen: false,
            form: None,
            revision: 1,
            created_at: now,
            changed_at: now,
            xis_updated_at: self.last_updated,
            remind_at: None,
            ties: Ties::default(),
            guessed_from: None,
        }
    }
}
