//! Every access leaves its line: what was asked for or shown by id, and every version of every appointment.

use db::{Db, Error, sql};
use serde_json::Value;
use world::Response;

use super::Asked;
use crate::{
    disk::{Disk, EVERYBODY},
    party::Party,
    sim::Sim,
};

pub(super) async fn after(sim: &Sim, at: Party, db: &Db, asked: &Asked, response: &Response) {
    if response.status().is_client_error() || response.status().is_server_error() {
        return;
    }
    for object in accessed(at, asked, response) {
        if lines_about(db, &object).await.is_ok_and(|lines| lines == 0) {
            sim.violated(format!("no audit line about {object} at {at}: {} {}", asked.method, asked.path));
        }
    }
}

/// The appointments that this exchange changed or showed, as the trail names them.
fn accessed(at: Party, asked: &Asked, response: &Response) -> Vec<String> {
    let parts: Vec<&str> = asked.path.trim_matches('/').split('/').collect();
    let location = response.headers().get("location").and_then(|to| to.to_str().ok()).unwrap_or_default();
    match (at, asked.method.as_str(), parts.as_slice()) {
        (Party::Platform, "PUT", ["fhir", "r4", "Appointment", id]) => vec![(*id).to_owned()],
        (Party::Platform, "POST", ["appointments", id, "cancel"]) if !location.is_empty() => {
            vec![(*id).to_owned()]
        }
        (Party::Platform, "POST", ["book", _, "check"]) => {
            location.strip_prefix("/appointments/").map(str::to_owned).into_iter().collect()
        }
        (Party::Platform, "POST", ["fhir", "r4", "AppointmentResponse"]) => referred(&asked.body),
        (Party::Xis, _, ["fhir", "r4", "Appointment"]) => shown(response.body()),
        (Party::Xis, "POST", [_, "appointments", id, _]) if *id != "new" => vec![format!("Appointment/{id}")],
        (Party::Xis, "GET", [_, "appointments", id]) if *id != "new" => vec![format!("Appointment/{id}")],
        _ => Vec::new(),
    }
}

/// The appointment that a response is about.
fn referred(body: &str) -> Vec<String> {
    let body: Value = serde_json::from_str(body).unwrap_or_default();
    let reference = body["appointment"]["reference"].as_str().unwrap_or_default();
    reference.rsplit_once("Appointment/").map(|(_, id)| id.to_owned()).into_iter().collect()
}

/// The appointments in an answer.
fn shown(body: &[u8]) -> Vec<String> {
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    let entries = body["entry"].as_array().cloned().unwrap_or_default();
    let resources = entries.iter().map(|entry| entry.get("resource").unwrap_or(entry)).chain([&body]);
    let appointments = resources.filter(|resource| resource["resourceType"] == "Appointment");
    appointments.filter_map(|one| one["id"].as_str()).map(|id| format!("Appointment/{id}")).collect()
}

async fn lines_about(db: &Db, object: &str) -> Result<i64, Error> {
    db.read("audit lines", |mut tx| async move {
        let lines = sql("select count(*) as lines from audit where object = $1").of(EVERYBODY).bind(object);
        Ok(lines.first(&mut tx, |row| row.get("lines")).await?.unwrap_or(0))
    })
    .await
}

pub(super) async fn at_the_end(sim: &Sim, platform: &Db, xis: &Db) {
    let unexplained = "select id from appointment where version <>
        (select count(*) from audit where object = 'Appointment/' || appointment.id
         and action not in ('read', 'view', 'tell'))";
    each_change_has_its_line(sim, xis, Party::Xis, unexplained).await;
    let unexplained = "select id from appointment where revision >
        (select count(*) from audit where object = appointment.id or object = appointment.xis_id)";
    each_change_has_its_line(sim, platform, Party::Platform, unexplained).await;
    count_outcomes(sim, platform).await;
    is_as_it_was_written(sim, platform).await;
}

/// Whatever crashed meanwhile, the trail's chain holds.
async fn is_as_it_was_written(sim: &Sim, platform: &Db) {
    let store = Disk::tables(platform);
    let mut check = store.check_audit(Vec::new());
    loop {
        match check.next().await {
            Ok(Some(faults)) => faults.iter().for_each(|fault| sim.violated(format!("audit trail: {fault}"))),
            Ok(None) => break,
            Err(error) => return sim.violated(format!("the audit trail cannot be checked: {error}")),
        }
    }
    let counts = check.counts();
    if counts.batches == 0 && counts.waiting > 0 {
        sim.violated(format!("the audit trail was never sealed: {} lines wait", counts.waiting));
    }
}

async fn each_change_has_its_line(sim: &Sim, db: &Db, at: Party, unexplained: &'static str) {
    let found: Result<Vec<String>, Error> = db
        .read("changes without a line", |mut tx| async move {
            sql(unexplained).of(EVERYBODY).all(&mut tx, |row| row.get("id")).await
        })
        .await;
    for id in found.unwrap_or_else(|error| vec![error.to_string()]) {
        sim.violated(format!("appointment {id} at {at} changed more often than the audit trail says"));
    }
}

/// The trail says what happened: rare outcomes are counted by it.
async fn count_outcomes(sim: &Sim, platform: &Db) {
    let lines: Result<Vec<String>, Error> = platform
        .read("outcomes", |mut tx| async move {
            sql("select action || ': ' || outcome as line from audit order by at, id")
                .of(EVERYBODY)
                .all(&mut tx, |row| row.get("line"))
                .await
        })
        .await;
    for line in lines.unwrap_or_default() {
        sim.counts.add(format!("audit: {line}"));
    }
}
