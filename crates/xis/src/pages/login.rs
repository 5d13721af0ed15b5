//! `/login`, `/login/callback`, `/logout`, `/logged-out`: a practitioner comes and goes.

mod refused;

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Query, State, rejection::QueryRejection},
    response::{IntoResponse as _, Redirect, Response},
};
use axum_extra::extract::CookieJar;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use http::HeaderMap;
use oauth::{Callback, Pending};
use secrecy::ExposeSecret as _;
use serde::{Deserialize, Serialize};

use self::refused::NotLoggedIn;
use super::{
    PageProblem, cookie,
    language::{language, own_page},
    problem::drawn,
    session,
};
use crate::{
    agenda::NEWS,
    audit::{self, Act, Actor},
    locales::Words,
    login::Login,
    service::Service,
    tables::{Session, sessions},
};

#[derive(Deserialize)]
pub(super) struct Going {
    /// Where the practitioner was going: a path here.
    #[serde(default)]
    to: String,
}

/// A login that is under way, as its cookie holds it: sealed, so that nothing is stored for who never comes back.
#[derive(Serialize, Deserialize)]
struct UnderWay {
    pending: Pending,
    return_to: String,
}

/// What a cookie is sealed for: as another value it cannot be opened.
const SEALED_AS: &str = "a practitioner's login under way";

#[derive(Template)]
#[template(path = "logged_out.html")]
struct LoggedOut {
    words: &'static Words,
    /// The login, and after it the page where the practitioner was.
    again: String,
    /// Where the provider's own session ends.
    provider: Option<String>,
}

/// `GET /login?to=…`: sends the browser to the login provider.
pub(super) async fn start(
    State(service): State<Arc<Service>>,
    headers: HeaderMap,
    jar: CookieJar,
    Query(going): Query<Going>,
) -> Result<Response, PageProblem> {
    let return_to = own_page(&going.to).to_owned();
    let Some(login) = &service.login else { return Ok(Redirect::to(&return_to).into_response()) };
    let language = language(&headers);
    let cookie = session::cookie_of(&headers, &service);
    let session = session::alive(&service, cookie.as_deref()).await;
    if session.map_err(|error| PageProblem::failed(language, &error))?.is_some() {
        return Ok(Redirect::to(&return_to).into_response());
    }
    let started = login.provider.start(&*service.world.chance, service.world.now()).await;
    let (address, pending) = started.map_err(|error| PageProblem::unavailable(language, &error))?;
    let under_way = sealed(&service, &UnderWay { pending, return_to });
    let under_way = under_way.ok_or(PageProblem::Failed(language))?;
    let jar = jar.add(cookie::Name::Login.with(&service, under_way));
    Ok((jar, Redirect::to(address.as_str())).into_response())
}

/// `GET /login/callback`: the browser is back from the provider. Whatever comes of it, this login is over and in the
/// audit trail.
pub(super) async fn callback(
    State(service): State<Arc<Service>>,
    headers: HeaderMap,
    jar: CookieJar,
    callback: Result<Query<Callback>, QueryRejection>,
) -> Result<Response, PageProblem> {
    let language = language(&headers);
    let login = service.login.as_ref().ok_or(PageProblem::NotFound(language))?;
    let outcome = match callback {
        Ok(Query(callback)) => come_back(&service, login, &jar, &callback).await,
        Err(_) => Err(NotLoggedIn::Unreadable),
    };
    let jar = jar.remove(cookie::Name::Login.removed(&service));
    match outcome {
        Ok(LoggedIn { cookie, go_on_to }) => {
            let jar = jar.add(cookie::Name::Session.with(&service, cookie));
            Ok((jar, Redirect::to(&go_on_to)).into_response())
        }
        Err(refused) => {
            let problem = match refused.write(&service).await {
                Ok(()) => refused.problem(language),
                Err(error) => PageProblem::failed(language, &error),
            };
            Ok((jar, problem).into_response())
        }
    }
}

/// A practitioner who has just logged in.
struct LoggedIn {
    /// The value of the session's cookie.
    cookie: String,
    go_on_to: String,
}

async fn come_back(
    service: &Service,
    login: &Login,
    jar: &CookieJar,
    callback: &Callback,
) -> Result<LoggedIn, NotLoggedIn> {
    // The browser that comes back must be the one that left, or somebody could log another in as oneself.
    let under_way = cookie::Name::Login.read(service, jar);
    let under_way = under_way.and_then(|sealed| opened(service, &sealed)).ok_or(NotLoggedIn::NotBegun)?;
    let now = service.world.now();
    let identity = login.provider.finish(callback, &under_way.pending, now).await?;
    let session = login.session_of(&identity, &service.practices, now);
    let session = session.ok_or_else(|| NotLoggedIn::NoPractice(Login::practitioner(&identity)))?;
    let before = cookie::Name::Session.read(service, jar);
    let cookie = log_in(service, login, &session, before.as_deref()).await?;
    Ok(LoggedIn { cookie, go_on_to: under_way.return_to })
}

/// `POST /logout`: ends the session here.
pub(super) async fn logout(
    State(service): State<Arc<Service>>,
    headers: HeaderMap,
    jar: CookieJar,
) -> Result<Response, PageProblem> {
    if let Some(cookie) = session::cookie_of(&headers, &service) {
        let (service, cookie) = (&service, cookie.as_str());
        let ended = service
            .db
            .tx("log out", |mut tx| async move {
                let ended = sessions::delete(&mut tx, cookie).await?;
                if let Some(practitioner) = ended {
                    let act = visit(service, Actor::Practitioner(practitioner));
                    audit::record(&mut tx, &service.vault, &act, None, ("logout", "session", "ended"))
                        .await?;
                    // Open pages look up, and see that nobody is there any more.
                    tx.signal(NEWS).await;
                }
                Ok::<_, db::Error>(())
            })
            .await;
        ended.map_err(|error| PageProblem::failed(language(&headers), &error))?;
    }
    let jar = jar.remove(cookie::Name::Session.removed(&service));
    Ok((jar, Redirect::to("/logged-out")).into_response())
}

/// `GET /logged-out?to=…`: the session has ended, by its practitioner or by itself. A link leads to the provider,
/// since a page here may not send a form on to it.
pub(super) async fn logged_out(
    State(service): State<Arc<Service>>,
    headers: HeaderMap,
    Query(going): Query<Going>,
) -> Result<Response, PageProblem> {
    let provider = match &service.login {
        Some(login) => login.provider.end_session(None, service.world.now()).await.ok().flatten(),
        None => None,
    };
    let language = language(&headers);
    let page = LoggedOut {
        words: language.words(),
        again: PageProblem::login_address(own_page(&going.to)),
        provider: provider.map(String::from),
    };
    drawn(language, &page)
}

/// Begins the session, and ends the one that this browser had; gives the cookie's value.
async fn log_in(
    service: &Service,
    login: &Login,
    session: &Session,
    before: Option<&str>,
) -> Result<String, db::Error> {
    let cookie = oauth::generate_secret(&*service.world.chance);
    let cookie = cookie.expose_secret();
    let over = login.over_before(session.started_at);
    service
        .db
        .tx("log in", |mut tx| async move {
            sessions::sweep(&mut tx, over).await?;
            if let Some(before) = before {
                sessions::delete(&mut tx, before).await?;
            }
            sessions::insert(&mut tx, cookie, session).await?;
            let act = visit(service, Actor::Practitioner(session.practitioner.clone()));
            audit::record(&mut tx, &service.vault, &act, None, ("login", "session", "begun")).await
        })
        .await?;
    Ok(cookie.to_owned())
}

/// What somebody does that concerns no practice.
fn visit(service: &Service, actor: Actor) -> Act {
    Act { id: service.new_id(), at: service.world.now(), practice: String::new(), actor }
}

fn sealed(service: &Service, under_way: &UnderWay) -> Option<String> {
    let text = serde_json::to_vec(under_way).ok()?;
    service.vault.seal(SEALED_AS, &text).ok().map(|sealed| URL_SAFE_NO_PAD.encode(sealed))
}

fn opened(service: &Service, cookie: &str) -> Option<UnderWay> {
    let sealed = URL_SAFE_NO_PAD.decode(cookie).ok()?;
    serde_json::from_slice(&service.vault.open(SEALED_AS, &sealed).ok()?).ok()
}
