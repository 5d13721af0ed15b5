use axum::{Form, extract::Path, response::Redirect};
use serde::Deserialize;

use super::{PageProblem, Visitor, appointment::Done};
use crate::{
    audit::{self, Subject},
    tables::appointments,
};

#[derive(Deserialize)]
pub(super) struct Again {
    message: String,
}

/// `POST /{agb}/appointments/{id}/tell`: sends a message again that was given up or waits.
pub(super) async fn again(
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    Form(form): Form<Again>,
) -> Result<Redirect, PageProblem> {
    let (visitor, id, message) = (&visitor, id.as_str(), form.message.as_str());
    let act = &visitor.act();
    let is_sent = visitor
        .service
        .db
        .tx("tell again", |mut tx| async move {
            let Some(found) = appointments::find(&mut tx, visitor.practice.id(), id).await? else {
                return Ok(false);
            };
            let lane = appointments::lane(id);
            let is_its_own = outbox::of_lane(&mut tx, &lane).await?.iter().any(|entry| entry.id == message);
            if !is_its_own || !outbox::retry(&mut tx, message, act.at).await? {
                return Ok(false);
            }
            let (subject, object) = (Subject(found.patient.id), format!("Appointment/{id}"));
            let what = ("tell again", object.as_str(), "queued");
            audit::record(&mut tx, &visitor.service.vault, act, Some(&subject), what).await?;
            Ok::<_, db::Error>(true)
        })
        .await
        .map_err(|error| visitor.failed(&error))?;
    if is_sent { Ok(Redirect::to(&Done::Tell.address(visitor, id))) } else { Err(visitor.not_found()) }
}
