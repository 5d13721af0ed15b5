use axum::{
    extract::{FromRequestParts, OptionalFromRequestParts},
    http::{Method, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::CookieJar;
use jiff::{SignedDuration, Timestamp};
use store::{Account, Session};

use crate::{app::App, auth::cookie, portal::Problem};

/// A session ends when it was not used for so long.
pub(crate) const IDLE: SignedDuration = SignedDuration::from_mins(15);
/// A session ends so long after the login, used or not.
pub(crate) const LONGEST: SignedDuration = SignedDuration::from_hours(8);
/// Use is noted no more often than this, so that reading a page is not a write each time.
const NOTE_EVERY: SignedDuration = SignedDuration::from_secs(30);

/// The patient who is logged in: the permission to see and change what is theirs.
#[derive(Debug, Clone)]
pub(crate) struct Patient {
    pub(crate) account: Account,
    pub(crate) session: Session,
}

impl Patient {
    /// The patient behind the request's cookie.
    async fn of(parts: &Parts, app: &App) -> Result<Option<Self>, Problem> {
        let jar = CookieJar::from_headers(&parts.headers);
        let Some(cookie) = cookie::Name::Session.read(&app.config, &jar) else { return Ok(None) };
        let (now, cookie) = (app.world.now(), &cookie);
        let found = app
            .store
            .read("who is logged in", |mut tx| async move {
                let Some(session) = app.store.session(&mut tx, cookie).await? else { return Ok(None) };
                let account = app.store.account(&mut tx, session.account).await?;
                Ok::<_, store::Error>(account.map(|account| Self { account, session }))
            })
            .await?;
        let Some(patient) = found.filter(|patient| is_alive(&patient.session, now)) else { return Ok(None) };
        if now.duration_since(patient.session.used_at) > NOTE_EVERY {
            app.store
                .tx("note a session's use", |mut tx| async move {
                    app.store.touch_session(&mut tx, cookie, now).await
                })
                .await?;
        }
        Ok(Some(patient))
    }
}

fn is_alive(session: &Session, now: Timestamp) -> bool {
    now.duration_since(session.used_at) <= IDLE && now.duration_since(session.started_at) <= LONGEST
}

impl FromRequestParts<App> for Patient {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        match Self::of(parts, app).await {
            Ok(Some(patient)) => Ok(patient),
            Ok(None) => Err(to_login(parts)),
            Err(problem) => Err(problem.into_response()),
        }
    }
}

impl OptionalFromRequestParts<App> for Patient {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Option<Self>, Response> {
        Self::of(parts, app).await.map_err(IntoResponse::into_response)
    }
}

/// To the login, and back to this page after it; a form that was sent is not sent again.
fn to_login(parts: &Parts) -> Response {
    let back = if parts.method == Method::GET { parts.uri.path_and_query() } else { None };
    let back = back.map_or("/", |path| path.as_str());
    let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("to", back).finish();
    Redirect::to(&format!("/login?{query}")).into_response()
}
