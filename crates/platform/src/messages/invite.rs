//! The act: a practice asks a patient to come here (D5, D7).

use agenda::Bsn;
use jiff::Timestamp;
use secrecy::ExposeSecret as _;
use store::{Account, AccountId, Actor, Contact, InvitationId, NewInvitation, Tx};

use super::AGAIN;
use crate::{
    app::App,
    audit::Audit,
    auth::xis::Xis,
    fhir_api::{outcome::Refused, unfit::Unfit},
    notices,
};

/// What the audit trail calls it.
pub(crate) const ACTION: &str = "invitation";

/// Who is invited.
pub(crate) enum Whom {
    Bsn(Bsn),
    /// A patient of another practice, by the id of the account (D5).
    Account(AccountId),
}

/// What a practice asks.
pub(crate) struct Invite<'a> {
    /// Who asks, for which practice.
    pub(crate) xis: &'a Xis,
    pub(crate) whom: Whom,
    /// Where the invitation goes.
    pub(crate) mail: &'a str,
}

impl Invite<'_> {
    /// One transaction. A refusal stores nothing.
    ///
    /// # Errors
    /// D7: when the patient is registered here and has this practice.
    pub(crate) async fn run(&self, app: &App) -> Result<InvitationId, Refused> {
        let now = app.world.now();
        app.store.tx("invite", |mut tx| async move { self.act(app, &mut tx, now).await }).await
    }

    async fn act(&self, app: &App, tx: &mut Tx, now: Timestamp) -> Result<InvitationId, Refused> {
        let account = self.account(app, tx).await?;
        let bsn = match (&self.whom, &account) {
            (Whom::Bsn(bsn), _) => bsn,
            (Whom::Account(_), Some(account)) => &account.bsn,
            (Whom::Account(_), None) => return Err(Unfit::UnknownAccount.into()),
        };
        let is_registered = match &account {
            Some(account) => app.store.membership(tx, account.id, &self.xis.practice.agb).await?.is_some(),
            None => false,
        };
        leave(app, tx, (self.xis, is_registered), (bsn, self.mail), now).await
    }

    async fn account(&self, app: &App, tx: &mut Tx) -> Result<Option<Account>, store::Error> {
        match &self.whom {
            Whom::Bsn(bsn) => app.store.account_of(tx, bsn).await,
            Whom::Account(id) => app.store.account(tx, *id).await,
        }
    }
}

/// Leaves an invitation and the mail that brings it; or finds the one of the last day to the same address, whatever
/// happened since.
///
/// # Errors
/// D7: when the patient has this practice already.
pub(super) async fn leave(
    app: &App,
    tx: &mut Tx,
    (xis, is_registered): (&Xis, bool),
    (bsn, mail): (&Bsn, &str),
    now: Timestamp,
) -> Result<InvitationId, Refused> {
    let (practice, id) = (&xis.practice.agb, InvitationId::new(app.new_id()));
    let parts = [practice.as_str(), bsn.expose(), mail].map(str::as_bytes);
    let print = app.store.fingerprint("invitation", &parts);
    let earlier = app.store.note_receipt(tx, &print, id.uuid(), now - AGAIN, now).await?;
    let (id, outcome) = earlier.map_or((id, "invited"), |earlier| (InvitationId::new(earlier), "repeated"));
    if earlier.is_none() && is_registered {
        return Err(Unfit::Registered.into());
    }
    if earlier.is_none() {
        let token = oauth::generate_secret(&*app.world.chance).expose_secret().to_owned();
        let contact = &Contact { mail: mail.to_owned(), token };
        app.store.add_invitation(tx, &NewInvitation { id, practice, bsn, contact }, now).await?;
        notices::invitation::send(app, tx, id, practice, now).await?;
    }
    Audit::of(&Actor::Xis(xis.client.clone()), ACTION)
        .practice(practice)
        .object(&id)
        .write(app, tx, outcome)
        .await?;
    Ok(id)
}
