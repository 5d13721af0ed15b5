use agenda::{Effect, Replacing};
use async_trait::async_trait;
use jiff::Timestamp;
use outbox::{Courier, Parcel, Verdict};
use store::{Account, Actor, Replaces, Stored, Tx};

use super::ANSWER;
use crate::{
    app::App,
    audit::Audit,
    booking::{change, job},
};

/// Tells that the new visit stands, where the end of the old one lets itself be waited for too long.
pub(crate) struct Announcer {
    app: App,
}

impl Announcer {
    pub(crate) fn new(app: App) -> Self {
        Self { app }
    }

    async fn look(&self, parcel: &Parcel) -> Result<Verdict, store::Error> {
        if let Some((held, account, _)) = job::load(&self.app, parcel, Stored::is_held).await? {
            let (app, now, held, account) = (&self.app, self.app.world.now(), &held, &account);
            app.store
                .tx("tell one half", |mut tx| async move { announce(app, &mut tx, held, account, now).await })
                .await?;
        }
        Ok(Verdict::Done)
    }
}

#[async_trait]
impl Courier for Announcer {
    async fn deliver(&self, parcel: &Parcel) -> Verdict {
        job::verdict(self.look(parcel).await)
    }
}

async fn announce(
    app: &App,
    tx: &mut Tx,
    held: &Stored,
    account: &Account,
    now: Timestamp,
) -> Result<(), store::Error> {
    change::lock_patient(tx, account.id).await?;
    let stored = app.store.appointment_of_patient(tx, account.id, held.id).await?;
    let Some(mut stored) = stored.filter(Stored::is_held) else { return Ok(()) };
    let outcome = Replacing::Held.waited_long_enough(&stored.appointment, now);
    if outcome.effect == Effect::Nothing {
        return Ok(());
    }
    let effect = outcome.effect;
    stored.ties.replaces =
        stored.ties.replaces.map(|replaces| Replaces { how_far: Replacing::Over, ..replaces });
    change::keep(app, tx, &mut stored, outcome, (false, None), now).await?;
    Audit::of(&Actor::Platform("booking"), ANSWER)
        .subject(account.id)
        .practice(&stored.practice)
        .object(&stored.id)
        .write(app, tx, change::word(effect))
        .await
}
