use std::{future::Future, pin::Pin};

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{Response, StatusCode},
};
use serde_json::{Value, json};

use super::{
    Received, Reply, ScriptedXis,
    reply::{failure, json_answer},
};

/// Work that goes before an answer.
pub(super) type Before = Box<dyn FnOnce(Value) -> Pin<Box<dyn Future<Output = ()> + Send>> + Send>;

pub(super) fn router(xis: ScriptedXis) -> Router {
    Router::new().nest("/fhir/r4", Router::new().fallback(answer)).with_state(xis)
}

async fn answer(State(xis): State<ScriptedXis>, request: Request) -> Response<Body> {
    let call = read(request).await;
    let resource = call.resource().to_owned();
    xis.script().received.push(call.clone());
    xis.calls.send_replace(());
    if let Some(status) =
        xis.script().failures.get_mut(&resource).and_then(std::collections::VecDeque::pop_front)
    {
        return failure(status);
    }
    if let Some(instead) = xis.misbehave(&resource).await {
        return instead;
    }
    let answer = proper(&xis, &call).await;
    xis.send(&resource, answer).await
}

/// The answer as it should be.
async fn proper(xis: &ScriptedXis, call: &Received) -> Response<Body> {
    match (call.method.as_str(), call.resource()) {
        ("GET", "ValueSet") => ok(&xis.script().types),
        ("GET", "Schedule") => ok(&xis.bundle(&["7", "8"].map(schedule), None)),
        ("GET", "PractitionerRole") => {
            ok(&xis.bundle(&[("7", "dokter Jansen"), ("8", "dokter De Vries")].map(role), None))
        }
        ("GET", "Slot") => ok(&xis.slot_page(call)),
        ("GET", "Patient") if xis.script().knows_nobody => ok(&xis.bundle(&[], None)),
        ("GET", "Patient") => ok(&xis.bundle(&[patient(call)], None)),
        ("GET", "Appointment") => {
            let before = xis.script().before_showing.take();
            if let Some(before) = before {
                before(Value::Null).await;
            }
            xis.appointments(call)
        }
        ("POST", "Appointment") => xis.book(call.json()).await,
        ("POST", "AppointmentResponse") => xis.cancel(call.json()).await,
        _ => failure(404),
    }
}

/// Agenda `9ID` of the practitioner with this role.
fn schedule(role: &str) -> Value {
    json!({
        "resourceType": "Schedule", "id": format!("9{role}"),
        "serviceCategory": [{ "coding": [{ "system": "urn:xis:types", "code": "consult", "display": "Consult" }] }],
        "actor": [{ "reference": format!("PractitionerRole/{role}") }]
    })
}

fn role((id, name): (&str, &str)) -> Value {
    json!({ "resourceType": "PractitionerRole", "id": id, "name": name, "speciality": { "coding": [] } })
}

fn ok(body: &Value) -> Response<Body> {
    json_answer(StatusCode::OK, body)
}

async fn read(request: Request) -> Received {
    let (head, body) = request.into_parts();
    let query = head.uri.query().unwrap_or_default();
    let body = axum::body::to_bytes(body, 1024 * 1024).await.unwrap();
    Received {
        method: head.method.to_string(),
        path: head.uri.path().to_owned(),
        query: url::form_urlencoded::parse(query.as_bytes()).into_owned().collect(),
        headers: head.headers,
        body: String::from_utf8(body.to_vec()).unwrap(),
    }
}

/// The patient of the token, under the id that `wire::appointment` uses.
fn patient(call: &Received) -> Value {
    let identifier =
        json!({ "system": "http://fhir.nl/fhir/NamingSystem/bsn", "value": call.claims()["bsn"] });
    json!({ "resourceType": "Patient", "id": "456", "identifier": [identifier] })
}

impl ScriptedXis {
    fn bundle(&self, resources: &[Value], next: Option<String>) -> Value {
        let bare = self.script().bare_entries;
        let entry = resources.iter().map(|one| if bare { one.clone() } else { json!({ "resource": one }) });
        let link = next.map(|url| json!({ "relation": "next", "url": url }));
        json!({
            "resourceType": "Bundle",
            "type": "searchset",
            "entry": entry.collect::<Vec<_>>(),
            "link": link.into_iter().collect::<Vec<_>>()
        })
    }

    /// By path the first, else all.
    fn appointments(&self, call: &Received) -> Response<Body> {
        let shown = self.script().appointments.clone();
        match (call.path.matches('/').count(), shown.first()) {
            (1, _) => ok(&self.bundle(&shown, None)),
            (_, Some(first)) => ok(first),
            (_, None) => failure(404),
        }
    }

    /// The page that the query asks for, the first where it asks for none.
    fn slot_page(&self, call: &Received) -> Value {
        let asked =
            call.query.iter().find(|(name, _)| name == "page").and_then(|(_, page)| page.parse().ok());
        let page: usize = asked.unwrap_or(0);
        let script = self.script();
        let next = (page + 1 < script.slots.len()).then(|| format!("{}/Slot?page={}", self.base(), page + 1));
        let slots = script.slots.get(page).cloned().unwrap_or_default();
        drop(script);
        self.bundle(&slots, next)
    }

    async fn book(&self, booking: Value) -> Response<Body> {
        let (before, reply) = {
            let mut script = self.script();
            (script.before.take(), script.replies.pop_front())
        };
        if let Some(before) = before {
            before(booking.clone()).await;
        }
        reply.unwrap_or(Reply::Status(500)).to(&booking)
    }

    async fn cancel(&self, cancellation: Value) -> Response<Body> {
        let (before, reply) = {
            let mut script = self.script();
            (script.before.take(), script.cancellation_replies.pop_front())
        };
        if let Some(before) = before {
            before(cancellation.clone()).await;
        }
        reply.unwrap_or(Reply::Status(201)).to(&cancellation)
    }
}
