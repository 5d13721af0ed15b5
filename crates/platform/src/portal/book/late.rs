//! Somebody whose session ended while they were writing: nothing that was typed is lost.

use agenda::Agb;
use axum_extra::extract::CookieJar;
use store::{AccountId, Choice, Store, Tx};

use super::address;
use crate::{
    app::App,
    auth::{cookie, session::LONGEST},
    portal::Problem,
};

/// Keeps the text for the patient whose session it was, and returns where to log in and go on with it.
///
/// A cookie that is known but too long unused may leave a text in the patient's own draft. It reads nothing, and the
/// patient sees the text before it is sent.
pub(super) async fn keep(
    app: &App,
    jar: &CookieJar,
    agb: &str,
    reason: &str,
) -> Result<Option<String>, Problem> {
    let (Ok(practice), Some(cookie)) = (agb.parse::<Agb>(), cookie::Name::Session.read(&app.config, jar))
    else {
        return Ok(None);
    };
    let (store, practice, cookie, now) = (&app.store, &practice, &cookie, app.world.now());
    let kept: Result<bool, store::Error> = store
        .tx("keep what was written too late", |mut tx| async move {
            let Some(session) = store.session(&mut tx, cookie).await? else { return Ok(false) };
            if now.duration_since(session.started_at) > LONGEST {
                return Ok(false);
            }
            let Some(choice) = begun(store, &mut tx, session.account, practice).await? else {
                return Ok(false);
            };
            let choice = Choice { reason: Some(reason.to_owned()), ..choice };
            store.save_draft(&mut tx, session.account, practice, &choice, now).await?;
            Ok(true)
        })
        .await;
    Ok(kept?.then(|| address::after_login(&address::reason(practice))))
}

/// What the patient was choosing at the practice; none for whoever is no member or had not begun.
async fn begun(
    store: &Store,
    tx: &mut Tx,
    account: AccountId,
    practice: &Agb,
) -> Result<Option<Choice>, store::Error> {
    if store.membership(tx, account, practice).await?.is_none() {
        return Ok(None);
    }
    Ok(store.draft(tx, account, practice).await?.map(|draft| draft.choice))
}
