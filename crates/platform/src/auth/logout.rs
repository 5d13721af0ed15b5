//! `/logout`: a patient goes.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use axum_extra::extract::CookieJar;
use store::Actor;
use url::Url;

use crate::{
    app::App,
    audit::Audit,
    auth::cookie,
    portal::{Problem, Visitor, logged_out},
};

/// Ends the session here, and offers to end it at the provider too: by a link, since the policy of our pages lets no
/// form lead elsewhere.
pub(crate) async fn logout(
    State(app): State<App>,
    visitor: Visitor,
    jar: CookieJar,
) -> Result<Response, Problem> {
    if let Some(cookie) = cookie::Name::Session.read(&app.config, &jar) {
        end(&app, &cookie).await?;
    }
    let jar = jar.remove(cookie::Name::Session.removed(&app.config));
    Ok((jar, logged_out(visitor, at_provider(&app).await)).into_response())
}

async fn end(app: &App, cookie: &str) -> Result<(), store::Error> {
    app.store
        .tx("log out", |mut tx| async move {
            let Some(account) = app.store.end_session(&mut tx, cookie).await? else { return Ok(()) };
            Audit::of(&Actor::Patient(account), "logout").subject(account).write(app, &mut tx, "ok").await
        })
        .await
}

/// Where the provider's own session ends, when it has such a place. A provider that cannot be asked keeps nobody here.
async fn at_provider(app: &App) -> Option<Url> {
    let come_back_to = app.config.address("/").parse().ok();
    match app.login.end_session(come_back_to, app.world.now()).await {
        Ok(place) => place,
        Err(error) => {
            tracing::warn!(%error, "a patient who logged out is not offered to log out at the provider");
            None
        }
    }
}
