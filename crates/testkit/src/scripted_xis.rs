//! A practice's system that answers as it is told and remembers what it was asked.

mod misbehaving;
mod received;
mod reply;
mod serving;

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard},
};

use serde_json::{Value, json};
use tokio::{net::TcpListener, sync::watch};

use self::{misbehaving::Misbehaviour, serving::Before};
pub use self::{received::Received, reply::Reply};

/// A practice's system at a real address, with one appointment type and two agendas: 7 of dokter Jansen and 8 of
/// dokter De Vries, each free on 12 May 2026 at 09:10 and 14:30. It checks nothing and filters nothing: what the
/// platform asked is for the test to see, and what it should leave out it must leave out itself.
#[derive(Clone)]
pub struct ScriptedXis {
    address: String,
    script: Arc<Mutex<Script>>,
    /// How many calls wait for an answer that does not come.
    hanging: watch::Sender<usize>,
    /// Told of each call.
    calls: watch::Sender<()>,
}

#[derive(Default)]
struct Script {
    received: Vec<Received>,
    /// The answer to `GET /ValueSet/BookableAppointmentTypes`.
    types: Value,
    /// The Slot search's answer, page by page.
    slots: Vec<Vec<Value>>,
    bare_entries: bool,
    knows_nobody: bool,
    /// What `GET /Appointment` shows, whatever is searched for.
    appointments: Vec<Value>,
    /// What answers `POST /Appointment`, one after the other.
    replies: VecDeque<Reply>,
    /// What answers `POST /AppointmentResponse`, one after the other.
    cancellation_replies: VecDeque<Reply>,
    /// What must happen before the next booking or cancellation is answered.
    before: Option<Before>,
    /// What must happen before the next `GET /Appointment` is answered.
    before_showing: Option<Before>,
    /// Resources that fail with a status, each once per status.
    failures: HashMap<String, VecDeque<u16>>,
    /// Resources that do something else than answer.
    misbehaviours: HashMap<String, Misbehaviour>,
}

impl ScriptedXis {
    /// Starts one on a free port.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let xis = Self {
            address,
            script: Arc::default(),
            hanging: watch::Sender::new(0),
            calls: watch::Sender::new(()),
        };
        xis.offers_types(&[("consult", "Consult"), ("video", "Videoconsult")]);
        xis.offers(vec![
            crate::slot("s1", "7", "2026-05-12T09:10:00+02:00"),
            crate::slot("s2", "7", "2026-05-12T14:30:00+02:00"),
            crate::slot("s3", "8", "2026-05-12T09:10:00+02:00"),
            crate::slot("s4", "8", "2026-05-12T14:30:00+02:00"),
        ]);
        let router = serving::router(xis.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        xis
    }

    /// Its base address.
    #[must_use]
    pub fn base(&self) -> String {
        format!("{}/fhir/r4", self.address)
    }

    /// Offers these types, by code and display.
    pub fn offers_types(&self, types: &[(&str, &str)]) {
        let concept: Vec<Value> =
            types.iter().map(|(code, display)| json!({ "code": code, "display": display })).collect();
        let include = json!([{ "system": "urn:xis:types", "concept": concept }]);
        self.offers_types_as(
            json!({ "resourceType": "ValueSet", "status": "active", "compose": { "include": include } }),
        );
    }

    /// Offers the types of this ValueSet.
    pub fn offers_types_as(&self, value_set: Value) {
        self.script().types = value_set;
    }

    /// Lets the entries of a Bundle be the resources themselves (C11).
    pub fn sends_bare_entries(&self) {
        self.script().bare_entries = true;
    }

    /// Answers every search for slots with these.
    pub fn offers(&self, slots: Vec<Value>) {
        self.script().slots = vec![slots];
    }

    /// Answers every search for slots with these pages.
    pub fn offers_pages(&self, pages: Vec<Vec<Value>>) {
        self.script().slots = pages;
    }

    /// Knows the patient of no token any more.
    pub fn knows_nobody(&self) {
        self.script().knows_nobody = true;
    }

    /// Answers the next `POST /Appointment` so; the one after that with what is said next.
    pub fn answers(&self, reply: Reply) {
        self.script().replies.push_back(reply);
    }

    /// Answers the next `POST /AppointmentResponse` so, instead of agreeing.
    pub fn answers_cancellation(&self, reply: Reply) {
        self.script().cancellation_replies.push_back(reply);
    }

    /// Does this with the body of the next `POST` before it is answered.
    pub fn before_answering<Work: Future<Output = ()> + Send + 'static>(
        &self,
        work: impl FnOnce(Value) -> Work + Send + 'static,
    ) {
        self.script().before = Some(Box::new(|booking| Box::pin(work(booking))));
    }

    /// Does this before the next `GET /Appointment` is answered.
    pub fn before_showing<Work: Future<Output = ()> + Send + 'static>(
        &self,
        work: impl FnOnce() -> Work + Send + 'static,
    ) {
        self.script().before_showing = Some(Box::new(|_| Box::pin(work())));
    }

    /// Shows these to every search for appointments.
    pub fn shows(&self, appointments: Vec<Value>) {
        self.script().appointments = appointments;
    }

    /// Fails the next call of this resource, such as `Slot`, with this status.
    pub fn fails(&self, resource: &str, status: u16) {
        self.script().failures.entry(resource.to_owned()).or_default().push_back(status);
    }

    /// Every call of this method and resource, such as `GET` and `Slot`, oldest first.
    #[must_use]
    pub fn received(&self, method: &str, resource: &str) -> Vec<Received> {
        let script = self.script();
        let of_it = |call: &&Received| call.method == method && call.resource() == resource;
        script.received.iter().filter(of_it).cloned().collect()
    }

    /// The bodies of every `POST /Appointment`.
    #[must_use]
    pub fn bookings(&self) -> Vec<Value> {
        self.received("POST", "Appointment").iter().map(Received::json).collect()
    }

    fn script(&self) -> MutexGuard<'_, Script> {
        self.script.lock().unwrap()
    }
}
