use agenda::Agb;
use axum::http::{Method, request::Parts};
use store::Actor;

use super::{Limit, TooMany};
use crate::{app::App, audit::Audit, auth::xis::Xis, fhir_api::outcome::Refused};

/// Counts a call of a XIS, now that it is known who calls and for which practice. The first one that is refused leaves
/// its line in the audit trail, and those after it do not: they must cost nothing.
///
/// # Errors
/// When there were too many.
pub(crate) async fn call(app: &App, parts: &Parts, client: &str, practice: &Agb) -> Result<(), Refused> {
    let now = app.world.now();
    let counted = app
        .limits
        .admit(Limit::Client, client, now)
        .and_then(|()| app.limits.admit(Limit::Practice, practice, now))
        .and_then(|()| match is_about_whom(parts) {
            true => app.limits.admit(Limit::Patient, practice, now),
            false => Ok(()),
        });
    let Err(too_many) = counted else { return Ok(()) };
    Err(refuse(app, client, practice, too_many).await)
}

/// Leave to answer that a patient has no account here. It is [taken](leave_to_tell) before anybody is looked for.
#[must_use = "it counts until it is ended"]
pub(crate) struct Leave<'a> {
    app: &'a App,
    practice: &'a Agb,
}

impl Leave<'_> {
    /// Whether the answer tells it. What does not is not counted; an answer that nobody waited for is.
    pub(crate) fn end(self, has_told: bool) {
        if !has_told {
            self.app.limits.give_back(Limit::Stranger, self.practice);
        }
    }
}

/// Counts a call by which a practice may learn that a patient has no account here (A2, D16). Whoever learns too much is
/// not answered about anybody for a moment: a refusal for those without an account alone would tell who they are.
///
/// # Errors
/// When there were too many such answers.
pub(crate) async fn leave_to_tell<'a>(app: &'a App, xis: &'a Xis) -> Result<Leave<'a>, Refused> {
    let practice = &xis.practice.agb;
    match app.limits.admit(Limit::Stranger, practice, app.world.now()) {
        Ok(()) => Ok(Leave { app, practice }),
        Err(too_many) => Err(refuse(app, &xis.client, practice, too_many).await),
    }
}

async fn refuse(app: &App, client: &str, practice: &Agb, too_many: TooMany) -> Refused {
    if too_many.is_first
        && let Err(error) = note(app, client, practice).await
    {
        return error.into();
    }
    too_many.into()
}

/// Whether it tells who has an account here, when it is asked often: patients are searched for or invited.
fn is_about_whom(parts: &Parts) -> bool {
    let path = parts.uri.path();
    parts.method == Method::POST && (path.ends_with("/Patient") || path.ends_with("/Patient/_search"))
}

async fn note(app: &App, client: &str, practice: &Agb) -> Result<(), store::Error> {
    let actor = &Actor::Xis(client.to_owned());
    app.store
        .tx("note a refusal", |mut tx| async move {
            Audit::of(actor, "call")
                .practice(practice)
                .write(app, &mut tx, "refused: too many requests")
                .await
        })
        .await
}
