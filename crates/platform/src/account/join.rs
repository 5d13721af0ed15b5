//! The act: a patient adds a practice, which must know the patient (C16).

use jiff::Timestamp;
use store::{Actor, Practice, Tx};

use crate::{
    app::App,
    audit::Audit,
    auth::session::Patient,
    messages::accept::NotTried,
    xis_client::{Deadline, OnBehalfOf, Trouble, XisClient},
};

/// What acts on the practices of a patient are called in the audit trail.
pub(super) const ACTION: &str = "membership";

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Joined {
    /// The practice is the patient's now, or was before.
    Added,
    /// The practice's system does not know the patient: nothing was changed.
    Unknown,
}

/// A patient who adds a practice.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Join<'a> {
    pub(crate) patient: &'a Patient,
    pub(crate) practice: &'a Practice,
}

impl Join<'_> {
    /// Asks the practice's system for the patient, and stores what it says.
    ///
    /// # Errors
    /// When the practice's system or the database fails.
    pub(crate) async fn run(self, app: &App) -> Result<Joined, NotTried> {
        let known = &self.find(app).await?;
        let now = app.world.now();
        app.store
            .tx("add a practice", |mut tx| async move { self.store(app, &mut tx, known, now).await })
            .await
    }

    /// Under which id the practice knows the patient. Where there is no system to ask, nobody says that it does.
    async fn find(&self, app: &App) -> Result<Option<String>, Trouble> {
        let account = &self.patient.account;
        let behalf = OnBehalfOf::Patient(account.id, &self.patient.session.tokens);
        match XisClient::new(app, self.practice, behalf) {
            Err(Trouble::NotConfigured) => Ok(None),
            client => client?.until(Deadline::of_page(app.world.now())).find_patient(&account.bsn).await,
        }
    }

    async fn store(
        &self,
        app: &App,
        tx: &mut Tx,
        known: &Option<String>,
        now: Timestamp,
    ) -> Result<Joined, NotTried> {
        let (store, id, practice) = (&app.store, self.patient.account.id, &self.practice.agb);
        let actor = &Actor::Patient(id);
        let line = Audit::of(actor, ACTION).subject(id).practice(practice);
        if known.is_none() {
            line.write(app, tx, "refused: not known at the practice").await?;
            return Ok(Joined::Unknown);
        }
        store.add_membership(tx, id, practice).await?;
        store.save_xis_patient(tx, id, practice, known.as_deref(), now).await?;
        line.write(app, tx, "added").await?;
        Ok(Joined::Added)
    }
}
