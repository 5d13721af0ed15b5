use axum::{
    body::Body,
    http::{Response, StatusCode, header},
};
use bytes::Bytes;
use futures::stream;
use serde_json::{Value, json};

/// What a practice's system answers to a booking.
#[derive(Debug, Clone)]
pub enum Reply {
    /// 201 with this id: it is booked.
    Booked(&'static str),
    /// 201 with this id: the practitioner still has to act.
    Proposed(&'static str),
    /// 201 without a body; the id stands in `Location`.
    LocationOnly(&'static str),
    /// 200 with this id: it was there already.
    Found(&'static str),
    /// 201, what was sent given back as it was, no `Location`.
    Echo,
    /// This status, with an OperationOutcome.
    Status(u16),
    /// Taken, and then the connection breaks.
    Cut,
    /// 200 with a page, as of a server that stands before the system and says that it is busy.
    Page,
}

impl Reply {
    /// The answer to this booking.
    pub(super) fn to(&self, booking: &Value) -> Response<Body> {
        match self {
            Self::Booked(id) => created(Some(id), Some(shown(booking, id, "booked", "accepted"))),
            Self::Proposed(id) => created(Some(id), Some(shown(booking, id, "proposed", "needs-action"))),
            Self::LocationOnly(id) => created(Some(id), None),
            Self::Found(id) => json_answer(StatusCode::OK, &shown(booking, id, "booked", "accepted")),
            Self::Echo => created(None, Some(booking.clone())),
            Self::Status(status) => failure(*status),
            Self::Cut => cut(),
            Self::Page => page(),
        }
    }
}

/// The booking as the system shows it: under its own id, the practitioner last, as it was sent.
fn shown(booking: &Value, id: &str, status: &str, practitioner: &str) -> Value {
    let mut shown = booking.clone();
    shown["id"] = json!(id);
    shown["status"] = json!(status);
    if let Some(last) = shown["participant"].as_array_mut().and_then(|all| all.last_mut()) {
        last["status"] = json!(practitioner);
    }
    shown
}

fn created(id: Option<&str>, body: Option<Value>) -> Response<Body> {
    let mut answer = match body {
        Some(body) => json_answer(StatusCode::CREATED, &body),
        None => Response::new(Body::empty()),
    };
    *answer.status_mut() = StatusCode::CREATED;
    if let Some(id) = id {
        answer.headers_mut().insert(header::LOCATION, format!("Appointment/{id}").parse().unwrap());
    }
    answer
}

/// An OperationOutcome with this status.
pub(super) fn failure(status: u16) -> Response<Body> {
    let issue = json!({ "severity": "error", "code": "processing", "diagnostics": "told to fail" });
    json_answer(
        StatusCode::from_u16(status).unwrap(),
        &json!({ "resourceType": "OperationOutcome", "issue": [issue] }),
    )
}

pub(super) fn json_answer(status: StatusCode, body: &Value) -> Response<Body> {
    let answer = Response::builder().status(status).header(header::CONTENT_TYPE, "application/fhir+json");
    answer.body(Body::from(body.to_string())).unwrap()
}

fn page() -> Response<Body> {
    let answer = Response::builder().header(header::CONTENT_TYPE, "text/html; charset=utf-8");
    answer.body(Body::from("<h1>Even geduld</h1>")).unwrap()
}

pub(super) fn cut() -> Response<Body> {
    let mut answer =
        in_pieces([Ok(Bytes::from_static(b"{")), Err(std::io::ErrorKind::ConnectionReset.into())]);
    *answer.status_mut() = StatusCode::CREATED;
    answer
}

/// 200, with a body of these. One that breaks off ends the connection.
pub(super) fn in_pieces<Pieces>(pieces: Pieces) -> Response<Body>
where
    Pieces: IntoIterator<Item = std::io::Result<Bytes>, IntoIter: Send + 'static>,
{
    Response::new(Body::from_stream(stream::iter(pieces)))
}
