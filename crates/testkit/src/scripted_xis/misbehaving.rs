//! What a practice's system does when it does not answer as it should.

use std::{io::ErrorKind, time::Duration};

use axum::{
    body::{Body, to_bytes},
    http::{Response, StatusCode, header},
};
use bytes::Bytes;
use tokio::sync::watch;

use super::{ScriptedXis, reply};
use crate::TurnedClock;

/// Instead of an answer.
#[derive(Clone)]
pub(super) enum Misbehaviour {
    /// Nothing, as long as one waits.
    Hang,
    /// The beginning of an answer, once, and then the connection breaks.
    Cut,
    /// The first half of the answer, once, and then the connection breaks.
    Halve,
    /// The answer in pieces of so many bytes.
    Split(usize),
    /// 200, and something else than what was asked for.
    Say { media_type: String, body: String },
    /// The answer, so much later.
    Take(TurnedClock, Duration),
}

impl ScriptedXis {
    /// Lets calls of this resource, such as `Slot`, wait for ever.
    pub fn hangs(&self, resource: &str) {
        self.misbehaves(resource, Misbehaviour::Hang);
    }

    /// Breaks the connection of the next call of this resource while it answers.
    pub fn cuts(&self, resource: &str) {
        self.misbehaves(resource, Misbehaviour::Cut);
    }

    /// Breaks the connection of the next call of this resource when half of the answer was sent.
    pub fn cuts_half_way(&self, resource: &str) {
        self.misbehaves(resource, Misbehaviour::Halve);
    }

    /// Sends answers to calls of this resource in pieces of so many bytes.
    pub fn sends_in_pieces(&self, resource: &str, bytes: usize) {
        self.misbehaves(resource, Misbehaviour::Split(bytes));
    }

    /// Answers calls of this resource with 200 and this.
    pub fn says(&self, resource: &str, media_type: &str, body: impl Into<String>) {
        let (media_type, body) = (media_type.to_owned(), body.into());
        self.misbehaves(resource, Misbehaviour::Say { media_type, body });
    }

    /// Takes so long for each call of this resource: the clock is turned before it is answered.
    pub fn takes(&self, resource: &str, clock: &TurnedClock, time: Duration) {
        self.misbehaves(resource, Misbehaviour::Take(clock.clone(), time));
    }

    /// Answers as it should from now on.
    pub fn behaves(&self) {
        self.script().misbehaviours.clear();
    }

    /// Returns when so many calls wait for an answer that does not come.
    pub async fn has_hanging(&self, calls: usize) {
        self.hanging.subscribe().wait_for(|hanging| *hanging == calls).await.unwrap();
    }

    /// Returns when this resource was called by `GET` so often.
    pub async fn is_read(&self, resource: &str, times: usize) {
        let mut calls = self.calls.subscribe();
        while self.received("GET", resource).len() < times {
            calls.changed().await.unwrap();
        }
    }

    fn misbehaves(&self, resource: &str, misbehaviour: Misbehaviour) {
        self.script().misbehaviours.insert(resource.to_owned(), misbehaviour);
    }

    /// What comes instead of an answer; `None` where there is one.
    pub(super) async fn misbehave(&self, resource: &str) -> Option<Response<Body>> {
        let misbehaviour = self.script().misbehaviours.get(resource).cloned();
        match misbehaviour? {
            Misbehaviour::Hang => {
                let _one = Hanging::new(self.hanging.clone());
                std::future::pending().await
            }
            Misbehaviour::Take(clock, time) => {
                clock.turn(time);
                None
            }
            Misbehaviour::Halve | Misbehaviour::Split(_) => None,
            Misbehaviour::Cut => {
                self.script().misbehaviours.remove(resource);
                Some(reply::cut())
            }
            Misbehaviour::Say { media_type, body } => {
                let answer =
                    Response::builder().status(StatusCode::OK).header(header::CONTENT_TYPE, media_type);
                Some(answer.body(Body::from(body)).unwrap())
            }
        }
    }
}

impl ScriptedXis {
    /// The answer as it is sent.
    pub(super) async fn send(&self, resource: &str, answer: Response<Body>) -> Response<Body> {
        let misbehaviour = self.script().misbehaviours.get(resource).cloned();
        match misbehaviour {
            Some(Misbehaviour::Halve) => {
                self.script().misbehaviours.remove(resource);
                let body = bytes_of(answer).await;
                reply::in_pieces([Ok(body.slice(..body.len() / 2)), Err(ErrorKind::ConnectionReset.into())])
            }
            Some(Misbehaviour::Split(bytes)) => {
                let body = bytes_of(answer).await;
                let pieces: Vec<_> = body.chunks(bytes).map(|piece| Ok(body.slice_ref(piece))).collect();
                reply::in_pieces(pieces)
            }
            _ => answer,
        }
    }
}

async fn bytes_of(answer: Response<Body>) -> Bytes {
    to_bytes(answer.into_body(), usize::MAX).await.unwrap()
}

/// One call that waits, until whoever called goes away.
struct Hanging(watch::Sender<usize>);

impl Hanging {
    fn new(all: watch::Sender<usize>) -> Self {
        all.send_modify(|hanging| *hanging += 1);
        Self(all)
    }
}

impl Drop for Hanging {
    fn drop(&mut self) {
        self.0.send_modify(|hanging| *hanging -= 1);
    }
}
