use axum::{
    extract::{FromRequestParts, OptionalFromRequestParts},
    http::{HeaderMap, Method, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::CookieJar;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use store::{Account, Actor, Session};

use crate::{app::App, audit, auth::cookie, portal::Problem, words};

/// A session ends when it was not used for so long.
pub(crate) const IDLE: SignedDuration = SignedDuration::from_mins(15);
/// A session ends so long after the login, used or not.
pub(crate) const LONGEST: SignedDuration = SignedDuration::from_hours(8);
/// The login's access token must last for what is begun with it.
const MARGIN: SignedDuration = SignedDuration::from_secs(15);
/// A login this new is tried whatever its provider says of its token, so that nobody is sent round in circles.
const NEW_LOGIN: SignedDuration = SignedDuration::from_mins(1);
/// Use is noted no more often than this, so that reading a page is not a write each time.
const NOTE_EVERY: SignedDuration = SignedDuration::from_secs(30);
/// What our script says when it fetches a page again by itself.
const UNASKED: &str = "balie-unasked";

/// How long a session lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct Lasting {
    /// Unless it is used.
    pub(crate) seconds: i64,
    /// However much it is used.
    pub(crate) at_most_seconds: i64,
}

/// The patient who is logged in: the permission to see and change what is theirs.
#[derive(Debug, Clone)]
pub(crate) struct Patient {
    pub(crate) account: Account,
    pub(crate) session: Session,
}

impl Patient {
    /// The patient behind this cookie, as long as the session lives. Being looked for does not keep it alive.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn behind(app: &App, cookie: &str) -> Result<Option<Self>, store::Error> {
        let now = app.world.now();
        let found = app
            .store
            .read("who is logged in", |mut tx| async move {
                let Some(session) = app.store.session(&mut tx, cookie).await? else { return Ok(None) };
                let account = app.store.account(&mut tx, session.account).await?;
                Ok::<_, store::Error>(account.map(|account| {
                    let language = words::spoken(account.language);
                    Self { account: Account { language, ..account }, session }
                }))
            })
            .await?;
        Ok(found.filter(|patient| now < patient.ends_at()))
    }

    /// When the session ends unless it is used.
    pub(crate) fn ends_at(&self) -> Timestamp {
        (self.session.used_at + IDLE).min(self.session.started_at + LONGEST)
    }

    /// Whether the login's access token is over, or about to be, before the session is: no practice's system can be asked
    /// with it, and the login must be done again for that. There is no refresh token.
    pub(crate) fn must_log_in_again(&self, now: Timestamp) -> bool {
        let Session { tokens, started_at, .. } = &self.session;
        now + MARGIN >= tokens.access_expires_at && now.duration_since(*started_at) >= NEW_LOGIN
    }

    /// How long the session lasts from now.
    pub(crate) fn lasts(&self, now: Timestamp) -> Lasting {
        let seconds = |end: Timestamp| end.duration_since(now).as_secs().max(0);
        let longest = self.session.started_at + LONGEST;
        Lasting { seconds: seconds(self.ends_at()), at_most_seconds: seconds(longest) }
    }

    /// The patient behind the request's cookie, who is seen to use the session.
    async fn of(parts: &Parts, app: &App) -> Result<Option<Self>, Problem> {
        let jar = CookieJar::from_headers(&parts.headers);
        let Some(cookie) = cookie::Name::Session.read(&app.config, &jar) else { return Ok(None) };
        let (now, cookie) = (app.world.now(), &cookie);
        let Some(mut patient) = Self::behind(app, cookie).await? else { return Ok(None) };
        audit::asks(Actor::Patient(patient.account.id));
        let is_long_ago = now.duration_since(patient.session.used_at) > NOTE_EVERY;
        if is_long_ago && !is_unasked(&parts.headers) {
            app.store
                .tx("note a session's use", |mut tx| async move {
                    app.store.touch_session(&mut tx, cookie, now).await
                })
                .await?;
            patient.session.used_at = now;
        }
        Ok(Some(patient))
    }
}

/// Whether nobody asked for this page: it is no use of the session, and perhaps nobody sees it.
pub(crate) fn is_unasked(headers: &HeaderMap) -> bool {
    headers.contains_key(UNASKED)
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
    to_login_for(back.map_or("/", |path| path.as_str()))
}

/// To the login, and to this page after it.
pub(crate) fn to_login_for(page: &str) -> Response {
    let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("to", page).finish();
    Redirect::to(&format!("/login?{query}")).into_response()
}
