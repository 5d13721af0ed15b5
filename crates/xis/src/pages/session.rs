//! Who is logged in in this browser, and until when.

use axum_extra::extract::CookieJar;
use http::{HeaderMap, Method, request::Parts};
use jiff::SignedDuration;

use super::{PageProblem, cookie, language::language};
use crate::{
    service::Service,
    tables::{Session, sessions},
};

/// Use is noted no more often than this, so that reading a page is not a write each time.
const NOTE_EVERY: SignedDuration = SignedDuration::from_secs(30);
/// What our script says when it fetches a page again by itself: that is no use of the session.
const UNASKED: &str = "balie-unasked";

/// The session of the request, which is in use by it; `None` where the pages have no login.
///
/// # Errors
/// [`PageProblem::NotLoggedIn`] when there is none, or when it is over.
pub(super) async fn of(parts: &Parts, service: &Service) -> Result<Option<Session>, PageProblem> {
    if service.login.is_none() {
        return Ok(None);
    }
    let failed = |error: db::Error| PageProblem::failed(language(&parts.headers), &error);
    let cookie = cookie_of(&parts.headers, service);
    let session = alive(service, cookie.as_deref()).await.map_err(failed)?;
    let (Some(session), Some(cookie)) = (session, cookie) else { return Err(not_logged_in(parts)) };
    let now = service.world.now();
    let is_long_ago = now.duration_since(session.used_at) > NOTE_EVERY;
    if is_long_ago && !is_unasked(&parts.headers) {
        let cookie = cookie.as_str();
        let touch = service
            .db
            .tx("note a session's use", |mut tx| async move { sessions::touch(&mut tx, cookie, now).await });
        touch.await.map_err(failed)?;
    }
    Ok(Some(session))
}

/// Whether an open page fetches itself again, and nobody asked for it.
pub(super) fn is_unasked(headers: &HeaderMap) -> bool {
    headers.contains_key(UNASKED)
}

/// The value of the session's cookie.
pub(super) fn cookie_of(headers: &HeaderMap, service: &Service) -> Option<String> {
    cookie::Name::Session.read(service, &CookieJar::from_headers(headers))
}

/// The session behind this cookie, as long as it lives. Being looked for does not keep it alive.
///
/// # Errors
/// When the database fails.
pub(super) async fn alive(service: &Service, cookie: Option<&str>) -> Result<Option<Session>, db::Error> {
    let (Some(login), Some(cookie)) = (&service.login, cookie) else { return Ok(None) };
    let found = service
        .db
        .read("who is logged in", |mut tx| async move { sessions::find(&mut tx, cookie).await })
        .await?;
    let now = service.world.now();
    Ok(found.filter(|session| now < login.ends_at(session)))
}

/// To the login, and back to this page after it; a form that was sent is not sent again.
fn not_logged_in(parts: &Parts) -> PageProblem {
    let back = if parts.method == Method::GET { parts.uri.path_and_query() } else { None };
    PageProblem::NotLoggedIn { back: back.map_or("/", |path| path.as_str()).to_owned() }
}
