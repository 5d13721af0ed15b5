//! `/login` and `/login/callback`: a patient comes.

mod account;
mod refused;

use agenda::Bsn;
use axum::{
    extract::{Query, State, rejection::QueryRejection},
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::CookieJar;
use oauth::{Callback, Identity, Pending};
use secrecy::ExposeSecret as _;
use serde::Deserialize;
use store::{Actor, PendingLogin, Session, SessionTokens};

use self::refused::NotLoggedIn;
use crate::{
    app::App,
    audit::Audit,
    auth::{cookie, session::Patient},
    portal::{Problem, Visitor, address, invitation},
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
    let now = app.world.now();
    if patient.is_some_and(|patient| !patient.must_log_in_again(now)) {
        return Ok(Redirect::to(&return_to).into_response());
    }
    let (address, pending) =
        app.login.start(&*app.world.chance, now).await.map_err(|error| Problem::login_unavailable(&error))?;
    let state = pending.state().to_owned();
    let login = &PendingLogin { pending, return_to, started_at: now };
    let (store, key) = (&app.store, &state);
    store.tx("begin a login", |mut tx| async move { store.add_login(&mut tx, key, login).await }).await?;
    let jar = jar.add(cookie::Name::Login.with(&app.config, state));
    Ok((jar, Redirect::to(address.as_str())).into_response())
}

/// The browser is back from the provider. Whatever comes of it, this login is over and in the audit trail.
pub(crate) async fn callback(
    State(app): State<App>,
    visitor: Visitor,
    jar: CookieJar,
    callback: Result<Query<Callback>, QueryRejection>,
) -> Result<Response, Problem> {
    let outcome = match callback {
        Ok(Query(callback)) => log_in(&app, visitor, &jar, &callback).await,
        Err(_) => Err(NotLoggedIn::Unreadable),
    };
    let jar = jar.remove(cookie::Name::Login.removed(&app.config));
    match outcome {
        Ok(LoggedIn { cookie, go_on_to }) => {
            let jar = jar.add(cookie::Name::Session.with(&app.config, cookie));
            Ok((jar, Redirect::to(&go_on_to)).into_response())
        }
        Err(refused) => {
            refused.write(&app).await?;
            Ok((jar, Problem::from(refused)).into_response())
        }
    }
}

/// A patient who has just logged in.
struct LoggedIn {
    /// The value of the session's cookie.
    cookie: String,
    go_on_to: String,
}

async fn log_in(
    app: &App,
    visitor: Visitor,
    jar: &CookieJar,
    callback: &Callback,
) -> Result<LoggedIn, NotLoggedIn> {
    let login = begun_here(app, jar, callback).await?;
    let identity = app.login.finish(callback, &login.pending, app.world.now()).await?;
    let former = cookie::Name::Session.read(&app.config, jar);
    let cookie = oauth::generate_secret(&*app.world.chance).expose_secret().to_owned();
    let asks_address = begin_session(app, visitor, &identity, &cookie, former.as_deref()).await?;
    // An invitation brings the address at which it was read.
    let asks_address = asks_address && !login.return_to.starts_with(invitation::PATH);
    let go_on_to = if asks_address { address::asked_at_first(&login.return_to) } else { login.return_to };
    Ok(LoggedIn { cookie, go_on_to })
}

/// The login that this browser began, taken away: it comes back once. The browser that comes back must be the one
/// that left, or somebody could log a patient in as another.
async fn begun_here(
    app: &App,
    jar: &CookieJar,
    callback: &Callback,
) -> Result<PendingLogin<Pending>, NotLoggedIn> {
    let state = callback.state.clone().unwrap_or_default();
    if cookie::Name::Login.read(&app.config, jar).as_deref() != Some(state.as_str()) {
        return Err(NotLoggedIn::NotBegun);
    }
    let (store, key) = (&app.store, &state);
    let login: Result<_, store::Error> =
        store.tx("end a login", |mut tx| async move { store.take_login(&mut tx, key).await }).await;
    login?.ok_or(NotLoggedIn::NotBegun)
}

/// Makes the account at the first login, and a new session in place of the one that this browser had. Says whether
/// the patient is to be asked for a mail address.
async fn begin_session(
    app: &App,
    visitor: Visitor,
    identity: &Identity,
    cookie: &str,
    former: Option<&str>,
) -> Result<bool, NotLoggedIn> {
    let bsn = identity.text(&app.config.login.bsn_claim).unwrap_or_default();
    let bsn = &Bsn::parse(bsn).map_err(|_| NotLoggedIn::NoBsn)?;
    let (tokens, now) = (&tokens_of(identity), app.world.now());
    let begun: Result<bool, store::Error> = app
        .store
        .tx("log in", |mut tx| async move {
            if let Some(former) = former {
                app.store.end_session(&mut tx, former).await?;
            }
            let (account, is_new) = account::of(app, &mut tx, (identity, bsn), visitor.language, now).await?;
            let session =
                Session { account: account.id, tokens: tokens.clone(), started_at: now, used_at: now };
            app.store.add_session(&mut tx, cookie, &session).await?;
            let actor = &Actor::Patient(account.id);
            Audit::of(actor, "login").subject(account.id).write(app, &mut tx, "ok").await?;
            Ok(is_new && account.mail.is_none())
        })
        .await;
    Ok(begun?)
}

fn tokens_of(identity: &Identity) -> SessionTokens {
    SessionTokens {
        access_token: identity.access_token.expose_secret().to_owned(),
        access_expires_at: identity.expires_at,
    }
}

/// A path on this site, and nothing that a browser could read as another.
pub(crate) fn local_path(path: Option<&str>) -> String {
    path.filter(|path| oauth::is_own_path(path)).unwrap_or("/").to_owned()
}

#[cfg(test)]
mod tests {
    use super::local_path;

    /// ASVS: 3.7.2
    #[test]
    fn only_a_path_on_this_site_is_returned_to() {
        assert_eq!(local_path(Some("/practices/01000001/book?week=2")), "/practices/01000001/book?week=2");
        for elsewhere in [
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "evil",
            "",
            "/x\r\ny",
            "/\t/evil.example",
        ] {
            assert_eq!(local_path(Some(elsewhere)), "/", "{elsewhere}");
        }
    }
}
