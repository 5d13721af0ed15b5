use askama::Template;
use axum::response::Response;

use super::{
    Frame, PageProblem, Section, Visitor,
    problem::drawn,
    reading,
    view::{AppointmentView, view},
};
use crate::tables::appointments;

#[derive(Template)]
#[template(path = "requests.html")]
struct Page {
    frame: Frame,
    requests: Vec<AppointmentView>,
}

/// `GET /{agb}/requests`: what patients ask for, and the answers.
pub(super) async fn show(visitor: Visitor) -> Result<Response, PageProblem> {
    let (visitor, words) = (&visitor, visitor.words());
    let page = visitor
        .service
        .db
        .tx("requests", |mut tx| async move {
            let requests = appointments::requested(&mut tx, visitor.practice.id()).await?;
            let patients = requests.iter().map(|shown| shown.patient.id.as_str()).collect();
            reading::note(&mut tx, visitor, "requests", patients).await?;
            let frame = visitor.frame(&mut tx, Section::Requests, words.requests).await?;
            let requests = requests.iter().map(|shown| view(shown, &visitor.practice, words)).collect();
            Ok::<_, db::Error>(Page { frame, requests })
        })
        .await
        .map_err(|error| visitor.failed(&error))?;
    drawn(visitor.language, &page)
}
