use axum::{
    extract::{Request, State},
    http::Method,
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use axum_extra::extract::CookieJar;

use super::{ClientAddress, Limit, TooMany};
use crate::{app::App, audit, auth::cookie, fhir_api::outcome::Refused, portal::Problem};

/// Around every page.
pub(crate) async fn pages(State(app): State<App>, request: Request, next: Next) -> Response {
    let admitted = admit_page(&app, &request);
    let answer = answer(&app, admitted, request, next).await;
    answer.unwrap_or_else(|too_many| Problem::from(too_many).into_response())
}

/// Around what XISs call, before it is known who calls.
pub(crate) async fn api(State(app): State<App>, request: Request, next: Next) -> Response {
    let admitted = by_address(&app, &request, Limit::Address);
    let answer = answer(&app, admitted, request, next).await;
    answer.unwrap_or_else(|too_many| Refused::from(too_many).into_response())
}

/// Around the token endpoint, before a secret is looked at.
pub(crate) async fn tokens(State(app): State<App>, request: Request, next: Next) -> Response {
    let admitted = by_address(&app, &request, Limit::Token);
    let answer = answer(&app, admitted, request, next).await;
    answer.unwrap_or_else(TooMany::of_tokens)
}

/// What an admitted request is answered, unless that is one refusal too many of somebody who is not known.
async fn answer(
    app: &App,
    admitted: Result<(), TooMany>,
    request: Request,
    next: Next,
) -> Result<Response, TooMany> {
    admitted?;
    let address = ClientAddress::of(&request, app);
    let response = next.run(request).await;
    if audit::refuses_a_stranger(response.status()) {
        admit_from(app, address, Limit::Refusal).inspect_err(|too_many| {
            if too_many.is_first {
                audit::is_first_of_many();
            }
        })?;
    }
    Ok(response)
}

fn by_address(app: &App, request: &Request, limit: Limit) -> Result<(), TooMany> {
    admit_from(app, ClientAddress::of(request, app), limit)
}

fn admit_from(app: &App, address: ClientAddress, limit: Limit) -> Result<(), TooMany> {
    match address.key() {
        Some(address) => app.limits.admit(limit, address, app.world.now()),
        None => Ok(()),
    }
}

fn admit_page(app: &App, request: &Request) -> Result<(), TooMany> {
    let path = request.uri().path();
    // They cost nothing, and a page has several.
    if path.starts_with("/static/") {
        return Ok(());
    }
    by_address(app, request, Limit::Address)?;
    if path == "/login" || path == "/login/callback" {
        by_address(app, request, Limit::Login)?;
    }
    if path.starts_with("/invitations/") {
        by_address(app, request, Limit::Invitation)?;
    }
    let jar = CookieJar::from_headers(request.headers());
    let Some(session) = cookie::Name::Session.read(&app.config, &jar) else { return Ok(()) };
    app.limits.admit(Limit::Session, &session, app.world.now())?;
    if *request.method() == Method::POST && path.ends_with("/code") {
        app.limits.admit(Limit::MailCode, &session, app.world.now())?;
    }
    Ok(())
}
