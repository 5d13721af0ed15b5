//! `/invitations/{token}`: where the mail with an invitation leads.
//!
//! The link opens nothing by itself: who follows it logs in, and adds the practice with a button of its own. To
//! somebody else than the invited it says nothing of them.

mod view;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use store::{Actor, Invitation, Practice};

use self::view::{Face, View};
use super::{Problem, answer::page, reader::Reader};
use crate::{
    app::App,
    auth::session,
    messages::accept::{Acceptance, Accepted, NotTried, Standing},
};

/// Before the token: what follows is not logged.
pub(crate) const PATH: &str = "/invitations/";

/// What the link stands for, as far as it may be told to this reader.
pub(super) async fn show(
    State(app): State<App>,
    reader: Option<Reader>,
    Path(token): Path<String>,
) -> Result<Response, Problem> {
    let Some((invitation, practice)) = find(&app, &token).await? else {
        return Ok(answer(StatusCode::NOT_FOUND, Face::Unknown, reader.as_ref(), None, &token));
    };
    let is_invited = |reader: &Reader| app.store.is_invited(&invitation, &reader.patient.account);
    if reader.as_ref().is_some_and(|reader| !is_invited(reader)) {
        return Ok(answer(StatusCode::FORBIDDEN, Face::Anothers, reader.as_ref(), None, &token));
    }
    let (status, face) = match (Standing::of(&invitation, app.world.now()), &reader) {
        (Standing::Used, Some(_)) => (StatusCode::OK, Face::Added),
        (Standing::Used, None) => (StatusCode::GONE, Face::Used),
        (Standing::Expired, _) => (StatusCode::GONE, Face::Expired),
        (Standing::Open, None) => (StatusCode::OK, Face::LogIn),
        (Standing::Open, Some(reader)) => {
            (StatusCode::OK, Face::Add { mail: new_mail(&app, reader, &invitation)? })
        }
    };
    Ok(answer(status, face, reader.as_ref(), Some(&practice), &token))
}

/// The patient adds the practice.
pub(super) async fn accept(
    State(app): State<App>,
    reader: Option<Reader>,
    Path(token): Path<String>,
) -> Result<Response, Problem> {
    let here = format!("{PATH}{token}");
    let (Some(reader), Some((invitation, practice))) = (reader, find(&app, &token).await?) else {
        return Ok(Redirect::to(&here).into_response());
    };
    let patient = &reader.patient;
    if patient.must_log_in_again(app.world.now()) {
        return Ok(session::to_login_for(&here));
    }
    let actor = &Actor::Patient(patient.account.id);
    let acceptance = Acceptance { patient, actor, invitation: &invitation, practice: &practice };
    match acceptance.run(&app).await {
        Ok(Accepted::Added | Accepted::TooLate) => Ok(Redirect::to(&here).into_response()),
        Ok(Accepted::Anothers) => {
            Ok(answer(StatusCode::FORBIDDEN, Face::Anothers, Some(&reader), None, &token))
        }
        Ok(Accepted::Unknown) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(answer(status, Face::NotKnown, Some(&reader), Some(&practice), &token))
        }
        Err(NotTried::Trouble(trouble)) => Err(Problem::practice_down(&practice, &trouble)),
        Err(NotTried::Store(error)) => Err(error.into()),
    }
}

async fn find(app: &App, token: &str) -> Result<Option<(Invitation, Practice)>, store::Error> {
    let store = &app.store;
    store
        .read("an invitation", |mut tx| async move {
            let Some(invitation) = store.invitation_of_link(&mut tx, token).await? else { return Ok(None) };
            let practice = store.practice(&mut tx, &invitation.practice).await?;
            Ok(practice.map(|practice| (invitation, practice)))
        })
        .await
}

/// The address that mail will go to, for a patient who has none.
fn new_mail(app: &App, reader: &Reader, invitation: &Invitation) -> Result<Option<String>, store::Error> {
    if reader.patient.account.mail.is_some() {
        return Ok(None);
    }
    Ok(app.store.contact(invitation)?.map(|contact| contact.mail))
}

fn answer(
    status: StatusCode,
    face: Face,
    reader: Option<&Reader>,
    practice: Option<&Practice>,
    token: &str,
) -> Response {
    page(status, &View::of(face, reader, practice, token))
}
