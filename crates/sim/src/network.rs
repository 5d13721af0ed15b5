//! The network between all parties: every request and every answer goes through it, and may not arrive.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use async_trait::async_trait;
use axum::body::Body;
use futures::channel::oneshot;
use tower::ServiceExt as _;
use world::{Http, HttpError, Limits, Request, Response};

use crate::{
    clock::Planned,
    faults::Fate,
    invariants,
    party::Party,
    sim::{Sim, lock},
};

/// What is under way.
#[derive(Default)]
pub(crate) struct Lines {
    sent: AtomicU64,
    /// The youngest request that has arrived at each party: an older one that comes after it was overtaken.
    youngest: Mutex<BTreeMap<Party, u64>>,
}

/// [`Http`] for one party.
pub(crate) struct Wire {
    pub(crate) sim: Sim,
    pub(crate) party: Party,
}

#[async_trait]
impl Http for Wire {
    async fn send(&self, request: Request, limits: Limits) -> Result<Response, HttpError> {
        self.sim.faults.step(self.party);
        let (answer, answered) = oneshot::channel();
        let Some(to) = request.uri().host().and_then(Party::at) else {
            return Err(unreachable(request.uri().host().unwrap_or_default()));
        };
        let number = self.sim.lines.sent.fetch_add(1, Ordering::Relaxed);
        let name = format!("#{number} {}->{to} {}", self.party, spoken(&request));
        let call =
            Call { sim: self.sim.clone(), to, number, name, answer: Arc::new(Mutex::new(Some(answer))) };
        call.send(&request);
        let late = call.clone();
        let reason = format!("nothing within {:?}", limits.timeout);
        let key = self
            .sim
            .scheduler
            .call_after(limits.timeout, move || late.end(Err(late.unanswered(&reason)), "no answer in time"));
        let _unless_answered = Planned(self.sim.scheduler.clone(), key);
        let response = answered.await.unwrap_or_else(|_| Err(unreachable(to.host())))?;
        if response.body().len() > limits.body_bytes {
            return Err(HttpError::TooLarge { host: to.host().to_owned(), limit_bytes: limits.body_bytes });
        }
        Ok(response)
    }
}

type Answer = Result<Response, HttpError>;

/// One request on its way, and who waits for its answer.
#[derive(Clone)]
struct Call {
    sim: Sim,
    to: Party,
    number: u64,
    name: String,
    answer: Arc<Mutex<Option<oneshot::Sender<Answer>>>>,
}

impl Call {
    fn send(&self, request: &Request) {
        // The login provider is not under test: it fails less, so that people get in.
        let is_spared = self.to == Party::World && !self.sim.faults.one_in(4);
        let fate = if is_spared { Fate::Arrives } else { self.sim.faults.fate() };
        if fate != Fate::Arrives {
            self.sim.counts.add(format!("fault: {fate}"));
        }
        self.sim.note(format!("{} ({fate})", self.name));
        let travels = self.sim.faults.takes(1, 60);
        match fate {
            Fate::CutBefore => {
                let call = self.clone();
                self.sim.scheduler.call_after(travels, move || call.end(Err(call.unanswered("cut")), "cut"));
            }
            // Not later than the platform's first look for a lost booking (C18), which is after half a minute: what arrives
            // after an answer that it is not there is beyond what asking can find out.
            Fate::Late => self.arrive_after(self.sim.faults.takes(2_000, 28_000), request, Fate::Arrives),
            Fate::Twice => {
                self.arrive_after(travels, request, Fate::Arrives);
                let again =
                    Self { answer: Arc::default(), name: format!("{} again", self.name), ..self.clone() };
                again.arrive_after(self.sim.faults.takes(1, 20_000), request, Fate::Arrives);
            }
            Fate::Arrives | Fate::AnswerCut | Fate::AnswerHangs => self.arrive_after(travels, request, fate),
        }
    }

    fn arrive_after(&self, travels: std::time::Duration, request: &Request, fate: Fate) {
        let (call, request) = (self.clone(), request.clone());
        self.sim.scheduler.call_after(travels, move || call.arrive(request, fate));
    }

    fn arrive(self, request: Request, fate: Fate) {
        let youngest = {
            let mut youngest = lock(&self.sim.lines.youngest);
            let youngest = youngest.entry(self.to).or_default();
            std::mem::replace(youngest, self.number.max(*youngest))
        };
        if self.number < youngest {
            self.sim.counts.add("fault: overtaken");
        }
        let Some(router) = self.sim.router(self.to) else {
            self.sim.counts.add("fault: nobody there");
            self.end(Err(unreachable(self.to.host())), "nobody there");
            return;
        };
        let sim = self.sim.clone();
        sim.scheduler.start(self.to, self.handle(router, request, fate));
    }

    /// What the receiver does.
    async fn handle(self, router: axum::Router, request: Request, fate: Fate) {
        let reply = Reply { call: Some(self.clone()) };
        let asked = invariants::Asked::of(&request);
        let Ok(response) = router.oneshot(request.map(Body::from)).await;
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default();
        let response = Response::from_parts(parts, body);
        self.sim.counts.add(asked.name(self.to, response.status()));
        invariants::after(&self.sim, self.to, &asked, &response).await;
        self.sim.faults.step(self.to);
        if self.sim.faults.is_doomed(self.to) {
            // It ends between the commit and the answer, which `reply` says when it is dropped.
            return;
        }
        reply.send(response, fate);
    }

    /// The answer that whoever asked gets; whatever comes later is lost.
    fn end(&self, answer: Answer, said: &str) {
        let waiting = lock(&self.answer).take();
        if let Some(waiting) = waiting.filter(|waiting| !waiting.is_canceled()) {
            self.sim.note(format!("#{} {said}", self.number));
            let _ = waiting.send(answer);
        }
    }

    fn unanswered(&self, reason: &str) -> HttpError {
        HttpError::Unanswered { host: self.to.host().to_owned(), reason: reason.to_owned() }
    }
}

/// The answer on its way back; one that is never sent is a connection that was cut.
struct Reply {
    call: Option<Call>,
}

impl Reply {
    fn send(mut self, response: Response, fate: Fate) {
        let Some(call) = self.call.take() else { return };
        let said = response.status().as_u16().to_string();
        let travels = call.sim.faults.takes(1, 60);
        let sim = call.sim.clone();
        match fate {
            Fate::AnswerHangs => sim.note(format!("#{} {said}, which hangs", call.number)),
            Fate::AnswerCut => {
                sim.note(format!("#{} {said}, which is cut", call.number));
                sim.scheduler.call_after(travels, move || call.end(Err(call.unanswered("cut")), "cut"));
            }
            _ => {
                sim.scheduler.call_after(travels, move || call.end(Ok(response), &said));
            }
        }
    }
}

impl Drop for Reply {
    fn drop(&mut self) {
        let Some(call) = self.call.take() else { return };
        let sim = call.sim.clone();
        let travels = sim.faults.takes(1, 60);
        sim.scheduler.call_after(travels, move || call.end(Err(call.unanswered("cut")), "cut by a crash"));
    }
}

fn unreachable(host: &str) -> HttpError {
    HttpError::Unreachable { host: host.to_owned(), reason: "nobody is there".to_owned() }
}

/// The request in a few words.
fn spoken(request: &Request) -> String {
    format!("{} {}", request.method(), request.uri().path_and_query().map_or("/", |path| path.as_str()))
}
