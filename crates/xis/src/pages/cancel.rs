use axum::{Form, extract::Path, response::Response};
use serde::Deserialize;

use super::{
    PageProblem, Visitor,
    appointment::{self, Done},
    typed,
};
use crate::agenda;

#[derive(Deserialize)]
pub(super) struct Reason {
    #[serde(default)]
    reason: String,
}

/// `POST /{agb}/appointments/{id}/cancel`
pub(super) async fn cancel(
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    Form(form): Form<Reason>,
) -> Result<Response, PageProblem> {
    let (visitor, id, reason) = (&visitor, id.as_str(), form.reason.as_str());
    let act = &visitor.act();
    let outcome = visitor
        .service
        .db
        .tx("cancel an appointment", |mut tx| async move {
            agenda::cancel(&mut tx, visitor.desk(act), id, typed(reason)).await
        })
        .await;
    appointment::answer(visitor, id, outcome, Done::Cancelled, reason).await
}
