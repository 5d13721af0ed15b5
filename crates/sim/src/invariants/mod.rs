//! What must hold: some of it after every answer, the rest once faults have stopped and everything is told.

mod audit;
mod notices;
mod overlap;
mod settled;
mod tenants;
mod views;

use http::{Method, StatusCode};
use world::{Request, Response};

use crate::{party::Party, sim::Sim};

/// A request, as far as it matters here.
pub(crate) struct Asked {
    pub(crate) method: Method,
    pub(crate) path: String,
    /// The practice that it is about, where a header says so.
    pub(crate) organization: Option<String>,
    pub(crate) body: String,
}

impl Asked {
    pub(crate) fn of(request: &Request) -> Self {
        let organization = request.headers().get("x-organization-identifier");
        Self {
            method: request.method().clone(),
            path: request.uri().path().to_owned(),
            organization: organization.and_then(|agb| agb.to_str().ok()).map(str::to_owned),
            body: String::from_utf8_lossy(request.body()).into_owned(),
        }
    }

    /// How such an exchange is counted: without ids.
    pub(crate) fn name(&self, to: Party, status: StatusCode) -> String {
        let is_id = |part: &&str| part.len() > 2 && part.chars().any(|letter| letter.is_ascii_digit());
        let path: Vec<&str> =
            self.path.split('/').map(|part| if is_id(&part) { "*" } else { part }).collect();
        format!("traffic: {to} {} {} {}", self.method, path.join("/"), status.as_u16())
    }

    pub(crate) fn is_change(&self) -> bool {
        self.method != Method::GET
    }
}

/// What must hold after an answer, before anybody has it.
pub(crate) async fn after(sim: &Sim, at: Party, asked: &Asked, response: &Response) {
    if response.status().is_server_error() && sim.scheduler.database(at).is_some() {
        sim.counts.add("reached: an answer 5xx");
    }
    let Some(db) = sim.scheduler.database(at) else { return };
    tenants::after(sim, at, asked, response);
    audit::after(sim, at, &db, asked, response).await;
    if at == Party::Xis && asked.is_change() {
        overlap::check(sim, &db).await;
    }
}

/// What must hold once faults have stopped and everything is told.
pub(crate) async fn at_the_end(sim: &Sim) {
    let databases = sim.scheduler.database(Party::Platform).zip(sim.scheduler.database(Party::Xis));
    let Some((platform, xis)) = databases else {
        sim.violated("a program is down at the end".to_owned());
        return;
    };
    settled::check(sim, &platform, &xis).await;
    overlap::check(sim, &xis).await;
    views::check(sim, &platform, &xis).await;
    notices::check(sim, &platform).await;
    audit::at_the_end(sim, &platform, &xis).await;
}
