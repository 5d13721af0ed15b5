//! `/reminders/stop/{token}`: the way out that every reminder's mail names (`List-Unsubscribe`). No login.
//!
//! GET only asks, for mail scanners open every link. POST does it: from the page's button, or from a mail program
//! at one tap (RFC 8058), which sends no cookie and says not where it comes from. What is no token of anybody looks
//! the same.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
    routing::get,
};
use store::{Actor, Preferences, Tx};

use super::{Problem, Visitor, answer::page, shell::Shell, spoken};
use crate::{app::App, audit::Audit, booking::change::lock_patient, notices, routes::Routes};

#[derive(Template)]
#[template(path = "portal/unsubscribe.html")]
struct StopPage {
    shell: Shell,
    has_stopped: bool,
}

/// Before the token.
pub(crate) const PATH: &str = "/reminders/stop/";

/// Apart from the other pages: a form from elsewhere is welcome here.
pub(crate) fn router() -> Routes {
    Routes::new().route(&format!("{PATH}{{token}}"), get(ask).post(stop))
}

async fn ask(visitor: Visitor) -> Response {
    show(visitor, false)
}

async fn stop(
    State(app): State<App>,
    visitor: Visitor,
    Path(token): Path<String>,
) -> Result<Response, Problem> {
    if is_token(&token) {
        let (app, token) = (&app, &token);
        let stopped: Result<(), store::Error> =
            app.store.tx("stop reminders", |mut tx| async move { stop_for(app, &mut tx, token).await }).await;
        stopped?;
    }
    Ok(show(visitor, true))
}

/// Whether this could be somebody's: the letters of base64 as it stands in a path.
fn is_token(text: &str) -> bool {
    text.bytes().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, b'-' | b'_'))
}

async fn stop_for(app: &App, tx: &mut Tx, token: &str) -> Result<(), store::Error> {
    let Some(account) = app.store.account_by_unsubscribe(tx, token).await? else { return Ok(()) };
    lock_patient(tx, account).await?;
    if let Some(patient) = app.store.account(tx, account).await? {
        let without = Preferences { remind_minutes: None, ..patient.preferences };
        app.store.save_preferences(tx, account, &without).await?;
        notices::reminder::replan(app, tx, account, app.world.now()).await?;
    }
    Audit::of(&Actor::Unknown, "stop reminders").subject(account).write(app, tx, "stopped").await
}

/// The language is the browser's: that of the patient would say that the token is somebody's.
fn show(visitor: Visitor, has_stopped: bool) -> Response {
    let mut shell = Shell::of(spoken::reading());
    shell.language = visitor.language;
    page(StatusCode::OK, &StopPage { shell, has_stopped })
}
