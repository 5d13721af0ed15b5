//! `POST /Communication`: a practice writes to a patient.

mod payload;
pub(crate) mod reading;

use std::time::Duration;

use axum::{
    extract::{FromRequest as _, Request, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

use super::{
    body::{ARRIVES_WITHIN, Fhir},
    docs,
    outcome::Refused,
};
use crate::{
    app::App,
    auth::xis::{Xis, XisOfOnePractice},
    limits,
    messages::receive::{ACTION, PracticeMessage},
};

/// The largest message that a XIS may send (D15): in base64, with everything around it. What is in it is smaller.
pub(crate) const BODY_BYTES: usize = 20 * 1024 * 1024;

/// The handler: read, act, answer. A refusal leaves its line in the audit trail.
#[utoipa::path(
    post,
    path = "/fhir/r4/Communication",
    operation_id = "sendMessage",
    summary = "Send a message to a patient",
    description = "The patient is told that there is a message and reads it after logging in. The same message again \
                   within 24 hours is answered the same and told to nobody twice. A patient without an account is \
                   invited at the mail address, where one is sent (D16).",
    params(docs::Organization),
    request_body(content(
        (docs::Communication = "application/fhir+json"),
        (docs::Communication = "application/json"),
    )),
    responses(docs::Created, docs::Anybody, docs::Caller, docs::Body),
    security(("token" = ["system/*.*"]))
)]
pub(crate) async fn create(
    State(app): State<App>,
    // B4: the contract lists no X-Organization-Identifier here either.
    XisOfOnePractice(xis): XisOfOnePractice,
    request: Request,
) -> Result<Response, Refused> {
    let leave = limits::leave_to_tell(&app, &xis).await?;
    let sent = carry_out(&app, &xis, request).await;
    leave.end(sent.as_ref().is_err_and(Refused::tells_of_a_stranger));
    match sent {
        Ok(location) => Ok((StatusCode::CREATED, [(header::LOCATION, location)]).into_response()),
        Err(refused) => Err(xis.note_refusal(&app, ACTION, None, refused).await),
    }
}

async fn carry_out(app: &App, xis: &Xis, request: Request) -> Result<String, Refused> {
    // From here on it takes memory, and a place is not held for somebody who sends too slowly.
    let _place = app.places.take(&xis.practice.agb).ok_or(Refused::Busy)?;
    let Fhir(body) = within(ARRIVES_WITHIN, Fhir::<BODY_BYTES>::from_request(request, app)).await?;
    let lenient = xis.practice.settings.lenient_bsn;
    // Millions of characters to decode: not where everybody's requests wait.
    let read = tokio::task::spawn_blocking(move || reading::communication(&body, lenient));
    let read = read.await.map_err(|error| {
        tracing::error!(%error, "a message could not be read");
        Refused::Failed
    })??;
    let message = PracticeMessage {
        xis,
        bsn: read.bsn,
        mail: read.mail,
        words: read.words,
        attachments: read.attachments,
    };
    let id = message.run(app).await?;
    Ok(app.config.address(&format!("/fhir/r4/Communication/{id}")))
}

async fn within<T>(limit: Duration, arrives: impl Future<Output = Result<T, Refused>>) -> Result<T, Refused> {
    tokio::time::timeout(limit, arrives).await.unwrap_or(Err(Refused::TooSlow { limit }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_does_not_arrive_in_time_is_too_slow_and_not_too_large() {
        let refused =
            within(Duration::ZERO, std::future::pending::<Result<(), Refused>>()).await.unwrap_err();
        assert_eq!(refused.code(), "TOO_SLOW");
        assert_eq!(refused.into_response().status(), StatusCode::REQUEST_TIMEOUT);
    }
}
