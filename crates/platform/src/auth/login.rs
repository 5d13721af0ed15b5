//! `/login`, `/login/callback`, `/logout`: a patient comes and goes.

use agenda::{Bsn, BsnError};
use axum::{
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::CookieJar;
use jiff::Timestamp;
use oauth::{Callback, Identity, Pending};
use secrecy::ExposeSecret as _;
use serde::Deserialize;
use store::{Account, AccountId, Actor, NewAccount, PendingLogin, Session, SessionTokens, Tx};

use crate::{
    app::App,
    audit::Audit,
    auth::{cookie, session::Patient},
    booking, messages,
    portal::{Problem, Visitor},
};

#[derive(Debug, Deserialize)]
pub(crate) struct Going {
    /// Where the patient was going: a path here.
    to: Option<String>,
}

/// Sends the browser to the login provider.
pub(crate) async fn start(
    State(app): State<App>,
    patient: Option<Patient>,
    jar: CookieJar,
    Query(going): Query<Going>,
) -> Result<Response, Problem> {
    let return_to = local_path(going.to.as_deref());
    if patient.is_some() {
        return Ok(Redirect::to(&return_to).into_response());
    }
    let now = app.world.now();
    let (address, pending) =
        app.login.start(&*app.world.chance, now).await.map_err(|error| Problem::login_unavailable(&error))?;
    let state = pending.state().to_owned();
    let login = &PendingLogin { pending, return_to, started_at: now };
    let (store, key) = (&app.store, &state);
    store.tx("begin a login", |mut tx| async move { store.add_login(&mut tx, key, login).await }).await?;
    let jar = jar.add(cookie::Name::Login.with(&app.config, state));
    Ok((jar, Redirect::to(address.as_str())).into_response())
}

/// The browser is back from the provider.
pub(crate) async fn callback(
    State(app): State<App>,
    visitor: Visitor,
    jar: CookieJar,
    Query(callback): Query<Callback>,
) -> Result<Response, Problem> {
    let now = app.world.now();
    let state = callback.state.clone().unwrap_or_default();
    // The browser that comes back must be the one that left, or somebody could log a patient in as another.
    if cookie::Name::Login.read(&app.config, &jar).as_deref() != Some(state.as_str()) {
        return Err(Problem::login_lost());
    }
    let (store, key) = (&app.store, &state);
    let login: Option<PendingLogin<Pending>> =
        store.tx("end a login", |mut tx| async move { store.take_login(&mut tx, key).await }).await?;
    let login = login.ok_or_else(Problem::login_lost)?;
    let identity = app
        .login
        .finish(&callback, &login.pending, now)
        .await
        .map_err(|refused| Problem::login_refused(&refused))?;
    let cookie = log_in(&app, &identity, visitor, now).await?;
    let jar = jar
        .remove(cookie::Name::Login.removed(&app.config))
        .add(cookie::Name::Session.with(&app.config, cookie));
    Ok((jar, Redirect::to(&login.return_to)).into_response())
}

/// Ends the session here, and offers to end it at the provider too.
pub(crate) async fn logout(
    State(app): State<App>,
    visitor: Visitor,
    jar: CookieJar,
) -> Result<Response, Problem> {
    if let Some(cookie) = cookie::Name::Session.read(&app.config, &jar) {
        let (store, cookie) = (&app.store, &cookie);
        store.tx("log out", |mut tx| async move { store.end_session(&mut tx, cookie).await }).await?;
    }
    let jar = jar.remove(cookie::Name::Session.removed(&app.config));
    Ok((jar, crate::portal::logged_out(visitor)).into_response())
}

/// Makes the account at the first login, and the session; returns the cookie's value.
async fn log_in(app: &App, identity: &Identity, visitor: Visitor, now: Timestamp) -> Result<String, Problem> {
    let bsn = &bsn_of(app, identity).map_err(|_| Problem::login_without_bsn())?;
    let name = identity.text(&app.config.login.name_claim).unwrap_or_default();
    let cookie = oauth::generate_secret(&*app.world.chance);
    let (cookie, tokens) = (cookie.expose_secret(), &tokens_of(identity));
    let new_account = AccountId::new(app.new_id());
    app.store
        .tx("log in", |mut tx| async move {
            let new = NewAccount { id: new_account, bsn, name, mail: None, language: visitor.language };
            let account = account_of(app, &mut tx, &new, now).await?;
            let session =
                Session { account: account.id, tokens: tokens.clone(), started_at: now, used_at: now };
            app.store.add_session(&mut tx, cookie, &session).await?;
            let actor = &Actor::Patient(account.id);
            Audit::of(actor, "login").subject(account.id).write(app, &mut tx, "ok").await
        })
        .await?;
    Ok(cookie.to_owned())
}

async fn account_of(
    app: &App,
    tx: &mut Tx,
    new: &NewAccount<'_>,
    now: Timestamp,
) -> Result<Account, store::Error> {
    app.store.lock_registration(tx, new.bsn).await?;
    let is_new = app.store.add_account(tx, new, now).await?;
    let account = app.store.account_of(tx, new.bsn).await?;
    let account = account.ok_or_else(|| store::Error::Missing("the account that was just made"))?;
    if is_new {
        booking::parked::deliver(app, tx, new.bsn, now).await?;
        messages::register::deliver(app, tx, &account, now).await?;
    }
    Ok(account)
}

fn tokens_of(identity: &Identity) -> SessionTokens {
    SessionTokens {
        access_token: identity.access_token.expose_secret().to_owned(),
        access_expires_at: identity.expires_at,
        id_token: identity.id_token.expose_secret().to_owned(),
    }
}

fn bsn_of(app: &App, identity: &Identity) -> Result<Bsn, BsnError> {
    Bsn::parse(identity.text(&app.config.login.bsn_claim).unwrap_or_default())
}

/// A path on this site, and nothing that a browser could read as another.
pub(crate) fn local_path(path: Option<&str>) -> String {
    match path {
        Some(path)
            if path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\r', '\n']) =>
        {
            path.to_owned()
        }
        _ => "/".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::local_path;

    #[test]
    fn only_a_path_on_this_site_is_returned_to() {
        assert_eq!(local_path(Some("/practices/01000001/book?week=2")), "/practices/01000001/book?week=2");
        for elsewhere in ["https://evil.example", "//evil.example", "/\\evil.example", "evil", "", "/x\r\ny"]
        {
            assert_eq!(local_path(Some(elsewhere)), "/", "{elsewhere}");
        }
    }
}
