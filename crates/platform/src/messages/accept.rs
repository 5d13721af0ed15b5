//! The act: an invited patient makes the practice theirs (C16).

use jiff::Timestamp;
use store::{Actor, Invitation, Practice, Tx};

use super::{WAITS, invite::ACTION};
use crate::{
    app::App,
    audit::Audit,
    auth::session::Patient,
    xis_client::{Deadline, OnBehalfOf, Trouble, XisClient},
};

/// How an invitation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    Open,
    Used,
    Expired,
}

impl Standing {
    pub(crate) fn of(invitation: &Invitation, now: Timestamp) -> Self {
        match invitation.used_at {
            Some(_) => Self::Used,
            None if now.duration_since(invitation.created_at) > WAITS => Self::Expired,
            None => Self::Open,
        }
    }
}

/// What became of accepting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Accepted {
    /// The practice is the patient's now.
    Added,
    /// The invitation is for somebody else: nothing was changed.
    Anothers,
    /// It was used before, or has expired: nothing was changed.
    TooLate,
    /// The practice's system does not know the patient: nothing was changed (C16).
    Unknown,
}

/// Why it could not even be tried.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotTried {
    #[error(transparent)]
    Trouble(#[from] Trouble),
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl From<store::DatabaseError> for NotTried {
    fn from(error: store::DatabaseError) -> Self {
        Self::Store(error.into())
    }
}

/// A patient who accepts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Acceptance<'a> {
    pub(crate) patient: &'a Patient,
    /// The same, as who acts.
    pub(crate) actor: &'a Actor,
    pub(crate) invitation: &'a Invitation,
    /// Who invited.
    pub(crate) practice: &'a Practice,
}

impl Acceptance<'_> {
    /// Asks the practice's system for the patient, and then stores all of it in one transaction.
    ///
    /// # Errors
    /// When the practice's system or the database fails.
    pub(crate) async fn run(&self, app: &App) -> Result<Accepted, NotTried> {
        let now = app.world.now();
        if !app.store.is_invited(self.invitation, &self.patient.account) {
            self.refuse(app, "refused: another patient's").await?;
            return Ok(Accepted::Anothers);
        }
        if Standing::of(self.invitation, now) != Standing::Open {
            return Ok(Accepted::TooLate);
        }
        let known = self.find_patient(app).await?;
        if known == Known::No {
            self.refuse(app, "refused: not known at the practice").await?;
            return Ok(Accepted::Unknown);
        }
        let known = &known;
        app.store
            .tx("accept an invitation", |mut tx| async move { self.store(app, &mut tx, known, now).await })
            .await
    }

    /// C16. Who has no system to ask has invited the patient, and so knows them.
    async fn find_patient(&self, app: &App) -> Result<Known, Trouble> {
        let account = &self.patient.account;
        let behalf = OnBehalfOf::Patient(account.id, &self.patient.session.tokens);
        let client = match XisClient::new(app, self.practice, behalf) {
            Err(Trouble::NotConfigured) => return Ok(Known::Invited),
            client => client?.until(Deadline::of_page(app.world.now())),
        };
        let found = client.find_patient(&account.bsn).await?;
        Ok(found.map_or(Known::No, Known::As))
    }

    async fn store(
        &self,
        app: &App,
        tx: &mut Tx,
        known: &Known,
        now: Timestamp,
    ) -> Result<Accepted, NotTried> {
        let (store, id, practice) = (&app.store, self.patient.account.id, &self.practice.agb);
        let contact = store.contact(self.invitation)?;
        if !store.use_invitation(tx, self.invitation.id, now).await? {
            return Ok(Accepted::TooLate);
        }
        store.add_membership(tx, id, practice).await?;
        if let Known::As(xis_patient) = known {
            store.save_xis_patient(tx, id, practice, Some(xis_patient), now).await?;
        }
        // Whoever is logged in as the invited and follows the link has read the mail: the address is theirs.
        let adopted = match &contact {
            Some(contact) => store.adopt_mail(tx, id, &contact.mail).await?,
            None => false,
        };
        let outcome = if adopted { "accepted, with its mail address" } else { "accepted" };
        self.audit().write(app, tx, outcome).await?;
        Ok(Accepted::Added)
    }

    fn audit(&self) -> Audit<'_> {
        Audit::of(self.actor, ACTION)
            .subject(self.patient.account.id)
            .practice(&self.practice.agb)
            .object(&self.invitation.id)
    }

    async fn refuse(&self, app: &App, outcome: &str) -> Result<(), store::Error> {
        app.store
            .tx("note a refusal", |mut tx| async move { self.audit().write(app, &mut tx, outcome).await })
            .await
    }
}

/// Whether the practice's system knows the patient.
#[derive(Debug, PartialEq, Eq)]
enum Known {
    /// Under this id (C15).
    As(String),
    /// There is no system to ask.
    Invited,
    No,
}
