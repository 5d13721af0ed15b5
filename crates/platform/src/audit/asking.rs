//! Who asks, and from where, while a request is under way; and the line of what was refused without one.

use std::{cell::RefCell, net::IpAddr};

use axum::{
    extract::{MatchedPath, Request, State},
    http::StatusCode,
    middleware::Next,
    response::Response,
};
use store::{Actor, Entrance, Origin};
use tower_http::request_id::RequestId;
use tracing::Instrument as _;

use super::Audit;
use crate::{app::App, limits::ClientAddress};

/// The act of a request that was refused before it was known what it would do.
const REQUEST: &str = "request";

tokio::task_local! {
    static ASKING: RefCell<Asking>;
}

/// A request that is under way.
#[derive(Debug, Clone)]
struct Asking {
    entrance: Entrance,
    network: Option<IpAddr>,
    request: Option<String>,
    /// Who it turned out to be.
    actor: Actor,
    /// Whether the audit trail has a line of it.
    has_line: bool,
    /// Whether it is counted as a refusal of somebody who is not known.
    is_counted: bool,
    /// Whether it is the first of what is too much: that has a line, and what comes after it has none.
    is_first_of_many: bool,
}

/// Why something is refused, in a word of our own: an extension of the answer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Why(pub(crate) &'static str);

/// Around every URL: lines know where a request came from, and no refusal goes without a line.
pub(crate) async fn around(State(app): State<App>, request: Request, next: Next) -> Response {
    let asking = Asking {
        entrance: entrance(request.uri().path()),
        network: ClientAddress::of(&request, &app).0,
        request: request
            .extensions()
            .get::<RequestId>()
            .and_then(|id| id.header_value().to_str().ok())
            .map(str::to_owned),
        actor: Actor::Unknown,
        has_line: false,
        is_counted: false,
        is_first_of_many: false,
    };
    let object = object(&request);
    let answering = async {
        let response = next.run(request).await;
        let status = response.status();
        if let Some(asking) = refused_without_line(status) {
            let why = response.extensions().get::<Why>().map_or(status.as_str(), |why| why.0);
            let noting = note(app.clone(), object, format!("refused: {why}"), asking.actor.clone());
            let noting = ASKING.scope(RefCell::new(asking), noting).in_current_span();
            // By itself: whoever hangs up now leaves the line all the same.
            app.world.start(noting).await;
        }
        response
    };
    ASKING.scope(RefCell::new(asking), answering).await
}

/// The pattern and not the path, and no method of one's own: who asks decides what is in them.
fn object(request: &Request) -> String {
    let pattern = request.extensions().get::<MatchedPath>().map_or("elsewhere", MatchedPath::as_str);
    format!("{} {pattern}", world::discreet_method(request.method()))
}

/// The request turned out to be this one's.
pub(crate) fn asks(actor: Actor) {
    let _ = ASKING.try_with(|asking| asking.borrow_mut().actor = actor);
}

/// Whether an answer with this status refuses somebody of whom nothing is known, and will leave a line of its own. True
/// once for a request: it is to be counted once.
pub(crate) fn refuses_a_stranger(status: StatusCode) -> bool {
    let refuses = ASKING.try_with(|asking| {
        let mut asking = asking.borrow_mut();
        let is_new = !asking.is_counted && !asking.has_line && asking.actor == Actor::Unknown;
        let refuses = is_new && is_refusal(status, &asking);
        asking.is_counted |= refuses;
        refuses
    });
    refuses.unwrap_or(false)
}

/// What is under way is too much, and the first that is: the one to write down.
pub(crate) fn is_first_of_many() {
    let _ = ASKING.try_with(|asking| asking.borrow_mut().is_first_of_many = true);
}

/// The audit trail has a line of what is under way.
pub(crate) fn has_line() {
    let _ = ASKING.try_with(|asking| asking.borrow_mut().has_line = true);
}

/// What is under way, to go with work that is done elsewhere than in its task.
#[derive(Debug, Clone)]
pub(crate) struct Carried(Option<Asking>);

/// What is under way here.
pub(crate) fn carried() -> Carried {
    Carried(ASKING.try_with(|asking| asking.borrow().clone()).ok())
}

impl Carried {
    /// Work whose lines know where its request came from. That there is a line, its caller [says](has_line).
    pub(crate) async fn around<Work: Future>(self, work: Work) -> Work::Output {
        match self.0 {
            Some(asking) => ASKING.scope(RefCell::new(asking), work).await,
            None => work.await,
        }
    }
}

/// Where what is under way came from; outside a request the platform does it by itself.
pub(super) fn origin() -> Origin {
    let origin = ASKING.try_with(|asking| {
        let asking = asking.borrow();
        Origin { entrance: asking.entrance, network: asking.network, request: asking.request.clone() }
    });
    origin.unwrap_or_default()
}

/// What is under way, where an answer with this status is a refusal that has no line yet.
fn refused_without_line(status: StatusCode) -> Option<Asking> {
    let asked = ASKING.try_with(|asking| {
        let asking = asking.borrow();
        (!asking.has_line && is_refusal(status, &asking)).then(|| asking.clone())
    });
    asked.ok().flatten()
}

/// Leaves the line of a refusal that has none.
async fn note(app: App, object: String, outcome: String, actor: Actor) {
    let (app, outcome, actor) = (&app, &outcome, &actor);
    let subject = match actor {
        Actor::Patient(account) => Some(*account),
        _ => None,
    };
    let line = &Audit::of(actor, REQUEST).subject(subject).object(&object);
    let noted: Result<(), store::Error> = app
        .store
        .tx("note a refusal", |mut tx| async move { line.write_again(app, &mut tx, outcome).await })
        .await;
    if let Err(error) = noted {
        tracing::error!(%error, "a refusal could not be noted");
    }
}

/// Whether somebody was kept from something. What is too much is not noted but for the first, or a flood would fill the
/// trail; nor a page that is not there, for nobody in particular.
fn is_refusal(status: StatusCode, asking: &Asking) -> bool {
    let is_known = asking.actor != Actor::Unknown || asking.entrance == Entrance::Api;
    match status {
        StatusCode::TOO_MANY_REQUESTS => asking.is_first_of_many,
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => true,
        status => status.is_client_error() && is_known,
    }
}

fn entrance(path: &str) -> Entrance {
    let is_api = ["/fhir/", "/oauth2/"].iter().any(|api| path.starts_with(api));
    if is_api { Entrance::Api } else { Entrance::Portal }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_kept_from_something_is_refused() {
        let asking = |actor, entrance| Asking {
            entrance,
            network: None,
            request: None,
            actor,
            has_line: false,
            is_counted: false,
            is_first_of_many: false,
        };
        let nobody = &asking(Actor::Unknown, Entrance::Portal);
        let patient = &asking(Actor::Patient(store::AccountId::new(uuid::Uuid::nil())), Entrance::Portal);
        let xis = &asking(Actor::Unknown, entrance("/fhir/r4/Appointment/a"));
        for (status, refused) in
            [(401, [true; 3]), (404, [false, true, true]), (429, [false; 3]), (303, [false; 3])]
        {
            let status = StatusCode::from_u16(status).unwrap();
            assert_eq!([nobody, patient, xis].map(|asking| is_refusal(status, asking)), refused, "{status}");
        }
        let first = Asking { is_first_of_many: true, ..nobody.clone() };
        assert!(is_refusal(StatusCode::TOO_MANY_REQUESTS, &first));
    }
}
