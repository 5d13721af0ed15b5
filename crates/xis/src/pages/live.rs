use std::{
    collections::{BTreeSet, HashSet},
    convert::Infallible,
    sync::Arc,
    time::Duration,
};

use axum::response::{
    IntoResponse, Response,
    sse::{Event, KeepAlive, Sse},
};
use db::Listener;
use futures::stream;
use http::{HeaderMap, HeaderName, StatusCode, header};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use tokio::sync::OwnedSemaphorePermit;

use super::{PageProblem, Visitor, reading, session, view::view};
use crate::{
    agenda::NEWS,
    locales::fill,
    tables::{Detailed, State, appointments},
};

/// How long to wait for news before looking all the same.
const LOOK_ANYWAY: Duration = Duration::from_secs(30);
/// How soon to look again after the platform was told, or a page began to listen, which may be just after that: by then it
/// may have told the patient. Then less and less often.
const LOOK_AGAIN: Duration = Duration::from_secs(3);
/// How far back a booking may have been written that is committed only now.
const COMMIT_SLACK: SignedDuration = SignedDuration::from_secs(60);

/// A stream names patients. Without this it would say that it may be kept.
const NOT_KEPT: [(HeaderName, &str); 1] = [(header::CACHE_CONTROL, "no-store")];

/// A page that listens.
struct Listening {
    visitor: Visitor,
    /// By which it is seen whether somebody is still logged in.
    cookie: Option<String>,
    /// Nothing is said any more.
    is_over: bool,
    agenda: Listener,
    outbox: Listener,
    /// From when on bookings are news.
    since: Timestamp,
    announced: HashSet<String>,
    /// How long to wait for news.
    patience: Duration,
    /// What is still to be sent.
    events: Vec<Event>,
    _place: OwnedSemaphorePermit,
}

/// `GET /live/{agb}`: `changed` when the page should look again, `booked` for each new booking of a patient, `ended`
/// when nobody is logged in any more. (A redirect would be taken for a connection that failed.)
pub(super) async fn listen(visitor: Result<Visitor, PageProblem>, headers: HeaderMap) -> Response {
    let visitor = match visitor {
        Ok(visitor) => visitor,
        Err(PageProblem::NotLoggedIn { .. }) => {
            return (NOT_KEPT, Sse::new(stream::iter([Ok::<_, Infallible>(ended())]))).into_response();
        }
        Err(problem) => return problem.into_response(),
    };
    let Ok(place) = Arc::clone(&visitor.service.listening_pages).try_acquire_owned() else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let (db, closing) = (visitor.service.db.clone(), visitor.service.closing.clone());
    let (agenda, outbox) = (db.listen(NEWS), db.listen(outbox::SETTLED));
    let since = visitor.service.world.now();
    let mut listening = Listening {
        cookie: session::cookie_of(&headers, &visitor.service),
        is_over: false,
        visitor,
        agenda,
        outbox,
        since,
        announced: HashSet::new(),
        patience: LOOK_AGAIN,
        events: Vec::new(),
        _place: place,
    };
    listening.look().await;
    let events = stream::unfold(listening, move |mut listening| {
        let closing = closing.clone();
        async move {
            if listening.is_over {
                return None;
            }
            let event = tokio::select! {
                () = closing.cancelled() => return None,
                event = listening.next() => event,
            };
            Some((Ok::<_, Infallible>(event), listening))
        }
    });
    (NOT_KEPT, Sse::new(events).keep_alive(KeepAlive::default())).into_response()
}

impl Listening {
    /// What was booked since the last look; what was booked before the page was opened is no news.
    async fn look(&mut self) -> Vec<Detailed> {
        let now = self.visitor.service.world.now();
        let found = self.bookings().await;
        let known = std::mem::take(&mut self.announced);
        self.announced = found.iter().map(|booking| booking.appointment.id.clone()).collect();
        self.since = now;
        found.into_iter().filter(|booking| !known.contains(&booking.appointment.id)).collect()
    }

    async fn next(&mut self) -> Event {
        loop {
            if let Some(event) = self.events.pop() {
                return event;
            }
            self.patience = tokio::select! {
                () = self.agenda.wait(self.patience) => LOOK_ANYWAY.min(2 * self.patience),
                () = self.outbox.wait(Duration::MAX) => LOOK_AGAIN,
            };
            match self.is_logged_in().await {
                Ok(true) => {}
                Ok(false) => {
                    self.is_over = true;
                    return ended();
                }
                Err(error) => {
                    tracing::warn!(%error, "an open page gets no news");
                    continue;
                }
            }
            // Sent from the back: the page is fresh when the notice comes.
            let news = self.look().await;
            if self.note_read(&news).await {
                let notices: Vec<_> = news.iter().map(|booking| self.notice(booking)).collect();
                self.events.extend(notices);
            }
            self.events.push(Event::default().event("changed").data("{}"));
        }
    }

    /// Whether the page may still be shown. That it is open does not keep the session alive.
    async fn is_logged_in(&self) -> Result<bool, db::Error> {
        let service = &self.visitor.service;
        Ok(service.login.is_none() || session::alive(service, self.cookie.as_deref()).await?.is_some())
    }

    /// What patients booked of late. A database that fails is no reason to end: there will be other news.
    async fn bookings(&self) -> Vec<Detailed> {
        let (practice, since) = (self.visitor.practice.id(), self.since - COMMIT_SLACK);
        let found = self
            .visitor
            .service
            .db
            .read("new bookings", |mut tx| async move {
                appointments::made_by_patients_since(&mut tx, practice, since).await
            })
            .await;
        found.unwrap_or_else(|error: db::Error| {
            tracing::warn!(%error, "an open page gets no news");
            Vec::new()
        })
    }

    /// Leaves the lines of those whom the notices name. What cannot be written down is not said.
    async fn note_read(&self, news: &[Detailed]) -> bool {
        if news.is_empty() {
            return true;
        }
        let visitor = &self.visitor;
        let patients: BTreeSet<_> = news.iter().map(|booking| booking.patient.id.as_str()).collect();
        let noted = visitor
            .service
            .db
            .tx("note what is announced", |mut tx| {
                let patients = patients.clone();
                async move { reading::note(&mut tx, visitor, "news", patients).await }
            })
            .await;
        noted.inspect_err(|error: &db::Error| tracing::warn!(%error, "an open page gets no news")).is_ok()
    }

    fn notice(&self, booking: &Detailed) -> Event {
        let words = self.visitor.words();
        let text = match booking.appointment.state {
            State::Requested => words.news_requested,
            _ => words.news_booked,
        };
        let shown = view(booking, &self.visitor.practice, words);
        let when = format!("{}, {}", shown.short_date, shown.from);
        let data = json!({ "text": fill(text, &[&shown.patient, &when]), "href": shown.href, "link": words.news_look });
        Event::default().event("booked").data(data.to_string())
    }
}

/// The page closes itself.
fn ended() -> Event {
    Event::default().event("ended").data("{}")
}
