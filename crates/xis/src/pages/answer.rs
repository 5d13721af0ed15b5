use axum::{Form, extract::Path, response::Response};
use serde::Deserialize;

use super::{
    PageProblem, Visitor,
    appointment::{self, Done},
    typed,
};
use crate::agenda::{Answer, answer};

#[derive(Deserialize)]
pub(super) struct Message {
    #[serde(default)]
    message: String,
}

/// `POST /{agb}/appointments/{id}/approve`
pub(super) async fn approve(
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    Form(form): Form<Message>,
) -> Result<Response, PageProblem> {
    give(&visitor, &id, (Answer::Approve, Done::Approved), &form.message).await
}

/// `POST /{agb}/appointments/{id}/decline`
pub(super) async fn decline(
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    Form(form): Form<Message>,
) -> Result<Response, PageProblem> {
    give(&visitor, &id, (Answer::Decline, Done::Declined), &form.message).await
}

async fn give(
    visitor: &Visitor,
    id: &str,
    (given, done): (Answer, Done),
    message: &str,
) -> Result<Response, PageProblem> {
    let act = &visitor.act();
    let outcome = visitor
        .service
        .db
        .tx("answer a request", |mut tx| async move {
            answer(&mut tx, visitor.desk(act), id, given, typed(message)).await
        })
        .await;
    appointment::answer(visitor, id, outcome, done, message).await
}
